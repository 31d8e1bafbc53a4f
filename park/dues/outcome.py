"""What became of deadlines [到期事项办结]: which were met, late or missed, and how each stood on its day.

Nothing of it is kept: each service reckons it from what it keeps of its things, whenever somebody asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from backbone.records import record

from .due import Counting, Due, Place


class Outcome(StrEnum):
    """`missed` is what was not done by the day of the asking; of what is `not_known` it is kept that it was
    done, and not on which day."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    NOT_KNOWN = "not_known"


@record
class Gone:
    """A deadline with the day on which it was met; none while it is not, or where that is not known.
    `run_no` says which time the thing was in this step: work that was returned runs again."""

    due: Due
    met_on: date | None
    run_no: int = 1
    is_known: bool = True

    @property
    def place(self) -> Place:
        due = self.due
        day = due.due_on.isoformat() if due.due_on else None
        return place_of_run(day, due.service, due.thing, due.thing_id, due.what, self.run_no)


def place_of_run(
    day: str | None, service: str, thing: str, thing_id: str, what: str, run_no: int
) -> Place:
    """Where one run of a step stands in the order of all."""
    return Place.of(day, service, thing, thing_id, f"{what}|{run_no:04}")


@record
class DueOutcome:
    """One deadline and what became of it. `met_on` is none of what was missed and of what is not known;
    `days_late` counts up to `met_on`, else up to the day of the asking, and is none where nobody knows.
    `state_at_deadline` says how it stood when its day was over; none of what was not on record then."""

    service: str
    thing: str
    thing_id: str
    what: str
    decision: str | None = None
    run_no: int = 1
    about_id: str | None = None
    enterprise_ids: tuple[str, ...] = ()
    holder: str | None = None
    township: str | None = None
    due_on: date
    outcome: Outcome
    met_on: date | None
    days_late: int | None
    rule: str
    counting: Counting
    length: int | None = None
    source: str
    state_at_deadline: str | None = None


@record
class NotCovered:
    """A kind of deadline of which no outcome is told, and why."""

    what: str
    sentence: str


@record
class PeriodAsked:
    """What somebody wants to know: what became of all that was due from one day to another, both included."""

    from_on: date
    to_on: date
    holder: str | None = None
    township: str | None = None
    limit: int = 50
    cursor: Place | None = None

    def wants(self, due: Due) -> bool:
        return self.reaches(due) and due.concerns(self.holder, self.township)

    def reaches(self, due: Due) -> bool:
        """Whether it was due in the period, whoever had to act."""
        in_time = due.due_on is not None and self.from_on <= due.due_on <= self.to_on
        return in_time and due.concerns(None, self.township)


@record
class DueOutcomePage:
    """What became of what was due, in the order of its days. The `found` count each outcome over all pages;
    `cursor` opens the next page, and is none on the last. `not_covered` are the kinds of this service's
    deadlines that are not on the list. Where the holder who was asked for has nothing, `due_holders` are
    those who have something."""

    from_on: date
    to_on: date
    met_found: int
    met_late_found: int
    missed_found: int
    not_known_found: int
    outcomes: tuple[DueOutcome, ...]
    cursor: str | None
    not_covered: tuple[NotCovered, ...]
    due_holders: tuple[str, ...] = ()


def found_out(gone: Gone, today: date) -> Outcome | None:
    """What became of it by that day; none while its day is not over and it is not met."""
    due_on = gone.due.due_on
    if not gone.is_known:
        return Outcome.NOT_KNOWN
    if due_on is None or (gone.met_on is None and due_on >= today):
        return None
    if gone.met_on is None:
        return Outcome.MISSED
    return Outcome.LATE if gone.met_on > due_on else Outcome.MET


def page_of_outcomes(
    found: Iterable[Gone],
    asked: PeriodAsked,
    today: date,
    stood: Callable[[Due], Due],
    not_covered: Iterable[NotCovered],
) -> DueOutcomePage:
    """The page that was asked for; `stood` says how each of it stood when its day was over."""
    of_anybody = [gone for gone in found if asked.reaches(gone.due) and found_out(gone, today)]
    known = sorted(
        (gone for gone in of_anybody if asked.wants(gone.due)), key=lambda gone: gone.place
    )
    left = [gone for gone in known if asked.cursor is None or gone.place > asked.cursor]
    shown = left[: asked.limit]
    counts = Counter(found_out(gone, today) for gone in known)
    return DueOutcomePage(
        from_on=asked.from_on,
        to_on=asked.to_on,
        met_found=counts[Outcome.MET],
        met_late_found=counts[Outcome.LATE],
        missed_found=counts[Outcome.MISSED],
        not_known_found=counts[Outcome.NOT_KNOWN],
        outcomes=tuple(_outcome(gone, today, stood(gone.due)) for gone in shown),
        cursor=str(shown[-1].place) if len(left) > len(shown) else None,
        not_covered=tuple(not_covered),
        due_holders=() if known or not asked.holder else _holders(of_anybody),
    )


def _holders(found: Iterable[Gone]) -> tuple[str, ...]:
    return tuple(sorted({gone.due.holder for gone in found if gone.due.holder}))


def _outcome(gone: Gone, today: date, due: Due) -> DueOutcome:
    outcome, due_on = found_out(gone, today), due.due_on
    if outcome is None or due_on is None:  # no page has such a one
        raise ValueError(f"nothing is known of {gone.place} yet")
    late = max(0, ((gone.met_on or today) - due_on).days)
    return DueOutcome(
        service=due.service,
        thing=due.thing,
        thing_id=due.thing_id,
        what=due.what,
        decision=due.decision,
        run_no=gone.run_no,
        about_id=due.about_id,
        enterprise_ids=due.enterprise_ids,
        holder=due.holder,
        township=due.township,
        due_on=due_on,
        outcome=outcome,
        met_on=gone.met_on,
        days_late=late if gone.is_known else None,
        rule=due.rule,
        counting=due.counting,
        length=due.length,
        source=due.source,
        state_at_deadline=due.state_at_deadline,
    )
