"""What carriers must keep to: one function per rule, which answers with a reason or with nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from ..words import township_of
from .park import CarrierState, Park
from .unit import Lease, Unit


@record
class Leasing:
    """A lease that the desk makes, the unit as it is, and as it would be with the lease."""

    lease: Lease
    before: Unit
    after: Unit


@record
class Ending:
    lease: Lease
    ended_on: date
    renewed_by: tuple[str, ...]  # leases that carry this one on


@record
class Merging:
    sources: tuple[Park, ...]
    into: Park


def ids_of_the_township(publisher: str, ids: Iterable[tuple[str, str | None]]) -> Reason | None:
    """A township reports its own carriers: every id of the report, given with its field, is its own."""
    for field, own_id in ids:
        if own_id and township_of(own_id) != publisher:
            return Reason(
                "NOT_YOUR_TOWNSHIP",
                f"This belongs to the township {township_of(own_id)}; only that township reports it.",
                field=field,
            )
    return None


def unit_was_reported(leasing: Leasing) -> Reason | None:
    """Of a unit that nobody described it is not known how much can be rented."""
    if leasing.before.state is CarrierState.REPORTED:
        return None
    return Reason(
        "UNIT_NOT_REPORTED",
        "The unit is only announced; have the township report it first.",
        field="unit_id",
    )


def lease_is_new(leasing: Leasing) -> Reason | None:
    """A lease is made once; a call under its `request_id` may be sent again."""
    if leasing.before.lease(leasing.lease.lease_id) is None:
        return None
    return Reason(
        "LEASE_KNOWN", "The unit has a lease of this id; give a new one.", field="lease_id"
    )


def term_has_days(leasing: Leasing) -> Reason | None:
    """A lease lasts a day at least; a renewal begins where the lease before it ends."""
    lease = leasing.lease
    if lease.starts_on <= lease.ends_on:
        return None
    return Reason(
        "TERM_EMPTY",
        f"The lease begins on {lease.starts_on}; give that day or a later one.",
        field="ends_on",
    )


def lease_finds_room(leasing: Leasing) -> Reason | None:
    """On any day no more is leased than can be rented."""
    made = leasing.after.lease(leasing.lease.lease_id)
    return made.reasons[0] if made and made.reasons else None


def no_other_is_set_aside(leasing: Leasing) -> Reason | None:
    """A lease with an early day of signing must not take the room of one that stands."""
    standing = {each.lease_id for each in leasing.after.standing}
    lost = [each for each in leasing.before.standing if each.lease_id not in standing]
    if not lost:
        return None
    return Reason(
        "OVERLET",
        f"The lease {lost[0].lease_id} stands on this area from {lost[0].starts_on} to "
        f"{lost[0].last_day}; end that first, or lease what is free.",
        field="area_m2",
    )


def lease_is_in_force(ending: Ending) -> Reason | None:
    """Only a lease that stands can be ended or renewed."""
    if ending.lease.in_force:
        return None
    return Reason(
        "LEASE_NOT_IN_FORCE",
        f"The lease is {ending.lease.state}; only one in force can be ended or renewed.",
        field="lease_id",
    )


def end_is_final(ending: Ending) -> Reason | None:
    """What an early end freed may be let already. The same end again does no harm."""
    ended = ending.lease.ended
    if ended is None or ended.last_day == ending.ended_on:
        return None
    return Reason(
        "LEASE_ENDED", f"The lease was ended on {ended.last_day}; that is final.", field="lease_id"
    )


def end_lies_in_the_term(ending: Ending) -> Reason | None:
    """A lease ends early on one of its days."""
    lease = ending.lease
    if lease.starts_on <= ending.ended_on <= lease.ends_on:
        return None
    return Reason(
        "END_OUTSIDE_TERM",
        f"The lease runs from {lease.starts_on} to {lease.ends_on}; give one of these days.",
        field="ended_on",
    )


def renewal_is_ended_first(ending: Ending) -> Reason | None:
    """Who leaves early has no use for the term that would follow."""
    if not ending.renewed_by:
        return None
    return Reason(
        "LEASE_RENEWED",
        f"The lease is carried on by {', '.join(ending.renewed_by)}; end that one.",
        field="lease_id",
    )


def parks_are_different(merging: Merging) -> Reason | None:
    """No park is merged into itself, and none is named twice."""
    ids = [park.park_id for park in merging.sources]
    if len({*ids, merging.into.park_id}) == len(ids) + 1:
        return None
    return Reason(
        "SAME_PARK", "Name each park once, and another one to merge them into.", field="source_ids"
    )


def source_is_not_merged(merging: Merging) -> Reason | None:
    """A park is merged once: what was in it is somewhere else."""
    return next((_merged(park, "source_ids") for park in merging.sources if park.merged), None)


def target_is_not_merged(merging: Merging) -> Reason | None:
    """Nothing is merged into a park that is no more; so no two parks can be merged into each other."""
    return _merged(merging.into, "into_id") if merging.into.merged else None


def target_was_reported(merging: Merging) -> Reason | None:
    """A mistyped id announces a park; nothing should vanish in one."""
    if merging.into.state is CarrierState.REPORTED:
        return None
    return Reason(
        "PARK_NOT_REPORTED",
        "The park is only announced; have the township report it first.",
        field="into_id",
    )


def _merged(park: Park, field: str) -> Reason:
    return Reason(
        "PARK_MERGED",
        f"{park.park_id} was merged into {park.merged_into}; name that park.",
        field=field,
    )


LEASE_RULES: tuple[Rule[Leasing], ...] = (
    unit_was_reported,
    lease_is_new,
    term_has_days,
    lease_finds_room,
    no_other_is_set_aside,
)
RENEWAL_RULES: tuple[Rule[Ending], ...] = (lease_is_in_force, renewal_is_ended_first)
END_RULES: tuple[Rule[Ending], ...] = (
    *RENEWAL_RULES,
    end_is_final,
    end_lies_in_the_term,
)
MERGER_RULES: tuple[Rule[Merging], ...] = (
    parks_are_different,
    source_is_not_merged,
    target_is_not_merged,
    target_was_reported,
)
