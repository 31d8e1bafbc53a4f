"""What a scheme is made of: its indicators, how each is scored, and where the grades are cut."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.errors import Invalid, Reason

from ..figures.firm_figures import SourceClass
from .reading import figure

HUNDRED = Decimal(100)
CODE = re.compile(r"[^\W\d]\w{0,59}")
CUT = ("grade", "by", "value")
OF_INDICATOR = frozenset(
    [
        "code",
        "weight",
        "baseline",
        "cap",
        "floor",
        "min",
        "max",
        "cap_times_weight",
        "missing",
        "source_class",
        "rule",
        "note",
    ]
)
TWICE = Decimal(2)


class Kind(StrEnum):
    """How a figure becomes points: `ratio` x/baseline·weight; `min_max` between the lowest and the
    highest of the group; `inverse` (2-x/baseline)·weight, where less is better; `share_of_points`
    x·weight, where x is the part that was reached; `as_is` x itself. `unstated`: the source says not."""

    RATIO = "ratio"
    MIN_MAX = "min_max"
    INVERSE = "inverse"
    SHARE_OF_POINTS = "share_of_points"
    AS_IS = "as_is"
    UNSTATED = "unstated"


class IfMissing(StrEnum):
    """`mean_score`: the mean of the scores, and not of the figures, of those that have one."""

    MEAN_SCORE = "mean_score"
    POINTS = "points"
    EXCLUDE = "exclude"


class Ties(StrEnum):
    """Firms of one total that lie over a cut take the grade of the best or of the worst of their ranks."""

    BEST_RANK = "best_rank"
    WORST_RANK = "worst_rank"


MISSING_WORDS: dict[str, IfMissing | Decimal] = {
    "mean score of the group on this indicator": IfMissing.MEAN_SCORE,
    "mean_score": IfMissing.MEAN_SCORE,
    "mean": IfMissing.MEAN_SCORE,
    "exclude": IfMissing.EXCLUDE,
    "zero": Decimal(0),
}
RATIO_FORM = re.compile(r"sum\(x/baseline\*w(eight)?\)")
MIN_MAX_FORM = re.compile(r"w(?:eight)?\*\((\d+)\+(\d+)\*\(x-min\)/\(max-min\)\)/100")
INVERSE_FORM = re.compile(r"\(2-x/baseline\)\*(\d+|w(?:eight)?)")
NO_FIGURE_FORM = re.compile(r"(-?[0-9.]+)whenthereisnofigure")


@dataclass(frozen=True, slots=True)
class Formula:
    """`weight` and `no_figure` hold where an indicator says nothing of its own. `lowest` and `spread`
    are the percents of `min_max`."""

    kind: Kind
    weight: Decimal | None = None
    no_figure: Decimal | None = None
    lowest: Decimal = Decimal(20)
    spread: Decimal = Decimal(80)
    bonus: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """`cap` and `floor` are points. `least` and `most` take the place of the group's own.
    `source_class` is that of its figures, unless a firm says otherwise."""

    code: str
    weight: Decimal | None = None
    baseline: Decimal | None = None
    missing: IfMissing = IfMissing.EXCLUDE
    missing_points: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    source_class: str | None = None
    formula: Formula = Formula(Kind.UNSTATED)


@dataclass(frozen=True, slots=True)
class Cut:
    """`<=` percent of the ranked firms, cumulative; `last` percent; `count` of firms; `>=` points."""

    grade: str
    by: str
    value: Decimal


def refusal(code: str, sentence: str, field: str) -> Invalid:
    return Invalid([Reason(code, sentence, field=field)])


def code_of(text: Any) -> str:
    """The code that stands before a remark in brackets: `green (tax per unit of energy)`."""
    return str(text).partition("(")[0].strip()


def number(value: Any, field: str) -> Decimal | None:
    """The figure at that place of a scheme, or none."""
    try:
        return figure(value)
    except ValueError as problem:
        raise refusal("INVALID", str(problem), field) from None


def source_class_of(given: Any, field: str) -> str | None:
    """The class of sources that is named there, or none."""
    if given is None or given in tuple(SourceClass):
        return given  # type: ignore[no-any-return]
    raise refusal("INVALID", f"Name the class: {', '.join(SourceClass)}.", field)


def formula_of(rule: Any, field: str) -> Formula:
    """The formula that a rule names, by its word or as the published methods write it."""
    text = re.sub(r"\s", "", str(rule or "")).casefold()
    bonus = "+bonus-malus" in text
    if text in set(Kind) and text != Kind.UNSTATED:
        return Formula(Kind(text), TWICE if text == Kind.INVERSE else None)
    if RATIO_FORM.match(text):
        return Formula(Kind.RATIO, bonus=bonus)
    if found := MIN_MAX_FORM.match(text):
        lowest, spread = map(Decimal, found.groups())
        return Formula(Kind.MIN_MAX, lowest=lowest, spread=spread, bonus=bonus)
    if found := INVERSE_FORM.match(text):
        weight = Decimal(found[1]) if found[1].isdecimal() else None
        missing = NO_FIGURE_FORM.search(text)
        no_figure = Decimal(missing[1]) if missing else None
        return Formula(Kind.INVERSE, weight, no_figure, bonus=bonus)
    if not text or text.startswith("sumofindicatorscores"):
        return Formula(Kind.UNSTATED, bonus=bonus)
    raise refusal(
        "UNKNOWN_RULE",
        "Give the rule as ratio, min_max, inverse, share_of_points or as_is, or as the published "
        "methods write it: sum(x/baseline*weight).",
        field,
    )


def indicator_of(given: Any, formula: Formula, field: str) -> Indicator:
    """The indicator of a scheme, which scores by `formula` unless it has a `rule` of its own."""
    given = {"code": given} if isinstance(given, str) else given
    if not isinstance(given, dict):
        raise refusal("INVALID", "Give an object with code, weight, baseline.", field)
    code = code_of(given.get("code", ""))
    if not CODE.fullmatch(code):
        raise refusal("INVALID", "Name the indicator in a word: tax_per_mu.", f"{field}.code")
    if given.get("rule"):
        formula = formula_of(given["rule"], f"{field}.rule")
    read = {
        name: number(given.get(key), f"{field}.{key}")
        for name, key in (
            ("weight", "weight"), ("baseline", "baseline"), ("cap", "cap"), ("floor", "floor"),
            ("least", "min"), ("most", "max"), ("times", "cap_times_weight"),
        )
    }  # fmt: skip
    times = read.pop("times")
    read["weight"] = formula.weight if read["weight"] is None else read["weight"]
    if times is not None and read["weight"] is not None:
        read["cap"] = times * read["weight"]
    rule, points = _if_missing(given.get("missing"), formula, f"{field}.missing")
    found = Indicator(
        code,
        missing=rule,
        missing_points=points,
        source_class=source_class_of(given.get("source_class"), f"{field}.source_class"),
        formula=formula,
        **read,
    )
    _hold(found, field)
    return found


def _if_missing(given: Any, formula: Formula, field: str) -> tuple[IfMissing, Decimal | None]:
    if given is None:
        held = formula.no_figure
        return (IfMissing.EXCLUDE, None) if held is None else (IfMissing.POINTS, held)
    found = MISSING_WORDS.get(str(given).strip().casefold())
    if isinstance(found, IfMissing):
        return found, None
    points = found
    if points is None:
        with suppress(ValueError):
            points = figure(given)
    if points is None:
        raise refusal(
            "INVALID",
            "Say what a firm without the figure gets: mean_score, zero, exclude, or points: -3.",
            field,
        )
    return IfMissing.POINTS, points


def _hold(of: Indicator, field: str) -> None:
    """Raise for what cannot be scored by."""
    if of.weight is not None and of.weight <= 0:
        raise refusal("WEIGHT_NOT_ABOVE_0", "Give a weight of more than 0.", f"{field}.weight")
    if of.baseline is not None and of.baseline <= 0:
        raise refusal(
            "BASELINE_NOT_ABOVE_0",
            "Give a baseline of more than 0: figures are divided by it.",
            f"{field}.baseline",
        )
    if of.cap is not None and of.floor is not None and of.cap < of.floor:
        raise refusal("INVALID", "Give a cap that is no less than the floor.", f"{field}.cap")
    if of.least is not None and of.most is not None and of.most <= of.least:
        raise refusal("NO_SPREAD", "Give a max that is more than the min.", f"{field}.max")


def cuts_of(given: Any, field: str = "scheme.cuts") -> tuple[Cut, ...]:
    """The cuts, best grade first. Percents grow, and the last ones make up the whole."""
    if not isinstance(given, list | tuple):
        raise refusal("INVALID", 'Give a list of cuts: ["A", "<=", 20].', field)
    cuts = tuple(_cut_of(each, f"{field}.{place}") for place, each in enumerate(given))
    if len({cut.grade for cut in cuts}) < len(cuts):
        raise refusal("INVALID", "Name each grade in one cut.", field)
    reached = HUNDRED * 0
    for place, cut in enumerate(cuts):
        where = f"{field}.{place}"
        if cut.by == "<=" and not reached < cut.value <= HUNDRED:
            raise refusal(
                "CUTS_DO_NOT_ADD_UP",
                "Cuts by <= are cumulative: each is more than the one before, 100 at most.",
                where,
            )
        if cut.by == "last" and (place + 1 < len(cuts) or reached + cut.value != HUNDRED):
            raise refusal(
                "CUTS_DO_NOT_ADD_UP",
                f"Those before reach {reached} %, so the last one takes {HUNDRED - reached} %.",
                where,
            )
        reached = cut.value if cut.by == "<=" else reached
    if len({cut.by for cut in cuts} - {"last"}) > 1:
        raise refusal("INVALID", "Cut all grades by <=, by count or by >=.", field)
    return cuts


def _cut_of(given: Any, field: str) -> Cut:
    """A cut as schemes write it, `["A", "<=", 20]`, or as a round does, with the names of the three."""
    if isinstance(given, dict) and set(given) == set(CUT):
        given = [given[name] for name in CUT]
    if not isinstance(given, list | tuple) or len(given) != 3 or not isinstance(given[0], str):
        raise refusal("INVALID", 'Give grade, kind and value: ["A", "<=", 20].', field)
    grade, by, value = given[0].strip(), given[1], number(given[2], f"{field}.2")
    if not grade:
        raise refusal("INVALID", "Name the grade.", f"{field}.0")
    if by not in ("<=", "last", "count", ">="):
        raise refusal(
            "INVALID",
            "Cut by <= (percent), last (percent), count or >= (points).",
            f"{field}.1",
        )
    if value is None or (by != ">=" and value < 0) or (by == "count" and value % 1):
        raise refusal("INVALID", "Give the cut's value as a number from 0 on.", f"{field}.2")
    return Cut(grade, by, value)
