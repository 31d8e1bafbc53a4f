"""What came of contests: from the entry by the application to the project, in one answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.time import day_of, end_of

from ..leads.lead import Stage
from ..pipeline.project import Project, path_of
from ..talents.application import TalentApplication
from ..talents.plan import TalentState
from .contest import Contest, ContestReport, GuestsKind
from .entry import ContestEntry, EntryReport, landed_on, settle_by

FEN = Decimal("0.01")


class SettlementState(StrEnum):
    """How a winner stands to the condition of the prize on a day."""

    NOT_ASKED = "not_asked"
    OPEN = "open"
    SETTLED = "settled"
    SETTLED_LATE = "settled_late"
    MISSED = "missed"


@record
class ContestChain:
    """One entry, and what came of it. `talent_state` and `stage` are none where no application or project is
    named, or nothing is known of it yet; `approved` says that the application was, also where that ended."""

    contest_entry_id: str
    contest_track: str | None
    city: str | None
    contest_rank: int | None
    prize: str | None
    talent_application_id: str | None
    talent_state: TalentState | None
    approved: bool
    project_id: str | None
    stage: Stage | None
    landed_on: date | None
    settlement_state: SettlementState
    settle_by_on: date | None


@record
class YieldNumbers:
    """An application or a project counts once, however many entries led to it. `cost_per_landed_cny` is the
    sum of the costs that are known by the number of projects landed of those contests, to the fen; none
    without one. `cost_unknown` names the contests that are in neither."""

    entries_made: int
    prizes_won: int
    applications_made: int
    applications_approved: int
    projects_known: int
    projects_landed: int
    projects_by_stage: dict[str, int]
    cost_cny: Decimal
    cost_per_landed_cny: Decimal | None
    cost_unknown: tuple[str, ...]


@record
class ContestYield:
    contest_id: str
    name: str
    contest_kind: str
    contest_year: int
    cities: tuple[str, ...]
    guests: int | None
    guests_kind: GuestsKind
    yielded: YieldNumbers
    contest_chains: tuple[ContestChain, ...]


@record
class ContestYields:
    """`yielded_in_all` is of the contests together. `named_unknown` are the applications and projects that
    entries name, and of which nothing is known."""

    on: date
    known_at: datetime
    contest_yields: tuple[ContestYield, ...]
    yielded_in_all: YieldNumbers
    named_unknown: tuple[str, ...]


@record
class Known:
    """Everything that the entries lead to, and the clock of the question."""

    applications: Mapping[str, TalentApplication]
    projects: Mapping[str, Project]
    on: date
    known_at: datetime


def contest_yields(
    contests: Iterable[Contest], entries: Iterable[ContestEntry], known: Known
) -> ContestYields:
    """Each contest that was known and had begun by the day, and all of them together."""
    reports = {
        each.contest_id: report
        for each in contests
        if (report := each.known(known.known_at)) and report.begins_on <= known.on
    }
    chains: dict[str, list[ContestChain]] = {each: [] for each in reports}
    for entry in sorted(entries, key=lambda each: each.contest_entry_id):
        said = entry.known(known.known_at)
        if entry.contest_id in reports and said and not said.revoked:
            chains[entry.contest_id].append(_chain(entry, said, reports[entry.contest_id], known))
    return ContestYields(
        on=known.on,
        known_at=known.known_at,
        contest_yields=tuple(
            _yield(contest_id, reports[contest_id], chains[contest_id])
            for contest_id in sorted(reports)
        ),
        yielded_in_all=_numbers(reports, chains),
        named_unknown=_unknown([each for of in chains.values() for each in of]),
    )


def _chain(
    entry: ContestEntry, said: EntryReport, contest: ContestReport, known: Known
) -> ContestChain:
    application = known.applications.get(said.talent_application_id or "")
    project = known.projects.get(said.project_id or "")
    steps = application.path(by=end_of(known.on), known_at=known.known_at) if application else ()
    stages = path_of(project.entries, on=known.on, known_at=known.known_at) if project else ()
    landed, by = landed_on(stages), settle_by(contest, said)
    return ContestChain(
        contest_entry_id=entry.contest_entry_id,
        contest_track=said.contest_track,
        city=said.city,
        contest_rank=said.contest_rank,
        prize=said.prize,
        talent_application_id=said.talent_application_id,
        talent_state=steps[-1].talent_state if steps else None,
        approved=any(each.talent_state is TalentState.APPROVED for each in steps),
        project_id=said.project_id,
        stage=stages[-1].stage if stages else None,
        landed_on=landed,
        settlement_state=_settlement(by, landed, min(known.on, day_of(known.known_at))),
        settle_by_on=by,
    )


def _settlement(by: date | None, landed: date | None, on: date) -> SettlementState:
    if by is None:
        return SettlementState.NOT_ASKED
    if landed:
        return SettlementState.SETTLED if landed <= by else SettlementState.SETTLED_LATE
    return SettlementState.OPEN if on <= by else SettlementState.MISSED


def _yield(contest_id: str, contest: ContestReport, chains: list[ContestChain]) -> ContestYield:
    return ContestYield(
        contest_id=contest_id,
        name=contest.name,
        contest_kind=contest.contest_kind,
        contest_year=contest.contest_year,
        cities=contest.cities,
        guests=contest.guests,
        guests_kind=contest.guests_kind,
        yielded=_numbers({contest_id: contest}, {contest_id: chains}),
        contest_chains=tuple(chains),
    )


def _numbers(
    contests: Mapping[str, ContestReport], chains: Mapping[str, list[ContestChain]]
) -> YieldNumbers:
    every = [each for contest_id in contests for each in chains[contest_id]]
    projects = {each.project_id: each for each in every if each.stage}
    applications = {each.talent_application_id: each for each in every if each.talent_state}
    stages = Counter(str(each.stage) for each in projects.values())
    costs = {key: each.cost_cny for key, each in contests.items() if each.cost_cny is not None}
    cost = sum(costs.values(), Decimal(0))
    paid_for = _landed(each for contest_id in costs for each in chains[contest_id])
    return YieldNumbers(
        entries_made=len(every),
        prizes_won=sum(each.prize is not None for each in every),
        applications_made=len(applications),
        applications_approved=sum(each.approved for each in applications.values()),
        projects_known=len(projects),
        projects_landed=len(_landed(every)),
        projects_by_stage={each: stages[each] for each in Stage if stages[each]},
        cost_cny=cost,
        cost_per_landed_cny=(cost / len(paid_for)).quantize(FEN) if paid_for else None,
        cost_unknown=tuple(sorted(contests.keys() - costs.keys())),
    )


def _landed(chains: Iterable[ContestChain]) -> set[str]:
    return {each.project_id for each in chains if each.project_id and each.landed_on}


def _unknown(chains: list[ContestChain]) -> tuple[str, ...]:
    applications = {each.talent_application_id for each in chains if not each.talent_state}
    projects = {each.project_id for each in chains if not each.stage}
    return tuple(sorted(each for each in applications | projects if each))
