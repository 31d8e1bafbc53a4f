"""How each figure of enterprises is reckoned: the firms, reports and records that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from backbone.errors import Reason
from park.overview import Clocks, CountedFrom, OverviewKind, OverviewPart, Reckoned

from ..indicators.definitions import INDICATORS, IndicatorCounting
from ..indicators.figures import FigureKind, StandingFigure
from ..innovation.innovation import INNOVATION, InnovationRecord, counted
from ..premises.populations import Known

BASIS = "zone"
NO_FIGURE = Reason(
    "NOT_STATED_YET",
    "By that moment nobody had reported a figure of a period that was over on the day.",
    field="figure",
)
NOTHING_KNOWN = Reason(
    "NOT_STATED_YET",
    "By that moment nobody had recorded one, nor stated how many there are.",
    field="figure",
)
# of an indicator, on a day, as known at a moment
StatedOn = Callable[[str, date, datetime], StandingFigure | None]


@dataclass(frozen=True, slots=True)
class Reckonings:
    """`firms` are those known at the moment, with the uses of the plots as they were known then."""

    firms: Callable[[], Known]
    records: Callable[[], list[InnovationRecord]]
    stated_on: StatedOn

    def firms_on_land(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The firms on industrial land; at least, while the use of the land of some is not known. Where
        nobody said since when land has its use, that is the one that is known now."""
        known = self.firms()
        found = known.on_land(clocks.on, None, clocks.rules)

        def firm(enterprise_id: str, adds: Decimal | None = None) -> OverviewPart:
            report_id = known.firms[enterprise_id].report_id
            return OverviewPart(thing="firm", thing_id=enterprise_id, adds=adds, event_id=report_id)

        yield Reckoned(
            parts=tuple(firm(each, Decimal(1)) for each in sorted(found.industrial)),
            without_amount=tuple(map(firm, sorted(found.use_unknown))),
            kind=OverviewKind.AT_LEAST if found.use_unknown else OverviewKind.EXACT,
            as_known_now=found.undated,
        )

    def indicator(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The newest figure that was stated of the zone."""
        stated = self.stated_on(of, clocks.on, clocks.known_at)
        if stated is None:
            yield Reckoned(counted_from=CountedFrom.STATEMENT, reason=NO_FIGURE)
            return
        counting = INDICATORS.on(clocks.rules).indicators[of].counting
        yield _stated(stated, cumulative=counting is IndicatorCounting.CUMULATIVE)

    def statement(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """What was stated of the zone beside a figure that another service counts; nothing if nothing was."""
        if stated := self.stated_on(of, clocks.on, clocks.known_at):
            yield _beside(stated)

    def innovation(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """By the records if there are any, else as it was stated; both side by side where there are both,
        and never added. Without either it is not known."""
        count = next(each for each in INNOVATION.on(clocks.rules).counts if each.name == of)
        records = {each.innovation_id: each for each in self.records()}
        ids = counted(count, records.values(), clocks.on, clocks.known_at)
        stated = self.stated_on(count.stated, clocks.on, clocks.known_at) if count.stated else None
        known = any(e.kind == count.kind and e.known(clocks.known_at) for e in records.values())
        if ids or (stated is None and known):
            yield Reckoned(parts=tuple(_of_records((records[i] for i in ids), clocks.known_at)))
        elif stated is None:
            yield Reckoned(reason=NOTHING_KNOWN)
        if stated:
            yield _beside(stated) if ids else _stated(stated, cumulative=False)


def _beside(figure: StandingFigure) -> Reckoned:
    """What was stated of a figure that is counted as well."""
    return replace(_stated(figure, cumulative=False), key="stated", label="as stated")


def _stated(figure: StandingFigure, *, cumulative: bool) -> Reckoned:
    exact = figure.figure_kind is FigureKind.EXACT
    kind = OverviewKind.CUMULATIVE if exact and cumulative else OverviewKind(figure.figure_kind)
    report_id = figure.said[-1].report_id
    part = OverviewPart(
        thing="report",
        thing_id=report_id,
        adds=figure.value,
        about_on=figure.period_end,
        event_id=report_id,
        overview_kind=kind,
    )
    return Reckoned(
        parts=(part,),
        kind=kind,
        counted_from=CountedFrom.STATEMENT,
        about_on=figure.period_end,
        since_on=figure.period_start,
        source=figure.source,
    )


def _of_records(records: Iterable[InnovationRecord], known_at: datetime) -> Iterator[OverviewPart]:
    for record in records:
        if said := record.known(known_at):
            yield OverviewPart(
                thing=record.kind,
                thing_id=record.innovation_id,
                adds=Decimal(1),
                about_on=said.from_on,
                event_id=said.report_id,
            )
