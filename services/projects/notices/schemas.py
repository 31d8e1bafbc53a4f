"""What may be asked of a printed notice: one plot in the columns in which notices are kept as a table."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Amount, AreaM2, AreaMu, Day, Text, Tuple, WholeNumber, Word
from park.time import PARK_TIME, day_named, why_no_day

from ..clauses.schemas import LONGEST_CLAUSE, MOST_CLAUSES
from ..listings.notice import SupplyWay
from . import interrupted, printed, rules
from .printed import WAN
from .rulebook import NOTICE_LAW, Moment

MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?([+-][0-9]{2}:[0-9]{2}|Z)?"
)
MONEY = {"price": "price_printed", "step": "step_printed"}
BOUNDS = {
    "plot_ratio": ("plot_ratio_min", "plot_ratio_max"),
    "density_pct": ("density_min_pct", "density_max_pct"),
    "green_pct": ("green_min_pct", "green_max_pct"),
}
WAYS = {
    word: way
    for way, words in NOTICE_LAW.on(date.max).ways.spellings.items()
    for word in words
    if word != way.value
}
WHEN_FORM = "Give a day or a moment of the calendar, in the park: 2025-04-08 or 2025-04-08T09:00."
DAY_FORM = "Give the day as YYYY-MM-DD: 2023-08-01."
DAY_FORMS = (WHEN_FORM, DAY_FORM)
YEARS = range(1900, 2201)
SEVERAL = re.compile(r"[、;；/,，\s]+")


class Printed(Amount):
    """A figure as a notice prints it; its unit stands beside it."""

    largest, most_places = Decimal(10) ** 13, 6


class Percent(Amount):
    largest, unit, most_places = Decimal(100), "%", 4
    asked, example = "rate in percent", "20"


class DayOrMoment(fields.Field[printed.When]):
    """A day in the park, or a moment; one without an offset is the park's time: `2025-04-08T09:00`."""

    default_error_messages = {"invalid": f"{{why}}{WHEN_FORM}"}

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^([0-9-]{{10}}|{MOMENT.pattern})$"}

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else str(value.isoformat())

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date | datetime:
        if isinstance(value, str):
            try:
                if MOMENT.fullmatch(value):
                    moment = datetime.fromisoformat(value)
                    return moment if moment.tzinfo else moment.replace(tzinfo=PARK_TIME)
                if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                    return date.fromisoformat(value)
            except ValueError:
                pass
        raise self.make_error("invalid", why=_why_not(value))


class PrintedDay(Day):
    """A day, and what is wrong with one that people write otherwise."""

    default_error_messages = {"invalid": f"{{why}}{DAY_FORM}", "format": f"{{why}}{DAY_FORM}"}

    def make_error(self, key: str, **more: Any) -> ValidationError:
        return super().make_error(key, why=_why_not(more.get("input")))


class TermYears(WholeNumber):
    """The years of a term, as they are printed: 50, or 50年."""

    default_error_messages = {"invalid": "Give the years as a whole number: 50."}

    def json_schema(self) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]{1,12} ?年?$"}]
        }

    def _validated(self, value: Any) -> int:
        printed_so = isinstance(value, str) and value.endswith("年")
        return super()._validated(value[:-1].rstrip(" ") if printed_so else value)


def _why_not(value: Any) -> str:
    """What a text lacks to be a day, or how a call takes the day that it names."""
    if not isinstance(value, str):
        return ""
    day = day_named(value)
    return f"Write the day as {day}. " if day else why_no_day(value)


class Draft(Contract):
    """One plot of a notice. `price_printed` and `step_printed` are in the units beside them (without one,
    万元 for the whole land), the bond in 万元; `released_on` is the day from which the land was free. Loads
    to a `Printed`."""

    place = Text(60, load_default="")
    number = Text(100, load_default="")
    method = Word(SupplyWay, WAYS, load_default=None, allow_none=True)
    use_printed = Text(60, load_default="")
    industry = Text(200, load_default="")
    area_m2 = AreaM2(load_default=None, allow_none=True)
    area_mu = AreaMu(load_default=None, allow_none=True)
    plot_ratio_min = Printed(load_default=None, allow_none=True, zero=True)
    plot_ratio_max = Printed(load_default=None, allow_none=True)
    density_min_pct = Percent(load_default=None, allow_none=True, zero=True)
    density_max_pct = Percent(load_default=None, allow_none=True)
    green_min_pct = Percent(load_default=None, allow_none=True, zero=True)
    green_max_pct = Percent(load_default=None, allow_none=True, zero=True)
    building_coefficient_min_pct = Percent(load_default=None, allow_none=True)
    office_max_pct = Percent(load_default=None, allow_none=True, zero=True)
    term_years = TermYears(
        load_default=None, allow_none=True, validate=validate.Range(1, 100, error="Give 1 to 100.")
    )
    price_printed = Printed(load_default=None, allow_none=True)
    price_unit = Text(20, load_default="")
    bond_wan = Printed(load_default=None, allow_none=True)
    step_printed = Printed(load_default=None, allow_none=True)
    step_unit = Text(20, load_default="")
    published_on = DayOrMoment(load_default=None, allow_none=True)
    documents_from = DayOrMoment(load_default=None, allow_none=True)
    documents_to = DayOrMoment(load_default=None, allow_none=True)
    apply_from = DayOrMoment(load_default=None, allow_none=True)
    apply_to = DayOrMoment(load_default=None, allow_none=True)
    bond_to = DayOrMoment(load_default=None, allow_none=True)
    sale_from = DayOrMoment(load_default=None, allow_none=True)
    sale_to = DayOrMoment(load_default=None, allow_none=True)
    released_on = PrintedDay(load_default=None, allow_none=True)
    conditions = Tuple(
        Text(LONGEST_CLAUSE),
        load_default=(),
        validate=validate.Length(max=MOST_CLAUSES, error="Give 200 conditions at most."),
    )

    @validates_schema(skip_on_field_errors=False)
    def units_are_known(self, data: dict[str, Any], **_: Any) -> None:
        known = NOTICE_LAW.on(date.max)
        for unit in ("price_unit", "step_unit"):
            if data.get(unit) and known.money_unit(data[unit]) is None:
                spelt = ", ".join(each.spellings[0] for each in known.money_units)
                raise ValidationError(f"Give one of these units: {spelt}.", unit)

    @validates_schema(skip_on_field_errors=False)
    def days_can_be_counted_from(self, data: dict[str, Any], **_: Any) -> None:
        for name, value in data.items():
            if isinstance(value, date) and value.year not in YEARS:
                raise ValidationError(f"Give a day from {YEARS[0]} to {YEARS[-1]}.", name)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> printed.Printed:
        made = dict(data)
        bond_wan, use = made.pop("bond_wan"), made.pop("use_printed")
        m2, mu = made.pop("area_m2"), made.pop("area_mu")
        money: dict[str, Any] = {name: _money(made, name) for name in MONEY}
        bounds: dict[str, Any] = {
            name: printed.Bounds(least=made.pop(least), most=made.pop(most))
            for name, (least, most) in BOUNDS.items()
        }
        industries = tuple(filter(None, SEVERAL.split(made.pop("industry"))))
        for unused in ("number", "building_coefficient_min_pct", "office_max_pct"):
            made.pop(unused)
        return printed.Printed(
            **made,
            **money,
            **bounds,
            use=use,
            industries=industries,
            area=printed.Area(m2=m2, mu=mu) if m2 is not None or mu is not None else None,
            bond_cny=None if bond_wan is None else bond_wan * WAN,
        )


class CheckNotice(Contract):
    """A draft or a published notice, as it is printed; `moment` says what the answers weigh then. The rules
    are those of `on`, or else of the first day of the notice, or of today. With a `listing_id` the land is
    free from the day that its release says, where the draft does not say it."""

    draft = fields.Nested(Draft, required=True)
    listing_id = fields.Str(load_default=None, allow_none=True)
    moment = fields.Enum(Moment, by_value=True, load_default=Moment.PUBLICATION)
    on = PrintedDay(load_default=None, allow_none=True)


def day_can_be_counted_from(day: printed.When) -> None:
    """Raises `ValidationError` for a year in which no notice stands."""
    if day.year not in YEARS:
        raise ValidationError(f"Give a day from {YEARS[0]} to {YEARS[-1]}.")


class PlannedSuspension(Contract):
    """Loads to an `interrupted.Suspension`."""

    suspended_on = DayOrMoment(required=True, validate=day_can_be_counted_from)
    resumed_on = DayOrMoment(required=True, validate=day_can_be_counted_from)

    @validates_schema
    def ends_after_it_begins(self, data: dict[str, Any], **_: Any) -> None:
        begins, ends = data["suspended_on"], data["resumed_on"]
        if not rules.in_order(begins, ends):
            right = rules.written(begins)
            raise ValidationError(f"Give {right} (suspended_on) or later.", "resumed_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> interrupted.Suspension:
        return interrupted.Suspension(**data)


class EarliestDates(Contract):
    """A draft with the days that are planned; the rules are those of `on`, or of today. `supplements` that
    change conditions and `suspensions` of the notice move the days of the sale. With a `listing_id` the land
    is free from the day that its release says, where the draft does not say it."""

    draft = fields.Nested(Draft, required=True)
    on = PrintedDay(load_default=None, allow_none=True)
    listing_id = fields.Str(load_default=None, allow_none=True)
    supplements = Tuple(
        DayOrMoment(validate=day_can_be_counted_from),
        load_default=(),
        validate=validate.Length(max=20),
    )
    suspensions = Tuple(
        fields.Nested(PlannedSuspension), load_default=(), validate=validate.Length(max=20)
    )


class DerivedFigures(TypedDict):
    area_m2: Decimal | None
    area_mu: Decimal | None
    start_price_wan_total: Decimal | None
    price_per_m2_yuan: Decimal | None
    price_per_mu_wan: Decimal | None
    step_wan_total: Decimal | None
    bond_ratio: Decimal | None


class Answer(TypedDict):
    """`severity` is what the answer weighs at the moment that was asked, `severities` at each."""

    code: str
    outcome: str
    sentence: str
    field: str
    source: str
    computed: str | None
    severity: str
    severities: dict[str, str]


class Checked(TypedDict):
    """`bars` says whether anything bars the notice at this moment; `bond_made` how the bond was made."""

    rules_of: date
    moment: str
    bars: bool
    derived: DerivedFigures
    bond_made: str | None
    findings: list[Answer]


class DatedStep(TypedDict):
    """`day` is the earliest day of the step, or its last one where `bound` says `at_most`; none where the
    calendar of working days is missing, or nobody says when the land was free, as `sentence` says then."""

    step: str
    bound: str
    day: date | None
    sentence: str
    source: str
    planned: date | None
    lawful: bool | None


class Steps(TypedDict):
    rules_of: date
    steps: list[DatedStep]


def _money(data: dict[str, Any], name: str) -> printed.Money | None:
    amount, unit = data.pop(MONEY[name]), data.pop(f"{name}_unit") or "万元"
    known = NOTICE_LAW.on(date.max).money_unit(unit)
    if amount is None or known is None:
        return None
    return printed.Money(amount_cny=amount * known.cny, per=known.per)
