"""A per-mu scheme [亩均评价方案]: how one place scored and graded the firms of one group in one year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..figures.firm_figures import SourceClass
from .terms import (
    OF_INDICATOR,
    Cut,
    Formula,
    IfMissing,
    Indicator,
    Kind,
    Ties,
    code_of,
    cuts_of,
    formula_of,
    indicator_of,
    number,
    refusal,
)

YEAR = re.compile(r"(19|20)[0-9]{2}")
RANKED_BY = re.compile(r"ranked by ([a-z_]+)")
TIE_WORDS = {"best": Ties.BEST_RANK, "worst": Ties.WORST_RANK}
APPLIED = {"rule", "sharing", "tenant_rule", "below_scale_indicators"}
STEPS = ("fixed", "raised", "lowered", "veto")


@record
class Adjustment:
    """A step after the percentile: 定档 fixed, 提档 raised, 降档 lowered, veto. Without a grade a firm is
    raised or lowered by one, and a veto gives the last."""

    step: str
    reason: str
    grade: str | None = None


@record
class Scheme:
    """`outside` are the classes that get no grade by rank, `exclusions` the reasons for which a firm is
    left out, `adjustments` those that firms may be marked with by name. `shares_plots`: the figures of
    the firms on one plot are added up and the grade is shared. `tenants_follow`: a tenant takes the
    holder's grade, `but_not_in_parks` not inside a small-firm park. `statistics_basis` says on what
    basis figures of statistics may judge (统计法 (2024) art. 28). `costs` are the yuan that a grade costs
    per unit of an input: `{"C": {"electricity_kwh": "0.1"}}`. `notes` are kept and not applied."""

    id: str
    place: str | None = None
    data_year: int | None = None
    group: str | None = None
    indicators: tuple[Indicator, ...] = ()
    bonus: bool = False
    cuts: tuple[Cut, ...] = ()
    cut_scope: str = "group"
    ties: Ties = Ties.BEST_RANK
    outside: Mapping[str, str]
    exclusions: tuple[str, ...] = ()
    adjustments: Mapping[str, Adjustment]
    shares_plots: bool = False
    tenants_follow: bool = False
    but_not_in_parks: bool = False
    statistics_basis: str | None = None
    costs: Mapping[str, Mapping[str, Decimal]]
    definitions: Mapping[str, str]
    source: str | None = None
    notes: Mapping[str, Any]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.indicators)

    @property
    def grades(self) -> tuple[str, ...]:
        """From the best to the last."""
        return tuple(cut.grade for cut in self.cuts)

    @classmethod
    def load(cls, data: Any) -> Scheme:
        """The scheme out of its JSON form; raises `Invalid`, naming the field, for what it cannot be."""
        if not isinstance(data, dict):
            raise refusal("INVALID", "Give the scheme as an object.", "scheme")
        formula = formula_of(data.get("rule"), "scheme.rule")
        cuts = cuts_of(data.get("cuts") or ())
        shares = _text(data, "sharing")
        tenants = _text(data, "tenant_rule")
        known = (
            {field.name for field in fields(cls)}
            | APPLIED
            | ({"below_scale"} if "indicators" not in data else set())
        )
        return cls(
            id=_text(data, "id") or "unnamed",
            place=_text(data, "place"),
            data_year=_year(data.get("data_year")),
            group=_text(data, "group"),
            indicators=_indicators(data, formula),
            bonus=formula.bonus,
            cuts=cuts,
            cut_scope=_text(data, "cut_scope") or "group",
            ties=_ties(data.get("ties")),
            outside=_texts(data, "outside"),
            exclusions=_list(data, "exclusions"),
            adjustments=_adjustments(data, {cut.grade for cut in cuts}),
            shares_plots=_says(shares, "shared", "sharing"),
            tenants_follow=_says(tenants, "takes the grade of the holder", "tenant_rule"),
            but_not_in_parks="not inside a small-firm park" in (tenants or ""),
            statistics_basis=_text(data, "statistics_basis"),
            costs=_costs(data, {cut.grade for cut in cuts}),
            definitions=_texts(data, "definitions"),
            source=_text(data, "source"),
            notes={key: value for key, value in data.items() if key not in known}
            | _notes_of_indicators(data.get("indicators")),
        )

    def judges_by(self, source_class: str) -> bool:
        """A figure of class statistics serves statistics only, unless the scheme states a basis."""
        return source_class != SourceClass.STATISTICS or bool(self.statistics_basis)


def scorable(scheme: Scheme) -> None:
    """Raise `Invalid` unless every indicator has what its formula needs; all that lacks is named."""
    if not scheme.indicators:
        raise refusal(
            "SCHEME_INCOMPLETE",
            "The scheme publishes no indicators; name them.",
            "scheme.indicators",
        )
    for place, each in enumerate(scheme.indicators):
        where, kind = f"scheme.indicators.{place}", each.formula.kind
        if kind is Kind.UNSTATED:
            raise refusal(
                "SCHEME_INCOMPLETE",
                f"The scheme does not say how {each.code} is scored; give a rule: ratio.",
                "scheme.rule",
            )
        if each.weight is None and kind is not Kind.AS_IS:
            raise refusal(
                "SCHEME_INCOMPLETE",
                f"The scheme gives no weight for {each.code}.",
                f"{where}.weight",
            )
        if each.baseline is None and kind in (Kind.RATIO, Kind.INVERSE):
            raise refusal(
                "SCHEME_INCOMPLETE",
                f"The scheme gives no baseline for {each.code}.",
                f"{where}.baseline",
            )


def _indicators(data: dict[str, Any], formula: Formula) -> tuple[Indicator, ...]:
    """Those that are listed; else those of firms below scale, or the one by which they are ranked."""
    listed = data.get("indicators")
    if listed is None:
        listed = data.get("below_scale_indicators", [])
        ranked = RANKED_BY.match(str(data.get("below_scale", "")))
        if ranked and not listed:
            listed, formula = [ranked[1]], Formula(Kind.AS_IS)
    if not isinstance(listed, list | tuple):
        raise refusal("INVALID", "Give a list of indicators.", "scheme.indicators")
    found = tuple(
        indicator_of(each, formula, f"scheme.indicators.{place}")
        for place, each in enumerate(listed)
    )
    codes = [each.code for each in found]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise refusal(
                "INDICATOR_TWICE",
                f"{code} stands in the scheme already; name it once.",
                f"scheme.indicators.{place}.code",
            )
    return found


def _notes_of_indicators(listed: Any) -> dict[str, Any]:
    """What nobody scores by, by its place, so that a word that was mistyped is not lost in silence."""
    return {
        f"indicators.{place}.{name}": value
        for place, each in enumerate(listed or ())
        if isinstance(each, dict)
        for name, value in each.items()
        if name not in OF_INDICATOR
    }


def _text(data: dict[str, Any], name: str) -> str | None:
    found = data.get(name)
    if found is not None and not isinstance(found, str):
        raise refusal("INVALID", "Give a text.", f"scheme.{name}")
    return found.strip() or None if found else None


def _texts(data: dict[str, Any], name: str) -> Mapping[str, str]:
    found = data.get(name) or {}
    if not isinstance(found, dict):
        raise refusal("INVALID", "Give an object of texts by their names.", f"scheme.{name}")
    for key, value in found.items():
        if not isinstance(value, str) or not value.strip():
            raise refusal("INVALID", "Give a text.", f"scheme.{name}.{key}")
    return found


def _list(data: dict[str, Any], name: str) -> tuple[str, ...]:
    found = data.get(name) or ()
    if not isinstance(found, list | tuple):
        raise refusal("INVALID", "Give a list of texts.", f"scheme.{name}")
    return tuple(map(str, found))


def _year(given: Any) -> int | None:
    if given is None:
        return None
    text = str(given).strip()
    if isinstance(given, bool) or not YEAR.fullmatch(text):
        raise refusal("INVALID", "Give the year of the data: 2022.", "scheme.data_year")
    return int(text)


def _ties(given: Any) -> Ties:
    word = str(given or Ties.BEST_RANK)
    if word in TIE_WORDS:
        return TIE_WORDS[word]
    if word not in set(Ties):
        raise refusal(
            "INVALID", "Say which rank a tie over a cut takes: best_rank or worst_rank.",
            "scheme.ties",
        )  # fmt: skip
    return Ties(word)


def _costs(data: dict[str, Any], grades: set[str]) -> Mapping[str, Mapping[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    given = data.get("costs") or {}
    if not isinstance(given, dict):
        raise refusal("INVALID", "Give the costs by grade.", "scheme.costs")
    for grade, rates in given.items():
        where = f"scheme.costs.{grade}"
        if grade not in grades or not isinstance(rates, dict):
            raise refusal(
                "INVALID", "Give yuan per unit by a grade of the cuts and an input.", where
            )
        read = {name: number(rate, f"{where}.{name}") for name, rate in rates.items()}
        found[grade] = {name: rate for name, rate in read.items() if rate is not None}
    return found


def _says(text: str | None, wanted: str, name: str) -> bool:
    if text and wanted not in text:
        raise refusal("INVALID", f"Say it in these words: {wanted} ….", f"scheme.{name}")
    return bool(text)


def _adjustments(data: dict[str, Any], grades: set[str]) -> Mapping[str, Adjustment]:
    given = data.get("adjustments") or {}
    if not isinstance(given, dict):
        raise refusal("INVALID", "Give the adjustments by their names.", "scheme.adjustments")
    return {
        str(name): adjustment_of(each, grades, f"scheme.adjustments.{name}", str(name))
        for name, each in given.items()
    }


def adjustment_of(given: Any, grades: set[str], field: str, name: str = "") -> Adjustment:
    """`{"step": "raised", "grade": "A", "reason": "…"}`; the name is the reason if none is given."""
    if not isinstance(given, dict) or given.get("step") not in STEPS:
        raise refusal("INVALID", "Name the step: fixed, raised, lowered or veto.", f"{field}.step")
    grade, reason = given.get("grade"), str(given.get("reason") or name).strip()
    if not reason:
        raise refusal("INVALID", "Say why the grade is changed.", f"{field}.reason")
    if grade is None and given["step"] == "fixed":
        raise refusal("INVALID", "Name the grade that is fixed.", f"{field}.grade")
    if grade is not None and (not isinstance(grade, str) or grade not in grades):
        raise refusal("INVALID", "Name a grade of the scheme's cuts.", f"{field}.grade")
    return Adjustment(step=given["step"], reason=reason, grade=grade)


__all__ = ["Adjustment", "IfMissing", "Scheme", "adjustment_of", "code_of", "scorable"]
