"""How each figure of parcels is reckoned from what it knew: the parts that add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from backbone.errors import Reason
from park.overview import Clocks, OverviewKind, OverviewPart, Reckoned
from park.units import m2_to_mu

from ..benefit.benefit import Change, of_each_land, summed, with_both
from ..campaign.counting import COUNTING, Counting, Unit
from ..campaign.figures import AREAS, Figure, by_plot, firms_of
from ..campaign.outcome import Outcome
from ..words import DisposalWay
from .known import Known

NOTHING_TO_COMPARE = Reason(
    "NOTHING_TO_COMPARE",
    "No case that was accepted by the day has the figure both before and after it.",
    field="figure",
)


class Reckonings:
    """The reckonings by the names that the rulebook gives them; each takes what of, and the clocks."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.by_name = {
            "plots": self.plots,
            "area_of_plots": self.area_of_plots,
            "area_of_cases": self.area_of_cases,
            "firms_by_way": self.firms_by_way,
            "before_and_after": self.before_and_after,
        }

    def plots(self, _of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """The plots of the register, each once."""
        yield Reckoned(parts=tuple(self._of_plots({})))

    def area_of_plots(self, _of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """Their area, in mu."""
        areas = {each.parcel_id: m2_to_mu(each.area_m2) for each in self.known.plots}
        yield Reckoned(parts=tuple(self._of_plots(areas)))

    def area_of_cases(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """Land remediated, or vacated, in mu: each plot once. At least, if a case does not say how much."""
        rule, area = COUNTING.on(clocks.rules), AREAS[Figure(of)]
        counted = self._standing(rule)
        parts = [self._part(each, rule, m2_to_mu(m2)) for each, m2 in by_plot(counted, area)]
        unknown = [self._part(each, rule) for each in counted if area(each) is None]
        yield Reckoned(
            parts=tuple(parts),
            without_amount=tuple(unknown),
            kind=OverviewKind.AT_LEAST if unknown else OverviewKind.EXACT,
            rules_from=COUNTING.first_day(clocks.rules),
            source=rule.source,
        )

    def firms_by_way(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The firms, or cases, of one way: a firm counts once, by its last case. At least, if a case names
        no firm."""
        rule, way = COUNTING.on(clocks.rules), DisposalWay(of)
        counted, by_firms = self._standing(rule), rule.unit is Unit.FIRMS
        firms = firms_of(counted, rule)
        cases = [each for each in counted if each.disposal_way is way]
        adds = [(each, len(firms[each.case_id]) if by_firms else 1) for each in cases]
        unnamed = [e for e in cases if by_firms and not e.enterprise_ids]
        yield Reckoned(
            parts=tuple(self._part(each, rule, Decimal(count)) for each, count in adds if count),
            without_amount=tuple(self._part(each, rule) for each in unnamed),
            kind=OverviewKind.AT_LEAST if unnamed else OverviewKind.EXACT,
            rules_from=COUNTING.first_day(clocks.rules),
            source=rule.source,
        )

    def before_and_after(self, of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        """How many times as much there is after the cases: the ratio of two sums, of the cases that have
        both."""
        benefits = self.known.benefits
        total = summed(of, benefits)
        if total is None:
            yield Reckoned(ratio=True, reason=NOTHING_TO_COMPARE)
            return
        parts = [
            OverviewPart(
                thing="case",
                thing_id=benefit.case_id,
                before=change.before,
                after=change.after,
                event_id=self._acceptance_event(benefit.case_id),
                overview_kind=_kind_of(change),
            )
            for benefit, change in of_each_land(with_both(of, benefits))
        ]
        kind = OverviewKind(str(total.change.kind or OverviewKind.EXACT))
        yield Reckoned(parts=tuple(parts), ratio=True, kind=kind, reason=total.change.reason)

    def _of_plots(self, adds: dict[str, Decimal]) -> Iterator[OverviewPart]:
        for each in self.known.plots:
            yield OverviewPart(
                thing="parcel",
                thing_id=each.parcel_id,
                adds=adds.get(each.parcel_id, Decimal(1)),
                about_on=each.about_on,
                event_id=each.event_id,
            )

    def _standing(self, rule: Counting) -> list[Outcome]:
        return [each for each in self.known.outcomes if rule.stands(each)]

    def _part(self, outcome: Outcome, rule: Counting, adds: Decimal | None = None) -> OverviewPart:
        return OverviewPart(
            thing="case",
            thing_id=outcome.case_id,
            adds=adds,
            about_on=rule.day_of(outcome),
            event_id=self._acceptance_event(outcome.case_id),
        )

    def _acceptance_event(self, case_id: str) -> str | None:
        acceptance = self.known.acceptance(case_id)
        return acceptance.said.event_id if acceptance else None


def _kind_of(change: Change) -> OverviewKind:
    """Of one that is only no less before and after, what came after: the ratio has no value then."""
    if change.after_at_least:
        return OverviewKind.AT_LEAST
    return OverviewKind.AT_MOST if change.before_at_least else OverviewKind.EXACT
