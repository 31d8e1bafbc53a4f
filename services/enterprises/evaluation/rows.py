"""What is given of each firm: its figures, and what marks it for the evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backbone.errors import Invalid, Reason

from .inputs import Inputs, inputs_of
from .reading import NOTHING, figure
from .scheme import Adjustment, Scheme, adjustment_of, code_of
from .terms import source_class_of

FLAGS = ("in_small_firm_park",)
TEXTS = ("plot", "industry", "outside", "excluded", "tenant_of")
POINTS = ("bonus", "malus")
MARKS = frozenset(
    ("firm", "group", "adjustments", "source_class", "sources", *FLAGS, *TEXTS, *POINTS)
)
MOST_SAID = 20
GROUPS = ("above_scale", "below_scale")


@dataclass(frozen=True, slots=True)
class Row:
    """`withheld` are the figures of class statistics. `outside` is a class of the scheme."""

    firm: str
    figures: Mapping[str, Decimal]
    withheld: tuple[str, ...] = ()
    plot: str | None = None
    industry: str | None = None
    outside: str | None = None
    excluded: str | None = None
    tenant_of: str | None = None
    in_small_firm_park: bool = False
    adjustments: tuple[Adjustment, ...] = ()
    bonus: Decimal = NOTHING
    malus: Decimal = NOTHING


def rows_of(scheme: Scheme, figures: Sequence[Any]) -> list[Row]:
    """The rows, one for each firm, with the figures that the scheme can use. Raises `Invalid` with the
    first twenty things that are wrong."""
    if not isinstance(figures, list | tuple):
        raise Invalid([Reason("INVALID", "Give a list of figures by firm.", field="figures")])
    used = read_by(scheme, inputs_of(scheme.data_year))
    said: list[Reason] = []
    rows: list[Row] = []
    first: dict[str, int] = {}
    for place, given in enumerate(figures):
        where = f"figures.{place}"
        try:
            row = _row(scheme, given, used, where)
        except Invalid as problem:
            said += problem.reasons
        else:
            if (seen := first.setdefault(row.firm, place)) != place:
                sentence = f"The firm stands in figures.{seen} already; give each firm once."
                said.append(Reason("FIRM_TWICE", sentence, field=f"{where}.firm"))
            rows.append(row)
        if len(said) >= MOST_SAID:
            break
    if said:
        raise Invalid(said[:MOST_SAID])
    return rows


def read_by(scheme: Scheme, inputs: Inputs) -> frozenset[str]:
    """The names of figures that the scheme can make something of."""
    costs = {name for rates in scheme.costs.values() for name in rates}
    return frozenset(scheme.codes) | inputs.names | costs


def unused(scheme: Scheme, inputs: Inputs, figures: Sequence[Any]) -> list[str]:
    """The names in the figures that the scheme makes nothing of."""
    used = read_by(scheme, Inputs(also={}, indicators={}, words={})) | MARKS
    if not scheme.bonus:
        used -= set(POINTS)
    for code in scheme.codes:
        if ratio := inputs.indicators.get(code):
            used |= {ratio.above, ratio.below}
    used |= {name for name, form in inputs.also.items() if form["is"] in used}
    return sorted({code_of(name) for row in figures for name in row} - used)


def _row(scheme: Scheme, given: Any, used: frozenset[str], where: str) -> Row:
    if not isinstance(given, dict):
        raise Invalid([Reason("INVALID", "Give an object: firm and figures.", field=where)])
    firm = given.get("firm")
    if isinstance(firm, bool) or not isinstance(firm, str | int) or not str(firm).strip():
        raise Invalid([Reason("INVALID", "Name the firm by its id.", field=f"{where}.firm")])
    values = _figures(given, used, where)
    withheld = _withheld(scheme, given, where)
    marked = given.keys() & MARKS != {"firm"}
    return Row(
        str(firm).strip(),
        {name: value for name, value in values.items() if name not in withheld},
        tuple(name for name in values if name in withheld),
        **(_marks(scheme, given, where) if marked else {}),
    )


def _figures(given: Mapping[str, Any], used: frozenset[str], where: str) -> dict[str, Decimal]:
    said: list[Reason] = []
    found: dict[str, Decimal] = {}
    for name, value in given.items():
        code = code_of(name)
        if code not in used:
            continue
        try:
            read = figure(value)
        except ValueError as problem:
            said.append(Reason("INVALID", str(problem), field=f"{where}.{name}"))
            continue
        if read is not None:
            found[code] = read
    if said:
        raise Invalid(said)
    return found


def _withheld(scheme: Scheme, given: Mapping[str, Any], where: str) -> frozenset[str]:
    """The figures of a class that may not judge a firm, as the firm says it, else as the scheme does."""
    of_scheme = frozenset(
        each.code
        for each in scheme.indicators
        if each.source_class and not scheme.judges_by(each.source_class)
    )
    of_all, of_each = given.get("source_class"), given.get("sources")
    if of_all is None and of_each is None:
        return of_scheme
    if not isinstance(of_each or {}, dict):
        sentence = "Give the class of each figure by its name: statistics, tax or declared."
        raise Invalid([Reason("INVALID", sentence, field=f"{where}.sources")])
    source_class_of(of_all, f"{where}.source_class")
    classes = dict.fromkeys((code_of(name) for name in given), of_all) if of_all else {}
    for name, each in (of_each or {}).items():
        classes[code_of(name)] = source_class_of(each, f"{where}.sources.{name}")
    held = {name for name, each in classes.items() if each and not scheme.judges_by(each)}
    return frozenset(held | (of_scheme - classes.keys()))


def _marks(scheme: Scheme, given: Mapping[str, Any], where: str) -> dict[str, Any]:
    texts = {
        name: str(given[name]).strip() for name in TEXTS if given.get(name) not in (None, "", False)
    }
    if texts.get("outside") and texts["outside"] not in scheme.outside:
        names = ", ".join(scheme.outside) or "none"
        sentence = f"The scheme knows these classes outside the ranking: {names}."
        raise Invalid([Reason("INVALID", sentence, field=f"{where}.outside")])
    group = given.get("group")
    if group in GROUPS and scheme.group in GROUPS and group != scheme.group:
        texts.setdefault("excluded", f"the firm is {group}, the scheme is of {scheme.group}")
    park = given.get("in_small_firm_park") or False
    if not isinstance(park, bool):
        sentence = "Say true or false."
        raise Invalid([Reason("INVALID", sentence, field=f"{where}.in_small_firm_park")])
    points = {name: _points(given, name, where) for name in POINTS}
    adjustments = _adjustments(scheme, given.get("adjustments") or (), f"{where}.adjustments")
    return texts | points | {"in_small_firm_park": park, "adjustments": adjustments}


def _points(given: Mapping[str, Any], name: str, where: str) -> Decimal:
    try:
        found = figure(given.get(name)) or NOTHING
        if found >= 0:
            return found
        sentence = "Give the points as 0 or more."
    except ValueError as problem:
        sentence = str(problem)
    raise Invalid([Reason("INVALID", sentence, field=f"{where}.{name}")])


def _adjustments(scheme: Scheme, given: Any, where: str) -> tuple[Adjustment, ...]:
    if not isinstance(given, list | tuple):
        raise Invalid([Reason("INVALID", "Give a list of adjustments.", field=where)])
    found = []
    for place, each in enumerate(given):
        field = f"{where}.{place}"
        if isinstance(each, str):
            if each not in scheme.adjustments:
                sentence = (
                    "The scheme knows no adjustment of that name; give step, grade and reason."
                )
                raise Invalid([Reason("INVALID", sentence, field=field)])
            found.append(scheme.adjustments[each])
        else:
            found.append(adjustment_of(each, set(scheme.grades), field))
    return tuple(found)
