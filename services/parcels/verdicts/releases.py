"""What the law of soil and that of use rights make of vacated land, by any rulebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from backbone.records import record
from park.verdicts.compared import Ruling, Rulings
from park.verdicts.words import listed

from ..register.parcel import Parcel
from ..release.review import ReleaseLaw, reviewed, reviewed_with_holder, vacancy
from ..remediation.case import Case
from ..remediation.cases import cases_of_land


@record
class VacatedLand:
    """A case with the parcel that it has vacated, and the other cases of that land. Land that has a holder by
    its contract is looked at for the soil registry alone."""

    case: Case
    parcel: Parcel
    beside: tuple[Case, ...]

    def reviewed(self, case: Case, on: date, law: ReleaseLaw) -> tuple[Any, ...]:
        """The case with its release by that law, and the fact of it if that changed."""
        supplied = {each.case_id for each in self.parcel.supplies if each.stands}
        look = reviewed_with_holder if case.case_id in supplied else reviewed
        return look(case, self.parcel, self.beside, on, law)


def known_land(store: Any, cases: Sequence[Case]) -> list[VacatedLand]:
    """The land that these cases have vacated, with what stands beside it, read at once."""
    vacated = [(each, each.vacated_parcel_id) for each in cases if each.to_release]
    if vacated:
        store.read_ahead.fetch([], [(Parcel, parcel_id) for _, parcel_id in vacated])
    found = []
    for case, parcel_id in vacated:
        parcel = store.get(Parcel, parcel_id)
        if parcel and case.case_id in parcel.case_ids:
            beside = tuple(cases_of_land(parcel, store))
            if vacancy(case, parcel, beside, store.today):
                found.append(VacatedLand(case=case, parcel=parcel, beside=beside))
    return found


def by_law(lands: Iterable[VacatedLand], law: ReleaseLaw, on: date) -> Rulings:
    """Whether the land of each case is released by that law, and all that bars it."""
    found: dict[tuple[str, str], Ruling] = {}
    for land in lands:
        release = land.reviewed(land.case, on, law)[0].release
        first = next(iter(release.reasons), None)
        source = first.source if first else None
        stands = Ruling(says=release.state.value, reason=first, source=source)
        found[land.case.case_id, "release"] = stands
        bars = listed((each.code for each in release.reasons), none="nothing")
        found[land.case.case_id, "barred_by"] = Ruling(says=bars, source=source)
    return found


def releases_told(
    lands: Iterable[VacatedLand], before: ReleaseLaw, after: ReleaseLaw, on: date
) -> Iterator[Any]:
    """The facts of releases that would be granted, barred or revoked by the other law."""
    for land in lands:
        now = land.reviewed(land.case, on, before)[0]
        yield from land.reviewed(now, on, after)[1:]
