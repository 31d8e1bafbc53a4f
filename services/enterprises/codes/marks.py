"""What was said of the codes of a firm: marks, which are never written over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal

from backbone.records import record


@record
class Mark:
    """A figure, or a value that was decided elsewhere, about one `period`: a year, `2022`, or a day,
    `2024-03-05`. `value` and `figures` both empty take the code back. `valid_from` is the day from which
    it holds, `known_at` the moment at which it became known here. Of one period the mark of the highest
    `revision` stands, and of those the one that was said last."""

    kind: str
    period: str
    valid_from: date
    value: str | None = None
    previous_value: str | None = None  # of the period before, as whoever decided says
    figures: dict[str, Decimal] = field(default_factory=dict)
    industry_code: str | None = None
    decided_on: date | None = None  # where another body decides, as its fact says
    source: str
    revision: int = 0
    said_at: datetime
    known_at: datetime
    report_id: str

    @property
    def order(self) -> tuple[int, datetime, str]:
        return self.revision, self.said_at, self.report_id

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, whoever said it and when."""
        said = self.valid_from, self.value, self.previous_value, sorted(self.figures.items())
        return self.kind, self.period, *said, self.industry_code, self.source, self.revision


@record
class IndustryMean:
    """The mean of an industry in a year, in tonnes of CO₂ per 10,000 yuan of value added."""

    industry_code: str
    data_year: int
    mean_tco2_per_wan: Decimal
    source: str
    said_at: datetime
    known_at: datetime
    report_id: str


def known_by(marks: Iterable[Mark], moment: datetime | None) -> list[Mark]:
    """Those that were known at the moment; all of them without one."""
    return [each for each in marks if moment is None or each.known_at <= moment]


def standing(marks: Iterable[Mark]) -> dict[str, tuple[date, Mark]]:
    """By period, oldest first: the day from which its code holds, and the mark that stands. A correction
    is about the period, so it holds from the day of the first mark."""
    found: dict[str, list[Mark]] = {}
    for each in sorted(marks, key=lambda mark: (mark.period, mark.order)):
        found.setdefault(each.period, []).append(each)
    return {
        period: (min(each.valid_from for each in some), some[-1]) for period, some in found.items()
    }


def mean_of(means: Iterable[IndustryMean], mark: Mark, moment: datetime | None) -> Decimal | None:
    """The mean of the mark's industry and year, as last said by that moment."""
    about = [
        each
        for each in means
        if (each.industry_code, str(each.data_year)) == (mark.industry_code, mark.period)
        and (moment is None or each.known_at <= moment)
    ]
    last = max(about, key=lambda each: (each.said_at, each.report_id), default=None)
    return last.mean_tco2_per_wan if last else None
