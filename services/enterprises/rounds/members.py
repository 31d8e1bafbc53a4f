"""Which firms a round evaluates, which it leaves out and why, and which share a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.units import mu_to_m2

from ..firms.enterprise import Enterprise
from ..firms.land import Land
from ..words import Role
from .entry import Place, RoundFirm
from .law import Group, Procedure, Sharing, TenantRule


@record
class Candidate:
    """A firm as it may be placed: its plots on the last day of the data year, by role."""

    firm: Enterprise
    held: tuple[str, ...]
    rented: tuple[str, ...]
    area_m2: Decimal | None


def plots_on(firm: Enterprise, role: Role, day: date, land: Land) -> tuple[str, ...]:
    """The plots on which the firm certainly is on that day, also where they were split or merged since it
    was reported; who both holds and rents one is its holder."""
    return tuple(each for each in sorted(land.sites) if firm.role_on(each, [day], land) is role)


def is_of_group(candidate: Candidate, group: Group) -> bool:
    """By its scale, and for tenants by having no land of its own."""
    scale_fits = group.scale is None or candidate.firm.scale is group.scale
    return scale_fits and not (group.only_tenants and candidate.held)


def left_out(candidate: Candidate, group: Group) -> Reason | None:
    """Why the register itself leaves the firm out; nothing if it does not."""
    if not candidate.held and not candidate.rented:
        return Reason("NO_PREMISES", "It had no premises on the last day of the data year.")
    if not candidate.held:
        no_land = group.tenants is TenantRule.LEFT_OUT
        sentence = "It holds no land of its own, and this group has no tenants."
        return Reason("NO_OWN_LAND", sentence, source=group.source) if no_land else None
    return _too_small(candidate, group) or _too_large(candidate, group)


def _too_small(candidate: Candidate, group: Group) -> Reason | None:
    if candidate.area_m2 is None or group.least_mu is None:
        return None
    if candidate.area_m2 >= mu_to_m2(group.least_mu):
        return None
    sentence = f"Its land is less than {group.least_mu} mu."
    return Reason("UNDER_LEAST_AREA", sentence, source=group.source)


def _too_large(candidate: Candidate, group: Group) -> Reason | None:
    if candidate.area_m2 is None or group.below_mu is None:
        return None
    if candidate.area_m2 < mu_to_m2(group.below_mu):
        return None
    sentence = f"Its land is {group.below_mu} mu or more: it is of another group."
    return Reason("OF_OTHER_GROUP", sentence, source=group.source)


def placed(entry: RoundFirm, candidate: Candidate, group: Group, procedure: Procedure) -> RoundFirm:
    """The firm in its place: by the desk's word, else as the register has it."""
    if word := entry.placement:
        reason = _of_desk(word.reason_code, procedure)
        return replace(entry, placed=word.placed, reasons=(reason,) if reason else ())
    if reason := left_out(candidate, group):
        return replace(entry, placed=Place.LEFT_OUT, reasons=(reason,))
    follows = not candidate.held and group.tenants is TenantRule.FOLLOWS_HOLDER
    return replace(entry, placed=Place.FOLLOWS_HOLDER if follows else Place.EVALUATED, reasons=())


def _of_desk(reason_code: str | None, procedure: Procedure) -> Reason | None:
    if reason_code is None:
        return None
    exclusion = procedure.exclusions[reason_code]
    return Reason(reason_code, exclusion.sentence, source=exclusion.source)


def with_holders(
    entries: Iterable[RoundFirm], candidates: Mapping[str, Candidate]
) -> list[RoundFirm]:
    """Each tenant that follows the holder of its plot, with the holder's id: the first by id. One whose
    plot has no holder here is left out."""
    holder_of = {
        parcel_id: each.firm.enterprise_id
        for each in sorted(candidates.values(), key=_id_of, reverse=True)
        for parcel_id in each.held
    }
    return [_following(entry, candidates.get(entry.enterprise_id), holder_of) for entry in entries]


def _following(
    entry: RoundFirm, candidate: Candidate | None, holder_of: Mapping[str, str]
) -> RoundFirm:
    if entry.placed is not Place.FOLLOWS_HOLDER or candidate is None:
        return replace(entry, follows=None)
    holders = [holder_of[each] for each in candidate.rented if each in holder_of]
    if holders:
        return replace(entry, follows=min(holders))
    sentence = "Nobody is known to hold the plot that it rents, so there is no grade to take."
    reason = Reason("HOLDER_UNKNOWN", sentence)
    return replace(entry, placed=Place.LEFT_OUT, follows=None, reasons=(reason,))


def in_units(entries: Iterable[RoundFirm], sharing: Sharing) -> list[RoundFirm]:
    """Each evaluated firm with its unit, named for the first of its firms: those that hold one plot
    between them are one, and so are those that they share other plots with."""
    entries = list(entries)
    unit_of = {each.enterprise_id: each.enterprise_id for each in entries if is_scored(each)}
    if sharing is Sharing.MERGED:
        for holders in _by_plot(entries).values():
            joined = {unit_of[each] for each in holders}
            unit_of |= {firm: min(joined) for firm, unit in unit_of.items() if unit in joined}
    return [replace(each, unit=unit_of.get(each.enterprise_id)) for each in entries]


def is_scored(entry: RoundFirm) -> bool:
    return entry.placed is Place.EVALUATED


def _by_plot(entries: Iterable[RoundFirm]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in filter(is_scored, entries):
        for plot in entry.plots:
            found.setdefault(plot.parcel_id, []).append(entry.enterprise_id)
    return {parcel_id: firms for parcel_id, firms in found.items() if len(firms) > 1}


def land_share(firm: Enterprise, parcel_id: str, day: date) -> Decimal | None:
    """The part of the plot that the firm declares as its own on that day; none if it says nothing."""
    held = [
        each.land_share
        for each in firm.premises
        if each.parcel_id == parcel_id and each.role is Role.OWNER and each.covers(day)
    ]
    shares = [each for each in held if each is not None]
    return min(sum(shares, Decimal(0)), Decimal(1)) if shares and len(shares) == len(held) else None


def _id_of(candidate: Candidate) -> str:
    return candidate.firm.enterprise_id
