"""What has been corrected since a report was issued: figure by figure, and what made it another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.overview import OverviewKind, OverviewPart

from .report import ReportFigure, ZoneReport


class Became(StrEnum):
    """What became of a part of a figure: it came to count, went, or adds something else."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


@record
class CorrectionCause:
    """A thing that makes the figure another one: what it added and what it adds, of a ratio what came after;
    and the event or call that said so."""

    thing: str
    thing_id: str
    became: Became
    added_then: Decimal | None = None
    adds_now: Decimal | None = None
    event_id: str | None = None


@record
class ReportCorrection:
    """A figure that would read otherwise today: as it was issued, and as it is known now, each with its kind,
    on the day `on`: that of the report, or the last one of the month before."""

    figure: str
    title: str
    unit: str
    on: date
    value_then: Decimal | None
    kind_then: OverviewKind | None = None
    value_now: Decimal | None
    kind_now: OverviewKind | None = None
    causes: tuple[CorrectionCause, ...] = ()


@record
class Reading:
    """A figure as it reads: its value, and whether that is exact; nothing where there is none."""

    value: Decimal | None = None
    kind: OverviewKind | None = None

    def differs(self, now: Reading) -> bool:
        """A month before that was issued by an earlier version has no kind, and is compared without."""
        return self.value != now.value or (self.kind is not None and self.kind != now.kind)


def corrections(
    was: ZoneReport, now: ZoneReport, day_before: date | None
) -> Iterator[ReportCorrection]:
    """The figures of which the value or the kind differs, in the order of the report. Those of a service
    that does not answer now are left out. Of a monthly report `day_before` is the last day of the month
    before. Where the parts are kept, a figure whose parts are other ones is told, even if they add up to the
    same."""
    old, new = was.figures, now.figures
    for name in dict.fromkeys([*old, *new]):
        then, since = old.get(name), new.get(name)
        shown = since or then
        if shown is None or shown.service in now.unreachable:
            continue
        causes = tuple(causes_of(_parts(then), _parts(since)))
        read = _reading(then), _reading(since)
        if read[0].differs(read[1]) or causes:
            yield _correction(shown, was.last, *read, causes)
        before = _previous(then), _previous(since)
        if day_before and before[0].differs(before[1]):
            yield _correction(shown, day_before, *before)


def causes_of(
    then: Iterable[OverviewPart], now: Iterable[OverviewPart]
) -> Iterator[CorrectionCause]:
    """The parts that came, went, or add something else."""
    old, new = _by_thing(then), _by_thing(now)
    for thing, thing_id in dict.fromkeys([*old, *new]):
        was, is_now = old.get((thing, thing_id)), new.get((thing, thing_id))
        if was and is_now and _says(was) == _says(is_now):
            continue
        became = Became.CAME if was is None else Became.WENT if is_now is None else Became.CHANGED
        shown = is_now or was
        yield CorrectionCause(
            thing=thing,
            thing_id=thing_id,
            became=became,
            added_then=_adds(was) if was else None,
            adds_now=_adds(is_now) if is_now else None,
            event_id=shown.event_id if shown else None,
        )


def _correction(
    shown: ReportFigure,
    on: date,
    then: Reading,
    now: Reading,
    causes: tuple[CorrectionCause, ...] = (),
) -> ReportCorrection:
    return ReportCorrection(
        figure=shown.name,
        title=shown.told.title,
        unit=shown.told.unit,
        on=on,
        value_then=then.value,
        kind_then=then.kind,
        value_now=now.value,
        kind_now=now.kind,
        causes=causes,
    )


def _by_thing(parts: Iterable[OverviewPart]) -> dict[tuple[str, str], OverviewPart]:
    return {(each.thing, each.thing_id): each for each in parts}


def _adds(part: OverviewPart) -> Decimal | None:
    """What it adds; of a ratio, what came after; none if it did not say how much."""
    return part.adds if part.adds is not None else part.after


def _says(part: OverviewPart) -> tuple[object, ...]:
    return part.adds, part.before, part.after, part.overview_kind


def _parts(figure: ReportFigure | None) -> tuple[OverviewPart, ...]:
    """All that counts, also what did not say how much."""
    return (*figure.parts, *figure.without_amount) if figure else ()


def _reading(figure: ReportFigure | None) -> Reading:
    if figure is None or figure.told.value is None:
        return Reading()
    return Reading(value=figure.told.value, kind=figure.told.overview_kind)


def _previous(figure: ReportFigure | None) -> Reading:
    return Reading(value=figure.previous_value, kind=figure.previous_kind) if figure else Reading()
