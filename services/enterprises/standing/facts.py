"""The facts of standings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..firms.enterprise import Enterprise
from ..words import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChanged:
    """`enterprises.standing_changed`: through this case the firm stands differently than before."""

    enterprise_id: str
    township: str
    parcel_id: str
    case_id: str
    standing: Standing
    previous_standing: Standing


EMITTED = (StandingChanged,)


def facts_of(before: Enterprise, after: Enterprise) -> Iterator[StandingChanged]:
    """A fact for each case through which the firm stands differently after the step. A firm that a
    case does not concern, or no longer, is in operation through it."""
    for case_id, about in sorted((before.standings | after.standings).items()):
        was, now = _through(before, case_id), _through(after, case_id)
        if was is not now:
            yield StandingChanged(
                enterprise_id=after.enterprise_id,
                township=after.township,
                parcel_id=about.parcel_id,
                case_id=case_id,
                standing=now,
                previous_standing=was,
            )


def _through(firm: Enterprise, case_id: str) -> Standing:
    found = firm.standings.get(case_id)
    return found.standing if found else Standing.IN_OPERATION
