"""What the rules of contests make of the winners who are to settle, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.why.said import OURS

from ..contests.contest import Contest, ContestBook, ContestReport
from ..contests.entry import ContestEntry
from ..contests.facts import told_of
from ..pipeline.project import Project, StageEntry


@record
class KnownEntry:
    """An entry with its contest, and the stages of the project that came of it."""

    entry: ContestEntry
    contest: ContestReport
    path: tuple[StageEntry, ...]

    def seen(self, rules: Rulebook[ContestBook]) -> ContestEntry:
        return self.entry.seen(self.contest, self.path, rules)

    def told(
        self, entry: ContestEntry, rules: Rulebook[ContestBook], on: date
    ) -> tuple[ContestEntry, Any]:
        """The entry once all was told of it, and the fact of that; none if there is nothing to tell."""
        after = entry.seen(self.contest, self.path, rules)
        told = after.settlement(on, rules)
        if told and told != after.settlement_told:
            after = after.with_told(told)
            return after, told_of(after, told)
        if after.holds_no_longer(on, rules):
            after = after.with_told(None)
            return after, told_of(after, None)
        return after, None


def known_entries(store: Any, entries: Sequence[ContestEntry]) -> list[KnownEntry]:
    """The entries with what hangs on each, read at once."""
    if entries:
        contests = [(Contest, each.contest_id) for each in entries]
        projects = [(Project, each.project_id) for each in entries if each.project_id]
        store.read_ahead.fetch([], [*contests, *projects])
    found = []
    for entry in entries:
        project = store.get(Project, entry.project_id) if entry.project_id else None
        contest = store.require(Contest, entry.contest_id, "contest_id").last
        path = project.path if project else ()
        found.append(KnownEntry(entry=entry, contest=contest, path=path))
    return found


def by_contest_rules(
    entries: Iterable[KnownEntry], rules: Rulebook[ContestBook], on: date
) -> Rulings:
    """Of each entry whether its project has landed, and, where its winner is to settle, how that stands."""
    found: dict[tuple[str, str], Ruling] = {}
    for known in entries:
        entry = known.seen(rules)
        settled = f"on {entry.settled_on}" if entry.settled_on else "not yet"
        found[entry.contest_entry_id, "landed"] = Ruling(says=settled, source=OURS)
        if entry.settle_by_on:
            told = entry.settlement(on, rules)
            says = told.settlement_level.value if told else "nothing to tell"
            found[entry.contest_entry_id, "settlement"] = Ruling(says=says, source=OURS)
    return found


def settlements_told(
    entries: Iterable[KnownEntry],
    before: Rulebook[ContestBook],
    after: Rulebook[ContestBook],
    on: date,
) -> Iterator[Any]:
    """The facts of winners of whom it would be told that they are to settle, or need not any more."""
    for known in entries:
        now, _ = known.told(known.entry, before, on)
        _, fact = known.told(now, after, on)
        if fact:
            yield fact
