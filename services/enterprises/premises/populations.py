"""Two populations that are never one number: registered firms, and firms on industrial land."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from backbone.records import record
from park.rulebook import Rulebook

from ..firms.enterprise import Enterprise
from ..profile.firm_profile import FirmProfile, Funding
from ..rulebook import FOLDER
from .places import Plot, UseFrom


@record
class Counting:
    """How the populations are counted, as data of the day, and in words for the answer."""

    land_uses: tuple[str, ...]
    registered_rule: str
    on_land_rule: str
    newly_registered_rule: str
    source: str


COUNTING = Rulebook(FOLDER / "populations", Counting)


@record
class OnLand:
    """The ids of the firms on industrial land, and of those on land whose use is not known and on none that
    is. `undated`: of some land beneath them nobody said since when it has its use."""

    industrial: frozenset[str]
    use_unknown: frozenset[str]
    undated: bool


@record
class Known:
    """All that counts: firms by their ids, what is registered of them, and the plots, whose uses are those
    that were known at the moment."""

    firms: Mapping[str, Enterprise]
    profiles: Mapping[str, FirmProfile]
    plots: Mapping[str, Plot]
    known_at: datetime

    def ids(self) -> set[str]:
        return {*self.firms, *self.profiles}

    def is_registered(self, enterprise_id: str, day: date) -> bool:
        profile = self.profiles.get(enterprise_id)
        registration = profile.registration if profile else None
        if registration is None:
            return True
        begun = registration.established_on is None or registration.established_on <= day
        return begun and (
            registration.deregistered_on is None or day <= registration.deregistered_on
        )

    def is_undated(self, enterprise_id: str) -> bool:
        profile = self.profiles.get(enterprise_id)
        return profile is None or profile.established_on is None

    def registered(self, day: date, township: str | None) -> set[str]:
        """The ids of the firms of the township, or of all, that are registered on that day."""
        here = {each for each in self.ids() if township is None or each.startswith(f"{township}-")}
        return {each for each in here if self.is_registered(each, day)}

    def on_land(self, day: date, township: str | None, rules: date | None = None) -> OnLand:
        """The firms on land of the township on that day, by the use that it had then; by the rules of that
        day, or of another."""
        counted = COUNTING.on(rules or day).land_uses
        beneath = {
            firm.enterprise_id: [
                self._use_of(each.parcel_id, day)
                for each in firm.premises
                if each.covers(day) and _lies_in(each.parcel_id, township)
            ]
            for firm in self.firms.values()
        }
        industrial = {
            name for name, uses in beneath.items() if any(e and e.land_use in counted for e in uses)
        }
        unknown = {name for name, uses in beneath.items() if None in uses} - industrial
        undated = any(e and e.from_on is None for uses in beneath.values() for e in uses)
        return OnLand(
            industrial=frozenset(industrial), use_unknown=frozenset(unknown), undated=undated
        )

    def _use_of(self, parcel_id: str, day: date) -> UseFrom | None:
        plot = self.plots.get(parcel_id)
        return plot.use_on(day, self.known_at) if plot else None

    def newly_registered(
        self, first: date, last: date, township: str | None
    ) -> tuple[set[str], set[str]]:
        """The ids of the firms established within the period, and of the domestic ones among them."""
        new = [
            each
            for each in self.profiles.values()
            if each.established_on and first <= each.established_on <= last
            if township in (None, each.township)
        ]
        return _ids(new), _ids(each for each in new if _is_domestic(each))


def _is_domestic(profile: FirmProfile) -> bool:
    return profile.registration is not None and profile.registration.funding is Funding.DOMESTIC


def _ids(profiles: Iterable[FirmProfile]) -> set[str]:
    return {each.enterprise_id for each in profiles}


def _lies_in(parcel_id: str, township: str | None) -> bool:
    return township is None or parcel_id.startswith(f"{township}-")
