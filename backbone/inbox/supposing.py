"""What would follow if something were reported: the handlers of a service decide it on a unit of work
that is never committed. Nothing is written, marked or sent.

The reports are decided one after the other, each seeing what those before it would have left, and what
the service hears of itself follows at once. Only the lane of the inbox is asked: in the others a
service does what others notice, such as sending a mail."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import Answered, DeadlineExceeded, Permanent, Reason
from ..messages.envelope import Event, encode
from ..plain import dump, snake, to_json
from ..store.unit_of_work import MICROSECOND, Step, UnitOfWork, subject_of
from ..watchdog import Deadline
from .inbox import Inbox
from .incoming import DecodedMessage, IncomingMessage

REQUEST_ID_WAS_USED = (
    "This request_id was used before: the same call gets its answer again, another one is refused."
)


@dataclass(frozen=True, slots=True)
class Report:
    """Something that might be said: by an outside publisher of a feed, or, without a `publisher`, by a
    service as its fact, whose `type` then begins with the service's name; or a call, which `act` does
    to the service. With an `id`, the ids of what follows are those that it would have; `attributes` are
    the others of the CloudEvent, which are made up where they are not given."""

    type: str
    data: dict[str, Any] = field(default_factory=dict)
    publisher: str = ""
    id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    act: Callable[[Any], Any] | None = None


@dataclass(slots=True)
class Supposed:
    """What would follow: of each report whether it would be taken, what would change, and what would be
    announced, as the answer to a call has it."""

    reports: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)


def suppose(inbox: Inbox, reports: Iterable[Report]) -> Supposed:
    """Decide these reports, and what the service would hear of itself, without any effect.

    Raises `DeadlineExceeded` when deciding takes too long."""
    work, found = inbox.new_work(), Supposed()
    work.supposes = True
    service, steps = inbox.new_service(work), []
    late = DeadlineExceeded("deciding what would follow took too long; suppose less at once")
    with Deadline(inbox.settings.handler_deadline_s, late):
        for asked in reports:
            taken = [*_decide(inbox, work, service, asked, found)]
            steps += taken
            steps += _own(inbox, work, service, taken)
    found.changes = [*_changes(work, steps)]
    found.facts = [each for step in steps for each in _facts(work, step)]
    return found


def _decide(
    inbox: Inbox, work: UnitOfWork, service: Any, report: Report, found: Supposed
) -> Iterable[Step]:
    """The step that the report leads to, if it would be taken."""
    said: dict[str, Any] = {"type": report.type, "outcome": "accepted", "note": None, "reasons": []}
    found.reports.append(said)
    try:
        if report.act:
            cause = _call(inbox, report)
            mark = work.repository.mark("call", report.type, cause.id)
            if _was_done(work, mark):
                said |= {"outcome": "duplicate", "note": REQUEST_ID_WAS_USED}
                return
            step = work.begin(cause)
            said["note"] = _warnings(report.act(service))
        else:
            message = inbox.decoder.read(_as_sent(inbox, work, report))
            if otherwise := not_now(inbox, work, message):
                said["outcome"] = otherwise
                return
            mark, step = message.marks[0], work.begin(message.event)
            said["note"] = inbox.run(service, message)
    except (Answered, Permanent) as problem:
        work.drop()
        reasons = getattr(problem, "reasons", None) or [Reason("PERMANENT", str(problem))]
        outcome = "refused" if report.act or report.publisher else "parked"
        said |= {"outcome": outcome, "reasons": [asdict(reason) for reason in reasons]}
        return
    work.close_step(mark)
    yield step


def _warnings(answer: Any) -> str | None:
    """What a call would be answered besides: its warnings, in a line."""
    warnings = answer.get("warnings") if isinstance(answer, dict) else None
    told = (each if isinstance(each, dict) else {} for each in warnings or [])
    said = [f"{each.get('code')}: {each.get('sentence')}" for each in told if each.get("code")]
    return "; ".join(said) or None


def not_now(inbox: Inbox, work: UnitOfWork, message: DecodedMessage) -> str | None:
    """Why a message would lead to nothing now, as an outcome: the service does not hear it, it was done
    before, or it would wait behind an earlier one of its subject that is parked; none otherwise."""
    if _is_not_heard(message):
        return "not_heard"
    if message.problem:
        return None  # it is refused, and speaks for nobody
    if _was_done(work, message.marks[0]):
        return "duplicate"
    sequence = inbox.outcomes.sequence(work, message)
    return "waits" if sequence and sequence.holds_up(message.parked_id) else None


def _was_done(work: UnitOfWork, mark: str) -> bool:
    """Whether a message or a call was done before, in truth or by an earlier report."""
    work.read_ahead.fetch([mark], [])
    return mark in work.read_ahead.marks


def _is_not_heard(message: DecodedMessage) -> bool:
    """Whether another service hears it, and this one does not."""
    return message.handler is None and (message.is_astray or not message.feed)


def _id_of(report: Report) -> str:
    return report.id or f"supposed-{uuid.uuid4()}"


def _call(inbox: Inbox, report: Report) -> Event:
    """The call as the cause of what it changes."""
    source = f"/rpc/{inbox.service}/{report.type}"
    return Event(id=_id_of(report), source=source, type=f"rpc.{report.type}")


def _own(inbox: Inbox, work: UnitOfWork, service: Any, steps: list[Step]) -> list[Step]:
    """The steps of what the service hears of itself in consequence; what is announced for later waits."""
    waiting = list(steps)
    followed: list[Step] = []
    while waiting:
        for fact in _facts(work, waiting.pop(0)):
            report = Report(fact["type"], fact["data"], "", fact["id"], fact["attributes"])
            if not fact["delay_s"] and _hears(inbox, report):
                more = [*_decide(inbox, work, service, report, Supposed())]
                waiting, followed = waiting + more, followed + more
    return followed


def _hears(inbox: Inbox, report: Report) -> bool:
    source, _, name = report.type.partition(".")
    return bool(inbox.decoder.handlers.keys() & {(source, name), (source, "#")})


def _as_sent(inbox: Inbox, work: UnitOfWork, report: Report) -> IncomingMessage:
    """The report as its sender would have it sent now."""
    feed = next((each for each in inbox.decoder.feeds if report.publisher), None)
    source, _, name = report.type.partition(".")
    said = {
        "specversion": "1.0",
        "source": f"{feed.source}{report.publisher}" if feed else f"/services/{source}",
        "subject": subject_of(report.data),
        "time": work.now,
        **report.attributes,
        "id": _id_of(report),
        "type": report.type,
        "data": report.data,
    }
    exchange = feed.exchange if feed else f"{source}.events"
    key = f"{report.publisher}.{report.type}" if feed else name
    body = to_json({name: value for name, value in said.items() if value is not None})
    return IncomingMessage(body, "application/json", {}, exchange, key)


def _changes(work: UnitOfWork, steps: list[Step]) -> Iterable[dict[str, Any]]:
    """Every field of every thing that would be another one, with the value before and after; of a new
    thing all of its fields."""
    for cls, identity in dict.fromkeys(ref for step in steps for ref in step.saved):
        before, after = work.before_and_after(cls, identity)
        kind = work.repository.collections[cls]
        old: dict[str, Any] = dump(before) if before is not None else {}
        for name, value in json.loads(to_json(dump(after))).items():
            was = json.loads(to_json(old.get(name)))
            if was != value or (before is None and value is not None):
                yield {
                    "thing": snake(cls.__name__),
                    "id": identity,
                    "field": name,
                    "before": kind.shown(name, was),
                    "after": kind.shown(name, value),
                    "is_new": before is None,
                }


def _facts(work: UnitOfWork, step: Step) -> Iterable[dict[str, Any]]:
    """What the step would announce, each as the event that it would be."""
    for number, (fact, delay_s) in enumerate(step.facts):
        at = work.now + number * MICROSECOND
        event = json.loads(encode(work.as_event(step.cause, fact, number, at)))
        said = {name: event.pop(name) for name in ("id", "type", "data")}
        yield {**said, "attributes": event, "delay_s": delay_s}
