"""The facts of standings."""

from __future__ import annotations

from collections.abc import Iterator

from backbone.records import record

from ..case import CaseStanding
from ..firms.enterprise import Enterprise
from ..words import Standing


@record
class StandingChanged:
    """`enterprises.standing_changed`: through this case the firm stands differently than before. With
    `corrects` it never stood as the fact of that `change_id` told."""

    enterprise_id: str
    township: str
    parcel_id: str
    case_id: str
    standing: Standing
    previous_standing: Standing
    change_id: str | None = None
    corrects: str | None = None


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
                **_ids_of(before.standings.get(case_id), after.standings.get(case_id)),
            )


def _ids_of(was: CaseStanding | None, now: CaseStanding | None) -> dict[str, str | None]:
    """What this change is called, and which one it takes back: a firm that the case does not concern
    after all never stood otherwise through it."""
    takes_back = was is not None and (now is None or now.corrects(was))
    return {
        "change_id": now.change_id if now else None,
        "corrects": was.change_id if was and takes_back else None,
    }


def _through(firm: Enterprise, case_id: str) -> Standing:
    found = firm.standings.get(case_id)
    return found.standing if found else Standing.IN_OPERATION
