"""Time that does not count: when a frozen bidding goes on, and until when the listing is extended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from backbone.errors import Reason
from backbone.records import record

from .model import Freeze
from .rulebook import BiddingLaw

NOTHING = timedelta(0)


@record
class Resumption:
    """When a bidding may go on: `told_by` is when the bidders hear of it at the latest; not before its
    repair, unless they were told before."""

    not_before: datetime
    told_by: datetime
    is_at_once: bool


@record
class Span:
    """The lawful ends of the listing after a freeze; `latest` is none where nothing bounds it."""

    earliest: datetime
    latest: datetime | None


def resumption_of(freeze: Freeze, law: BiddingLaw) -> Resumption | None:
    """Fujian art. 58: repaired within an hour, at once; else 24 hours after the freeze, told 24 hours
    before. None while nobody has repaired it."""
    repaired_at, rules = freeze.repaired_at, law.freezing
    if repaired_at is None:
        return None
    if rules is None or repaired_at - freeze.frozen_at <= rules.repair_minutes.minutes:
        return Resumption(not_before=repaired_at, told_by=repaired_at, is_at_once=True)
    told = (freeze.told_at or freeze.frozen_at) + rules.told_hours_before.hours
    first = max(freeze.frozen_at + rules.wait_hours.hours, repaired_at, told)
    told_by = max(first - rules.told_hours_before.hours, freeze.told_at or repaired_at)
    return Resumption(not_before=first, told_by=told_by, is_at_once=False)


def resumed_at(freeze: Freeze, law: BiddingLaw) -> datetime | None:
    """When it was resumed, or else could be at the earliest."""
    found = resumption_of(freeze, law)
    return freeze.resumed_at or (found.not_before if found else None)


def extended(freeze: Freeze, ends_at: datetime, law: BiddingLaw) -> Span | None:
    """Fujian art. 55: the listing is extended by the frozen time or more; frozen in its last hour, at most
    an hour is left. None while it is frozen."""
    resumed = resumed_at(freeze, law)
    if resumed is None:
        return None
    earliest = ends_at + (resumed - freeze.frozen_at)
    if law.freezing is None or not is_in_last_hour(ends_at - freeze.frozen_at, law):
        return Span(earliest=earliest, latest=None)
    return Span(earliest=earliest, latest=resumed + law.freezing.left_minutes_at_most.minutes)


def is_in_last_hour(left: timedelta, law: BiddingLaw) -> bool:
    """Whether a moment with so much bidding time left lies in the last hour of the listing."""
    if law.last_hour is None or left < NOTHING:
        return False
    last = law.last_hour.minutes.minutes
    return left <= last if law.last_hour.its_first_moment_counts.value else left < last


@record
class Running:
    """A listing with its freezes: `ends_at` is its end after all of them, none while one is not repaired.
    `later` are the freezes after that end, `said` what there is to say of them."""

    ends_at: datetime | None
    frozen: tuple[tuple[datetime, datetime | None], ...]
    later: tuple[Freeze, ...]
    said: tuple[Reason, ...]

    def is_frozen(self, moment: datetime) -> bool:
        return any(
            first <= moment and (last is None or moment < last) for first, last in self.frozen
        )

    def left(self, moment: datetime) -> timedelta:
        """The bidding time from that moment to the end of the listing."""
        if self.ends_at is None:
            return timedelta.max
        lost = (
            min(last, self.ends_at) - max(first, moment)
            for first, last in self.frozen
            if last and last > moment
        )
        return self.ends_at - moment - sum((each for each in lost if each > NOTHING), NOTHING)


def running(ends_at: datetime, freezes: Iterable[Freeze], law: BiddingLaw) -> Running:
    """The listing that was to end at `ends_at`, after its freezes in the order of their moments."""
    end: datetime | None = ends_at
    frozen: list[tuple[datetime, datetime | None]] = []
    later, said = [], []
    for freeze in apart(freezes, law):
        if end is not None and freeze.frozen_at >= end:
            later.append(freeze)
            continue
        if end is None:
            break
        frozen.append((freeze.frozen_at, resumed_at(freeze, law)))
        said += reasons_of(freeze, end, law)
        span = extended(freeze, end, law)
        end = (freeze.ends_at or span.earliest) if span else None
    return Running(ends_at=end, frozen=tuple(frozen), later=tuple(later), said=tuple(said))


def apart(freezes: Iterable[Freeze], law: BiddingLaw) -> list[Freeze]:
    """The freezes in their order; one that began while another lasted is one with it."""
    found: list[Freeze] = []
    for freeze in sorted(freezes, key=lambda each: each.frozen_at):
        resumed = resumed_at(found[-1], law) if found else freeze.frozen_at
        if found and (resumed is None or freeze.frozen_at < resumed):
            found[-1] = _joined(found[-1], freeze)
        else:
            found.append(freeze)
    return found


def _joined(one: Freeze, other: Freeze) -> Freeze:
    """Repaired and resumed when both are; the end of the listing that was set last counts."""
    return Freeze(
        frozen_at=one.frozen_at,
        repaired_at=_later(one.repaired_at, other.repaired_at),
        told_at=_later(one.told_at, other.told_at) or one.told_at or other.told_at,
        resumed_at=_later(one.resumed_at, other.resumed_at),
        ends_at=other.ends_at or one.ends_at,
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else None


def reasons_of(freeze: Freeze, ends_at: datetime, law: BiddingLaw) -> list[Reason]:
    """What is to be said of a freeze in the listing: until when it extends it, and what is not lawful."""
    found, span = resumption_of(freeze, law), extended(freeze, ends_at, law)
    if found is None or span is None:
        return []
    new_end = freeze.ends_at or span.earliest
    cited = law.cite(law.freezing.left_minutes_at_most) if law.freezing else law.source
    said = [Reason("LISTING_EXTENDED", f"The listing ends at {shown(new_end)}.", source=cited)]
    if law.freezing is None:
        return said
    if freeze.resumed_at and freeze.resumed_at < found.not_before:
        waits = law.cite(law.freezing.wait_hours)
        sentence = f"The bidding could go on at {shown(found.not_before)} or later."
        said.append(Reason("RESUMED_TOO_EARLY", sentence, field="resumed_at", source=waits))
    if new_end < span.earliest:
        sentence = f"The listing ends at {shown(span.earliest)} or later."
        said.append(Reason("EXTENSION_TOO_SHORT", sentence, field="ends_at", source=cited))
    if span.latest and new_end > span.latest:
        sentence = f"The listing ends at {shown(span.latest)} at the latest."
        said.append(Reason("EXTENSION_TOO_LONG", sentence, field="ends_at", source=cited))
    return said


def shown(moment: datetime) -> str:
    """The moment in the park for people: `2025-04-10 10:15`, with seconds where it has some."""
    from park.time import PARK_TIME

    local = moment.astimezone(PARK_TIME).replace(tzinfo=None)
    precision = "minutes" if not (local.second or local.microsecond) else "auto"
    return local.isoformat(" ", precision)
