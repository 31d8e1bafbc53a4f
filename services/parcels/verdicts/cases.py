"""What the usual lengths of the steps of a case make of open cases, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.verdicts.words import lateness

from ..paths.deadline import Deadline, deadline_of, overdue
from ..paths.lengths import Lengths
from ..paths.path import path_of
from ..remediation.case import Case


@record
class KnownCase:
    """A case with its deadline as it is kept, which says who was told that it is late."""

    case: Case
    kept: Deadline | None

    def deadline(self, rules: Rulebook[Lengths], on: date) -> Deadline:
        return deadline_of(self.case, self.kept, on, rules)


def known_cases(store: Any, cases: Sequence[Case]) -> list[KnownCase]:
    """The cases with what was told of each, read at once."""
    if cases:
        store.read_ahead.fetch([], [(Deadline, each.case_id) for each in cases])
    return [KnownCase(case=each, kept=store.get(Deadline, each.case_id)) for each in cases]


def by_paths(cases: Iterable[KnownCase], rules: Rulebook[Lengths], on: date) -> Rulings:
    """Of each case that something is due of: the step with its day, for the days that it may take; who holds
    it; and how late it is."""
    found: dict[tuple[str, str], Ruling] = {}
    for each in cases:
        deadline = each.deadline(rules, on)
        if deadline.step is None or deadline.due_on is None:
            continue
        source = rules.on(deadline.identified_on or on).source
        due = Ruling(
            says=f"{deadline.step.value} by {deadline.due_on}",
            figure=_may_take(each.case, rules, on),
            unit="days for the step",
            source=source,
        )
        late = Ruling(
            says=lateness(deadline.reached(on, rules)),
            figure=Decimal(max(0, (on - deadline.due_on).days)),
            unit="days late",
            source=source,
        )
        holder = Ruling(says=deadline.holder, source=source)
        for verdict, ruling in {"due": due, "holder": holder, "late": late}.items():
            found[each.case.case_id, verdict] = ruling
    return found


def _may_take(case: Case, rules: Rulebook[Lengths], on: date) -> Decimal | None:
    """From the day on which the step began to the one by which it is due."""
    for each in path_of(case, on, rules=rules).milestones:
        if each.started_on and not each.done_on:
            return Decimal((each.planned_on - each.started_on).days)
    return None


def lateness_told(
    cases: Iterable[KnownCase], before: Rulebook[Lengths], after: Rulebook[Lengths], on: date
) -> Iterator[Any]:
    """The facts of cases that would be late by the other lengths, and are not, or for another day."""
    for each in cases:
        now, then = (_told(each.deadline(rules, on), rules, on) for rules in (before, after))
        if then is not None and then != now:
            yield then


def _told(deadline: Deadline, rules: Rulebook[Lengths], on: date) -> Any:
    """What is to be told of it by that day; none if nothing is."""
    if deadline.tell_on is None or deadline.tell_on > on:
        return None
    _, *facts = overdue(deadline, on, rules)
    return facts[0] if facts else None
