"""A report as blocks of rows: what a terminal, a workbook and a PDF show of it alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from ..due.shown import OF, of_what
from ..due.words import in_words
from ..overview.shown import SIGNS, is_unknown, number, sign_of
from ..prospect.leaflet import moment_in_park

Found: TypeAlias = Mapping[str, Any]
NONE = "–"
WRITER = "parcels"  # of a kind that two services keep, a line of a report names that of its writer
NOT_SAID = "not said [未报]"
NOT_KNOWN = "not known [不详]"
MOST_NAMED = 5  # of what did not say how much, below a table; the sheet of parts has all
KINDS = {
    "at_least": "at least [不少于]",
    "at_most": "at most [不高于]",
    "more_than": "more than [超过]",
}
EXACT = "exact [准确]"
STAGES = {  # where a case stands of which a meeting is to decide
    "announced": "only named so far [待认定]",
    "identified": "identified [已认定]",
    "plan_drafted": "plan drafted [方案已拟]",
    "plan_approved": "plan approved [方案已批]",
    "in_progress": "work in progress [整治中]",
    "acceptance_pending": "acceptance applied for [待验收]",
    "accepted": "accepted [已验收]",
    "suspended": "suspended [已中止]",
    "reopened": "reopened [问题反弹]",
    "cancelled": "cancelled [已撤销]",
}
BECAME = {"came": "came [新增]", "went": "went [减少]", "changed": "changed [变化]"}
FIGURES = ("figure [指标]", "value [数值]", "unit [单位]")
MONTHLY = (*FIGURES, "month before [上月末]", "change [增减]")
LIST = (
    "due [期限]",
    "days late [逾期天数]",
    "who [责任方]",
    "what [事项]",
    OF,
    "what is said [说明]",
)
CURVE = (
    "by the end of [截至]",
    "land due to begin [约定开工]",
    "begun [实际开工]",
    "behind [差额]",
    "projects wanted [应开工项目]",
    "begun [已开工项目]",
)
CAUSES = "because of [原因]"
CORRECTED = (
    "figure [指标]",
    "day [日期]",
    "as issued [原值]",
    "as known now [现值]",
    "unit [单位]",
    CAUSES,
)
ID = "id"
PARTS = (
    "figure [指标]",
    "thing [对象]",
    ID,
    "adds [计入]",
    "before [前]",
    "after [后]",
    "day [日期]",
    "said by [依据]",
)


OF_IDS = (OF, ID, CAUSES)  # what stands in these columns is to be copied


@dataclass(frozen=True)
class Signed:
    """A number that is no exact one: `≥ 62`. In a workbook it stays a number, shown with its sign."""

    value: Decimal
    sign: str


Cell: TypeAlias = str | int | Decimal | Signed | None


@dataclass(frozen=True)
class Block:
    """Rows under a heading. `widths` are shares of the page; `numbers` are the columns that hold one."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    curve: tuple[Found, ...] = field(default=(), compare=False)


def head_of(report: Found) -> list[str]:
    """As of which knowledge it is, whether it was issued, and what is missing."""
    known = f"As known at [数据截至] {moment_in_park(report['known_at'])}"
    issued = report["issued_on"]
    state = f"issued on [签发] {issued}" if issued else "a draft, not issued [草稿]"
    missing = [f"missing [缺失]: {each['sentence']}" for each in report["unreachable_reasons"]]
    return [f"{known}; {state}.", *missing]


def blocks_of(report: Found) -> list[Block]:
    """The blocks of the sections, in their order. A list says how many there are, which is its figure."""
    monthly = report["report_kind"] == "monthly"
    return [each for section in report["sections"] for each in _of_section(section, monthly)]


def corrections_of(found: Found) -> Block:
    """What was corrected since a report was issued."""
    rows = tuple(
        (
            f"{each['figure']}\n{each['title']}",
            each["on"],
            amount(each["value_then"], each["kind_then"]),
            amount(each["value_now"], each["kind_now"]),
            each["unit"],
            "\n".join(_cause(cause) for cause in each["causes"]),
        )
        for each in found["corrections"]
    )
    silent = [f"missing [缺失]: {each['sentence']}" for each in found["unreachable_reasons"]]
    known = f"As known at [数据截至] {moment_in_park(found['known_at'])}."
    nothing = [] if rows else ["Nothing was corrected [无更正]."]
    kinds = [
        f"{each['figure']}, {each['on']}: {said}"
        for each in found["corrections"]
        if (said := _kinds({"as issued": each["kind_then"], "as known now": each["kind_now"]}))
    ]
    return Block(
        title="Corrected since it was issued [签发后更正]",
        columns=CORRECTED,
        rows=rows,
        widths=(30, 11, 11, 11, 9, 28),
        numbers=(2, 3),
        notes=(*kinds, known, *nothing, *silent),
    )


def parts_of(report: Found) -> Block | None:
    """What adds up to each figure of the report, where it keeps that, and what counts and did not say how
    much."""
    rows = tuple(
        _part(each["told"]["figure"], part)
        for section in report["sections"]
        for each in section["figures"]
        for part in (*each["parts"], *each["without_amount"])
    )
    if not rows:
        return None
    title = "What adds up to the figures [指标明细]"
    return Block(
        title=title,
        columns=PARTS,
        rows=rows,
        widths=(18, 10, 22, 9, 9, 9, 11, 18),
        numbers=(3, 4, 5),
    )


def amount(value: str | None, kind: str | None = None) -> Decimal | Signed | str | None:
    """With its sign; in words where it says nothing, as that it is at least 0."""
    if is_unknown(value, kind):
        return NOT_KNOWN
    return _signed(value, SIGNS.get(kind or "", ""))


def text_of(cell: Cell) -> str:
    """A number with commas, and nothing for none."""
    if cell is None:
        return ""
    if isinstance(cell, Signed):
        return cell.sign + number(str(cell.value))
    return number(str(cell)) if isinstance(cell, Decimal) else str(cell)


def _of_section(section: Found, monthly: bool) -> Iterator[Block]:
    title = section["title"]
    if section["listed"]:
        yield _list(f"{title}: {section['listed']['lines_found']:,}", section["listed"])
    elif section["start_curve"]:
        yield _curve(title, section["start_curve"])
    else:
        yield _figures(title, section["figures"], monthly)


def _figures(title: str, figures: Iterable[Found], monthly: bool) -> Block:
    given = list(figures)
    reasons = [each["told"]["reason"] for each in given]
    why = dict.fromkeys(f"{NONE} {each['sentence']}" for each in reasons if each)
    kinds = (said for each in given if (said := _said_of(each)))
    return Block(
        title=title,
        columns=MONTHLY if monthly else FIGURES,
        rows=tuple(_figure(each, monthly) for each in given),
        widths=(41, 15, 13, 18, 13) if monthly else (66, 20, 14),
        numbers=(1, 3, 4) if monthly else (1,),
        notes=(*kinds, *why),
    )


def _figure(figure: Found, monthly: bool) -> tuple[Cell, ...]:
    told = figure["told"]
    value = amount(told["value"], told["overview_kind"])
    row: tuple[Cell, ...] = (told["title"], NONE if value is None else value, told["unit"])
    if monthly:
        before = amount(figure["previous_value"], figure["previous_kind"])
        row = (*row, before, amount(figure["change"]))
    return row


def _said_of(figure: Found) -> str:
    """In words that a figure is no exact one, and what did not say how much."""
    told = figure["told"]
    kinds = {"": told["value"] and told["overview_kind"], "month before": figure["previous_kind"]}
    said = _kinds(kinds)
    if not said:
        return ""
    without = [f"{each['thing']} {each['thing_id']}" for each in figure["without_amount"]]
    more = [f"{len(without) - MOST_NAMED:,} more"] if len(without) > MOST_NAMED else []
    named = ", ".join([*without[:MOST_NAMED], *more])
    return f"{told['title']}: {said}" + (f"; {NOT_SAID}: {named}" if named else "")


def _kinds(sides: Mapping[str, str | None]) -> str:
    """`as issued at least, as known now exact`; nothing where every side is exact, or has no value."""
    there = {name: kind for name, kind in sides.items() if kind}
    if not any(kind in KINDS for kind in there.values()):
        return ""
    return ", ".join(f"{name} {KINDS.get(kind, EXACT)}".strip() for name, kind in there.items())


def _part(figure: str, part: Found) -> tuple[Cell, ...]:
    of_ratio = part["before"] is not None
    adds, before, after = (_signed(part[n], sign_of(part, n)) for n in ("adds", "before", "after"))
    about = (figure, part["thing"], part["thing_id"])
    said = adds if of_ratio or adds is not None else NOT_SAID
    return (*about, said, before, after, part["about_on"], part["event_id"])


def _signed(value: str | None, sign: str) -> Decimal | Signed | None:
    if value is None:
        return None
    return Signed(Decimal(value), sign) if sign else Decimal(value)


def _list(title: str, listed: Found) -> Block:
    left = listed["lines_found"] - len(listed["lines"])
    now = "As on record when the report was made [以编制时为准]." if listed["as_known_now"] else ""
    more = f"{left:,} more are not listed [其余未列]." if left > 0 else ""
    nothing = "" if listed["lines"] else "None [无]."
    return Block(
        title=title,
        columns=LIST,
        rows=tuple(_line(each) for each in listed["lines"]),
        widths=(11, 9, 14, 18, 24, 24),
        numbers=(1,),
        notes=tuple(filter(None, (nothing, more, now))),
    )


def _line(line: Found) -> tuple[Cell, ...]:
    who = "\n".join(filter(None, dict.fromkeys((line["holder"], line["township"]))))
    about = "\n".join(of_what({"service": WRITER, **line}))
    late = line["days_late"] or None
    what = STAGES.get(line["what"]) or in_words(line["what"])
    return (line["due_on"], late, who, what, about, line["says"])


def _curve(title: str, months: Iterable[Found]) -> Block:
    found = tuple(months)
    return Block(
        title=title,
        columns=CURVE,
        rows=tuple(_month(each) for each in found),
        widths=(16, 18, 16, 14, 20, 16),
        numbers=(1, 2, 3, 4, 5),
        notes=("Cumulative to the end of each month [累计].",),
        curve=found,
    )


def _month(month: Found) -> tuple[Cell, ...]:
    due, begun = month["land_due"], month["land_begun"]
    behind = None if begun is None else due - begun
    return (month["month"], due, begun, behind, month["projects_wanted"], month["projects_begun"])


def _cause(cause: Found) -> str:
    said = f" ({cause['event_id']})" if cause["event_id"] else ""
    return f"{BECAME[cause['became']]}: {cause['thing']} {cause['thing_id']}{said}"
