"""What a figure of a code must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from ..figures.firm_figures import SourceClass
from .kinds import CODES, CodeRule, Kind, Span

SOURCE = "统计法 (2024) art. 28"


@record
class Entry:
    """Figures of a code as a desk enters them, and the day in the park."""

    kind: str
    data_year: int | None
    valid_from: date
    figures: dict[str, Decimal]
    industry_code: str | None
    source_class: SourceClass
    today: date

    @property
    def rules(self) -> Kind | None:
        """The kind, if it is one that figures are entered of."""
        return _entered(self.valid_from).get(self.kind)


def kind_is_in_force(entry: Entry) -> Reason | None:
    """A code is given under rules that are in force on its day, and one that is decided elsewhere is not
    entered here."""
    if entry.rules:
        return None
    said = f"On that day figures may be entered of {', '.join(_entered(entry.valid_from))}."
    return Reason("CODE_KIND_NOT_IN_FORCE", said, field="kind")


def day_has_come(entry: Entry) -> Reason | None:
    """A day that has not come would outlast every true figure."""
    if entry.valid_from <= entry.today:
        return None
    return Reason("NOT_YET", "That day has not come yet.", field="valid_from")


def period_is_of_the_kind(entry: Entry) -> Reason | None:
    """The figures of a year are complete when it is over; those of a day have no year."""
    if entry.rules is None:
        return None
    if entry.rules.period is Span.DAY and entry.data_year is not None:
        said = "The figures of this code are those of the day valid_from; leave the year out."
        return Reason("PERIOD_OF_CODE", said, field="data_year")
    over = entry.data_year is not None and entry.data_year < entry.valid_from.year
    if entry.rules.period is Span.YEAR and not over:
        said = "Give the year of the figures; it must be over on the day valid_from."
        return Reason("PERIOD_OF_CODE", said, field="data_year")
    return None


def figures_are_of_the_kind(entry: Entry) -> Reason | None:
    """All figures of the code and no others; none at all takes back what was entered."""
    wanted = entry.rules.figures if entry.rules else ()
    if not wanted or not entry.figures or set(entry.figures) == set(wanted):
        return None
    return Reason(
        "FIGURES_OF_CODE", f"Give {' and '.join(wanted)}, and nothing else.", field="figures"
    )


def industry_is_named(entry: Entry) -> Reason | None:
    """A carbon code measures a firm by the mean of its industry (DB33/T 1347-2023)."""
    if entry.rules is None:
        return None
    is_carbon = entry.rules.rule is CodeRule.CARBON
    if is_carbon == bool(division_of(entry.industry_code)):
        return None
    said = "A carbon code is measured by a division of industry, so name it (C34); other codes have none."
    return Reason("INDUSTRY_OF_CODE", said, field="industry_code")


def figures_may_judge(entry: Entry) -> Reason | None:
    """Identifiable statistical figures judge nobody."""
    if entry.source_class is not SourceClass.STATISTICS:
        return None
    said = "Statistical figures serve statistics alone; give those of the tax office or the firm."
    return Reason("STATISTICS_JUDGE_NOBODY", said, field="source_class", source=SOURCE)


def mean_is_of_a_division(industry_code: str) -> Reason | None:
    """The means are those of divisions (DB33/T 1347-2023); one of a narrower class would measure nobody."""
    if division_of(industry_code) == industry_code:
        return None
    said = "A mean is that of a division, a letter and two digits: C34."
    return Reason("MEAN_OF_NO_DIVISION", said, field="industry_code")


def division_of(industry_code: str | None) -> str | None:
    """The division [大类] of an industry: C34 of C3411; none of a bare section."""
    return industry_code[:3] if industry_code and len(industry_code) >= 3 else None


ENTRY_RULES: tuple[Rule[Entry], ...] = (
    kind_is_in_force,
    day_has_come,
    period_is_of_the_kind,
    figures_are_of_the_kind,
    industry_is_named,
    figures_may_judge,
)


def _entered(day: date) -> dict[str, Kind]:
    return {name: kind for name, kind in CODES.on(day).items() if kind.figures}
