"""What the figures of soil duties make of soil records, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.why.said import OURS

from ..soil.duties import due_day, open_period, period_due
from ..soil.facts import report_asked_for
from ..soil.law import SoilDuties
from ..soil.record import SoilRecord
from ..soil.rules import is_too_old
from ..soil.stages import LAW

REPORTS = f"{LAW} art. 62"


def by_duties(records: Iterable[SoilRecord], rules: Rulebook[SoilDuties], on: date) -> Rulings:
    """Of each risk control by when its next report is due, and whether that is asked for; of each surveyed
    plot whether its last survey is too old."""
    law = rules.on(on)
    found: dict[tuple[str, str], Ruling] = {}
    for each in records:
        said = {**_reports(each, law, on), **_survey(each, law, on)}
        found |= {(each.parcel_id, verdict): ruling for verdict, ruling in said.items()}
    return found


def _reports(record: SoilRecord, law: SoilDuties, on: date) -> dict[str, Ruling]:
    period = open_period(record, law)
    if period is None:
        return {}
    due_on, is_asked = due_day(record, period, law), period_due(record, on, law) is not None
    return {
        "report": Ruling(says=f"periodic report by {due_on}", source=REPORTS),
        "asked_for": Ruling(says="yes" if is_asked else "no", source=OURS),
    }


def _survey(record: SoilRecord, law: SoilDuties, on: date) -> dict[str, Ruling]:
    counting = [each for each in record.surveys if each.counts]
    if not counting or counting[-1].surveyed_to is None:
        return {}
    says = "too old" if is_too_old(counting[-1], on, law) else "good"
    return {f"survey {counting[-1].soil_report_id}": Ruling(says=says, source=OURS)}


def reports_told(
    records: Iterable[SoilRecord],
    before: Rulebook[SoilDuties],
    after: Rulebook[SoilDuties],
    on: date,
) -> Iterator[Any]:
    """The facts of reports that would be asked for by the other figures, beside those that are by these."""
    for each in records:
        now, _ = report_asked_for(each, on, before.on(on))
        _, fact = report_asked_for(now, on, after.on(on))
        if fact:
            yield fact
