"""What a report asks of the other services, and who of them did not answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backbone.errors import Reason
from backbone.records import record
from park.dues.due import DuePage
from park.overview import Clocks, OverviewExplained, OverviewFigure

from ..governance.rules import not_reached
from .lists import MOST_LINES, coming_from
from .report import DAY, ReportKind, ReportPeriod

OTHERS = ("enterprises", "projects")
MISSING = "facts"
# of which things of others a figure is made that have a history, which a correction is looked up in
HISTORIES = {
    "enterprises": ("round", "service_request"),
    "projects": (
        "contract",
        "fund",
        "listing",
        "platform",
        "policy",
        "project",
        "supply",
        "talent_application",
    ),
}


@record
class Question:
    """A call of a service; its answer is `read_as` that type, and found under the `name`."""

    name: str
    service: str
    method: str
    arguments: Mapping[str, Any]
    read_as: Any


@dataclass(frozen=True)
class Answers:
    """What was told, by name and service; and the problem of each service that did not answer."""

    told: Mapping[tuple[str, str], Any]
    silent: Mapping[str, Exception]

    @classmethod
    def of(cls, questions: Iterable[Question], answers: Iterable[Any]) -> Answers:
        both = [*zip(questions, answers, strict=True)]
        return cls(
            told={(q.name, q.service): a for q, a in both if not isinstance(a, Exception)},
            silent={q.service: a for q, a in both if isinstance(a, Exception)},
        )

    def by_service(self, name: str) -> dict[str, Any]:
        return {service: answer for (each, service), answer in self.told.items() if each == name}

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(not_reached(each, MISSING, why) for each, why in sorted(self.silent.items()))


def questions_of(period: ReportPeriod, clocks: Clocks, due: Mapping[str, Any]) -> list[Question]:
    """What the other services are asked for a report; `due` is the question for what is due."""
    if period.report_kind is ReportKind.MONTHLY:
        return _of_month(period, clocks)
    found = [
        Question(name="due", service=s, method="due", arguments=due, read_as=DuePage)
        for s in OTHERS
    ]
    if period.report_kind is ReportKind.WEEKLY:
        asked = {
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "known_at": clocks.known_at.isoformat(),
        }
        found += [_explained("figures", each, "period_figures", asked) for each in OTHERS]
    return found


def due_asked(period: ReportPeriod, within_days: int, known_at: datetime | None) -> dict[str, Any]:
    """The question for what is late on the day of the papers of a meeting, and for what is due in the days
    after a week; as known at a moment, or now."""
    asked: dict[str, Any] = {"limit": MOST_LINES}
    if known_at:
        asked["known_at"] = known_at.isoformat()
    if period.report_kind is ReportKind.MEETING:
        return asked | {"on": period.last.isoformat(), "late": True, "within_days": 0}
    first = period.last + DAY
    return asked | {
        "on": first.isoformat(),
        "within_days": within_days - 1,
        "cursor": coming_from(first),
    }


def _of_month(period: ReportPeriod, clocks: Clocks) -> list[Question]:
    """The overview of the last day and of that before the month, both by the rules of the last day, so that
    what differs is no matter of the rules; and the start curve."""
    asked = {"known_at": clocks.known_at.isoformat(), "rules": clocks.rules.isoformat()}
    days = {"figures": period.last, "before": period.day_before}
    found = [
        Question(
            name=name,
            service=service,
            method="overview_figures",
            arguments=asked | {"on": day.isoformat()},
            read_as=list[OverviewFigure],
        )
        for name, day in days.items()
        for service in OTHERS
    ]
    on_last = asked | {"on": period.last.isoformat()}
    return [*found, _explained("starts", "projects", "start_figures", on_last)]


def _explained(name: str, service: str, method: str, asked: Mapping[str, Any]) -> Question:
    return Question(
        name=name,
        service=service,
        method=method,
        arguments=asked,
        read_as=list[OverviewExplained],
    )
