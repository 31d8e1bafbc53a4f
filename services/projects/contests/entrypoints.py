"""Contests and other meetings: what they cost, who won what, and what came of it."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, every, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..pipeline.project import Project
from ..talents.application import TalentApplication
from . import facts, schemas
from .contest import Contest, ContestReport
from .entry import ContestEntry, EntryReport
from .rules import CONTEST_RULES, ENTRY_RULES, Entering, rank_seems_given_once
from .yields import ContestYields, Known, contest_yields

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
MOST = 100_000  # entries: far more than a zone has
KEPT = (
    Collection(Contest, key="contest_id", filters=("contest_kind", "contest_year")),
    Collection(
        ContestEntry,
        key="contest_entry_id",
        filters=("contest_id", "project_id", "talent_application_id"),
        orders=("settlement_look_on",),
    ),
)
EMITTED = facts.EMITTED


class Contests:
    """Keeps contests and their entries, follows a winner until the project has landed, and counts."""

    store: Any  # within a handler, the unit of work

    get_contest, list_contests, contest_history = reads(Contest)
    get_contest_entry, list_contest_entries, contest_entry_history = reads(ContestEntry)

    @command(schemas.RecordContest, answers=Contest)
    def record_contest(self, request: dict[str, Any]) -> Any:
        """Record a contest or another meeting with its places, prizes and cost, or correct it."""
        report = ContestReport(**request["report"], known_at=self.store.now)
        refuse(*broken(CONTEST_RULES, report))
        contest_id = request["contest_id"]
        before = self.store.get(Contest, contest_id) or Contest(contest_id=contest_id)
        after = before.with_report(report)
        self.store.save(after)
        if after != before:
            for entry in self.store.find(ContestEntry, MOST, contest_id=contest_id):
                self._look_anew(entry, report)
        return self.store.dump(after)

    @command(schemas.RecordContestEntry, answers=schemas.EntryKept)
    def record_contest_entry(self, request: dict[str, Any]) -> Any:
        """Record an entry, its result and what came of it, or correct it."""
        entry_id, contest_id = request["contest_entry_id"], request["contest_id"]
        contest = self.store.require(Contest, contest_id, "contest_id").last
        report = EntryReport(**request["report"], known_at=self.store.now)
        known = self.store.get(ContestEntry, entry_id)
        entering = Entering(
            report=report,
            contest_id=contest_id,
            contest=contest,
            known=known,
            today=self.store.today,
        )
        refuse(*broken(ENTRY_RULES, entering))
        entry = (
            known.with_report(report)
            if known
            else ContestEntry(
                contest_entry_id=entry_id, contest_id=contest_id, entry_reports=(report,)
            )
        )
        others = self.store.find(ContestEntry, MOST, contest_id=contest_id)
        warning = rank_seems_given_once(entry, others)
        after = self._look_anew(entry, contest)
        said = [warning.as_dict()] if warning else []
        return self.store.dump({"contest_entry": after, "warnings": said})

    @hears("projects", "project_stage_changed", schemas.StageHeard)
    def follow_landing(self, event: Event) -> None:
        """A project came further: whoever won a prize with it may have settled."""
        self._project_moved(event.data["project_id"])

    @hears("projects", "project_stage_withdrawn", schemas.StageHeard)
    def follow_withdrawn_stage(self, event: Event) -> None:
        """A project had not come so far after all."""
        self._project_moved(event.data["project_id"])

    @every(LOOK_EVERY_S)
    def remind_of_settlements(self, _: Event) -> None:
        """Tell of each winner whose day to settle is near, and of each whose day is over, once."""
        today = self.store.today
        for found in self.store.find(ContestEntry, TOLD_AT_ONCE, "settlement_look_on"):
            if found.settlement_look_on > today:
                return
            contest = self.store.require(Contest, found.contest_id, "contest_id").last
            entry = self._look_anew(found, contest)
            told = entry.settlement(today)
            if told and told != entry.settlement_told:
                after = entry.with_told(told)
                self.store.save(after)
                self.store.announce(facts.told_of(after, told))

    @query(schemas.YieldAsked, answers=ContestYields)
    def contest_yield(self, request: dict[str, Any]) -> Any:
        """What came of contests by a day, as known at a moment: entries, applications, projects and their
        stages, and the cost of each project that landed."""
        wanted = {name: request[name] for name in ("contest_kind", "contest_year") if request[name]}
        contest_id = request["contest_id"]
        of_one = {"contest_id": contest_id} if contest_id else {}
        contests = (
            [self.store.require(Contest, contest_id, "contest_id")]
            if contest_id
            else self.store.find(Contest, MOST, **wanted)
        )
        entries = self.store.find(ContestEntry, MOST, **of_one)
        known = Known(
            applications={
                each.talent_application_id: each
                for each in self.store.find(TalentApplication, MOST)
            },
            projects={each.project_id: each for each in self.store.find(Project, MOST)},
            on=request["on"] or self.store.today,
            known_at=min(request["known_at"] or self.store.now, self.store.now),
        )
        return self.store.dump(contest_yields(contests, entries, known))

    def _project_moved(self, project_id: str) -> None:
        """What is kept of the project counts, and not what the fact says: so the facts may come twice and
        in any order."""
        for entry in self.store.find(ContestEntry, MOST, project_id=project_id):
            contest = self.store.require(Contest, entry.contest_id, "contest_id").last
            self._look_anew(entry, contest)

    def _look_anew(self, entry: ContestEntry, contest: ContestReport) -> ContestEntry:
        """Keep the entry with what follows from its contest and its project; what was told and holds no
        longer is taken back."""
        project = self.store.get(Project, entry.project_id) if entry.project_id else None
        after = entry.seen(contest, project.path if project else ())
        if after.holds_no_longer(self.store.today):
            after = after.with_told(None)
            self.store.announce(facts.told_of(after, None))
        self.store.save(after)
        return after
