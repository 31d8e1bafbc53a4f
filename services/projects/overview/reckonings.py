"""How each figure of projects is reckoned: the awards, targets, policies, funds and visits behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from park.overview import Clocks, CountedFrom, OverviewKind, OverviewPart, Reckoned
from park.time import end_of
from park.units import m2_to_mu

from ..contests.contest import Contest, ContestReport, GuestsKind
from ..funds.fund import Fund
from ..listings.notice import SupplyForm
from ..pipeline.visit import Visit, VisitKind
from ..platforms.platform import Platform
from ..platforms.standing import PlatformStanding, TargetState, standing
from ..policies.policy import Policy
from ..supply.supply import Supply
from ..talents.application import TalentApplication
from ..talents.counts import CountedFrom as TalentsFrom
from ..talents.counts import TalentCount, talent_counts
from ..talents.figure import TalentFigure, TalentMeasure
from ..talents.plan import TalentPlan

ONE = Decimal(1)
NOBODY_SAID = Reason(
    "NOT_STATED_YET", "By that moment nobody had reported one of a day up to then.", field="figure"
)
Read = Callable[[type], Iterable[Any]]
Cause = Callable[..., str | None]  # the kind, the id, the fields that count
GRANTED = (SupplyForm.GRANT, SupplyForm.LEASE_THEN_GRANT)


class Reckonings:
    """The reckonings by the names that the rulebook gives them. `read` answers the things of a kind as they
    were known at the moment, `cause` the id of the event or call that last said this of one of them."""

    def __init__(self, read: Read, cause: Cause) -> None:
        self.read, self.cause = read, cause
        self.by_name = {
            "land_granted": self.land_granted,
            "area_granted": self.area_granted,
            "platform_planned": self.platform_planned,
            "platform_targets": self.platform_targets,
            "targets_by_state": self.targets_by_state,
            "policies": self.policies,
            "policy_kinds": self.policy_kinds,
            "funds": self.funds,
            "talent_applications": self.talent_applications,
            "contest_guests": self.contest_guests,
            "visits": self.visits,
            "places_visited": self.places_visited,
            "projects_contacted": self.projects_contacted,
        }

    # --- land

    def land_granted(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The plots whose award stands on the day."""
        yield Reckoned(parts=tuple(self._award(each, ONE) for each in self._granted(of, clocks.on)))

    def area_granted(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """Their area, in mu."""
        found = self._granted(of, clocks.on)
        parts = [self._award(each, m2_to_mu(each.area_m2)) for each in found]
        yield Reckoned(parts=tuple(parts))

    def _granted(self, use: str, on: date) -> Iterator[Supply]:
        for supply in self.read(Supply):
            award = supply.award
            stands = award and award.awarded_on <= on and not (_by(award.voided_on, on))
            if stands and supply.target_use == use and supply.notice.supply_form in GRANTED:
                yield supply

    def _award(self, supply: Supply, adds: Decimal) -> OverviewPart:
        return OverviewPart(
            thing="supply",
            thing_id=supply.supply_id,
            adds=adds,
            about_on=supply.award.awarded_on if supply.award else None,
            event_id=self.cause(Supply, supply.supply_id, "award"),
        )

    # --- platforms

    def platform_planned(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """What is to be invested in each platform, by its plan."""
        for each in self._platforms(clocks):
            if each.planned_investment_cny is not None:
                part = OverviewPart(
                    thing="platform",
                    thing_id=each.platform_id,
                    adds=each.planned_investment_cny,
                    event_id=self.cause(Platform, each.platform_id, "plans"),
                    overview_kind=OverviewKind.TARGET,
                )
                yield Reckoned(
                    parts=(part,),
                    kind=OverviewKind.TARGET,
                    counted_from=CountedFrom.STATEMENT,
                    key=each.platform_id,
                    label=each.name,
                )

    def platform_targets(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """What is to be reached at each platform by a day, and whether it was."""
        for platform in self._platforms(clocks):
            for each in platform.standings:
                if each.counts == of:
                    part = OverviewPart(
                        thing="platform",
                        thing_id=platform.platform_id,
                        adds=each.target_value,
                        about_on=each.due_on,
                        event_id=self.cause(Platform, platform.platform_id, "plans"),
                        overview_kind=OverviewKind.TARGET,
                    )
                    reached = f"{each.target_state}, {each.reached:,f} {each.predicate}"
                    yield Reckoned(
                        parts=(part,),
                        kind=OverviewKind.TARGET,
                        counted_from=CountedFrom.STATEMENT,
                        about_on=each.due_on,
                        key=each.platform_target_id,
                        label=f"{platform.name}, {each.target_name} ({reached})",
                    )

    def targets_by_state(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The targets that are met, or missed, on the day."""
        parts = [
            OverviewPart(
                thing="target",
                thing_id=each.platform_target_id,
                adds=ONE,
                about_on=each.met_on or each.due_on,
                event_id=self.cause(Platform, platform.platform_id, "plans", "progress"),
            )
            for platform in self._platforms(clocks)
            for each in platform.standings
            if each.target_state is TargetState(of)
        ]
        yield Reckoned(parts=tuple(parts))

    def _platforms(self, clocks: Clocks) -> Iterator[PlatformStanding]:
        for platform in self.read(Platform):
            if plan := platform.plan(clocks.known_at):
                yield standing(platform, plan, clocks.on, clocks.known_at)

    # --- policies, funds, talents

    def policies(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The articles that are in force on the day."""
        parts = (self._policy("policy", each.policy_id, each) for each in self._in_force(clocks))
        yield Reckoned(parts=tuple(parts))

    def policy_kinds(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """What the articles in force give, each kind once, by the first of its articles."""
        in_force = sorted(self._in_force(clocks), key=lambda each: each.policy_id, reverse=True)
        first = {each.gives_kind: each for each in in_force}
        parts = (self._policy("policy_kind", kind, first[kind]) for kind in sorted(first))
        yield Reckoned(parts=tuple(parts))

    def _policy(self, thing: str, thing_id: str, said: Policy) -> OverviewPart:
        cause = self.cause(Policy, said.policy_id, "records", "revisions", "ends")
        return OverviewPart(thing=thing, thing_id=thing_id, adds=ONE, event_id=cause)

    def _in_force(self, clocks: Clocks) -> Iterator[Policy]:
        return (p for p in self.read(Policy) if p.in_force(clocks.on, clocks.known_at))

    def funds(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """What the talent funds have in all, or in the first tranche; at least, where one does not say."""
        kind, _, amount = of.partition(".")  # talent.total_cny
        reports = [(fund, fund.report(clocks.on, clocks.known_at)) for fund in self.read(Fund)]
        said = [(fund, each) for fund, each in reports if each and each.fund_kind == kind]
        funds = [
            OverviewPart(
                thing="fund",
                thing_id=fund.fund_id,
                adds=getattr(each, amount),
                about_on=each.reported_on,
                event_id=self.cause(Fund, fund.fund_id, "reports"),
            )
            for fund, each in said
        ]
        less = tuple(each for each in funds if each.adds is None)
        yield Reckoned(
            reason=None if said else NOBODY_SAID,
            parts=tuple(each for each in funds if each.adds is not None),
            without_amount=less,
            kind=OverviewKind.AT_LEAST if less else OverviewKind.EXACT,
            counted_from=CountedFrom.STATEMENT,
        )

    def talent_applications(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The applications to each category of each plan: by the records, else as stated. Of one that has a
        target alone there is no figure."""
        for each in self._talent_counts(clocks):
            scope = each.talent_scope
            of_category = (
                scope.talent_measure is TalentMeasure.APPLICATIONS and scope.talent_category
            )
            if of_category and each.talents_from:
                yield self._applied(each, clocks)

    def _applied(self, count: TalentCount, clocks: Clocks) -> Reckoned:
        scope, stated = count.talent_scope, count.stated_figure
        name = f"{scope.talent_plan_id}.{scope.talent_category}"
        if count.talents_from is TalentsFrom.STATEMENT and stated:
            part = OverviewPart(
                thing="document",
                thing_id=stated.document,
                adds=Decimal(stated.talents_stated),
                about_on=stated.figure_on,
                overview_kind=OverviewKind(stated.talent_figure_kind),
            )
            return Reckoned(
                parts=(part,),
                kind=part.overview_kind,
                counted_from=CountedFrom.STATEMENT,
                about_on=stated.figure_on,
                since_on=stated.counted_since_on,
                source=stated.document,
                key=name,
                label=name,
            )
        parts = tuple(self._applications(scope.talent_plan_id, scope.talent_category, clocks))
        return Reckoned(parts=parts, key=name, label=name)

    def _applications(
        self, plan_id: str | None, category: str | None, clocks: Clocks
    ) -> Iterator[OverviewPart]:
        for each in self.read(TalentApplication):
            report = each.known(clocks.known_at)
            path = each.path(by=end_of(clocks.on), known_at=clocks.known_at)
            of = (plan_id, category)
            if report and path and (report.talent_plan_id, report.talent_category) == of:
                yield OverviewPart(
                    thing="talent_application",
                    thing_id=each.talent_application_id,
                    adds=ONE,
                    about_on=path[0].entered_on,
                    event_id=self.cause(
                        TalentApplication, each.talent_application_id, "application_reports"
                    ),
                )

    def _talent_counts(self, clocks: Clocks) -> tuple[TalentCount, ...]:
        return talent_counts(
            self.read(TalentPlan),
            self.read(TalentApplication),
            self.read(TalentFigure),
            clocks.on,
            clocks.known_at,
        ).talent_counts

    def contest_guests(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The guests of the meetings of a kind that had begun by the day, as they were reported."""
        held = [(contest, each) for contest, each in self._contests(of, clocks) if each.guests]
        less = any(each.guests_kind is GuestsKind.AT_LEAST for _, each in held)
        parts = [
            replace(
                self._met(contest, each, Decimal(each.guests or 0)),
                overview_kind=OverviewKind(each.guests_kind or OverviewKind.EXACT),
            )
            for contest, each in held
        ]
        yield Reckoned(
            reason=None if held else NOBODY_SAID,
            parts=tuple(parts),
            kind=OverviewKind.AT_LEAST if less else OverviewKind.EXACT,
            counted_from=CountedFrom.STATEMENT,
        )

    def _contests(self, kind: str, clocks: Clocks) -> list[tuple[Contest, ContestReport]]:
        """The meetings of a kind that had begun, the last first."""
        said = [(each, each.known(clocks.known_at)) for each in self.read(Contest)]
        held = [
            (contest, report)
            for contest, report in said
            if report and report.contest_kind == kind and report.begins_on <= clocks.on
        ]
        return sorted(held, key=lambda pair: pair[1].begins_on, reverse=True)

    def _met(
        self, contest: Contest, report: ContestReport, adds: Decimal, city: str = ""
    ) -> OverviewPart:
        return OverviewPart(
            thing="city" if city else "contest",
            thing_id=city or contest.contest_id,
            adds=adds,
            about_on=report.begins_on,
            event_id=self.cause(Contest, contest.contest_id, "contest_reports"),
        )

    # --- visits

    def visits(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The visits that were paid to investors."""
        yield Reckoned(
            parts=tuple(self._visited(each, each.visit_id) for each in self._paid(clocks))
        )

    def places_visited(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The cities of these visits and of the roadshows, each once, by the first of them."""
        shown = {
            city: self._met(contest, report, ONE, city)
            for contest, report in self._contests(of, clocks)
            for city in report.cities
        }
        paid = [each for each in reversed(self._paid(clocks)) if each.place]
        seen = {str(v.place): self._visited(v, str(v.place), "city") for v in paid}
        parts = [
            min((e for e in (shown.get(c), seen.get(c)) if e), key=lambda e: e.about_on or date.max)
            for c in sorted({*shown, *seen})
        ]
        yield Reckoned(parts=tuple(parts))

    def projects_contacted(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The projects about which there was a visit or a meeting, each once, by the first of them."""
        first = {each.project_id: each for each in reversed(self._visits(clocks))}
        parts = [self._visited(first[each], each, "project") for each in sorted(first)]
        yield Reckoned(parts=tuple(parts))

    def _paid(self, clocks: Clocks) -> list[Visit]:
        return [e for e in self._visits(clocks) if e.visit_kind is VisitKind.TO_INVESTOR]

    def _visits(self, clocks: Clocks) -> list[Visit]:
        found = [each for each in self.read(Visit) if each.visited_on <= clocks.on]
        return sorted(found, key=lambda each: (each.visited_on, each.visit_id))

    def _visited(self, visit: Visit, thing_id: str, thing: str = "visit") -> OverviewPart:
        return OverviewPart(
            thing=thing,
            thing_id=thing_id,
            adds=ONE,
            about_on=visit.visited_on,
            event_id=self.cause(Visit, visit.visit_id),
        )


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on
