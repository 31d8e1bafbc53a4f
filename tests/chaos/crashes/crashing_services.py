"""The bakery and the shop, or services of the park, in a process that kills itself at a step which the
test names.

    python -m tests.chaos.crashes.crashing_services bakery shop
    python -m tests.chaos.crashes.crashing_services parcels enterprises

The file `dies_at` in TRIES_DIR names the step, `bakery: committed`, or several, one a line: a
process strikes out the first as it dies there, the next process dies at the second. While there is
a file `closed <service>`, nothing can be done by that service's handler. The steps are wrapped from
here; the product knows nothing of it.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported

eventlet.monkey_patch()

import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from collections.abc import Callable  # noqa: E402
from functools import wraps  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from redis.connection import AbstractConnection  # noqa: E402

from backbone import logs, settings  # noqa: E402
from backbone.amqp.consumer import Consumer  # noqa: E402
from backbone.amqp.publisher import Publisher  # noqa: E402
from backbone.errors import Permanent  # noqa: E402
from backbone.host.runner import run  # noqa: E402
from backbone.inbox import batches  # noqa: E402
from backbone.inbox.batches import Batch  # noqa: E402
from backbone.inbox.inbox import Inbox  # noqa: E402
from backbone.outbox.relay import Relay  # noqa: E402
from backbone.store.atomic import Atomic  # noqa: E402
from backbone.store.read_ahead import ReadAhead  # noqa: E402
from tests.support.sample import CLASSES, installation  # noqa: E402

HOME = Path(os.environ["TRIES_DIR"])
FATE = HOME / "dies_at"

SELECT = eventlet.patcher.original("select").select

asking = threading.local()  # of this green thread: the service whose commit has been sent


def is_due(step: str) -> bool:
    return FATE.exists() and FATE.read_text().splitlines()[:1] == [step]


def die() -> None:
    FATE.write_text("\n".join(FATE.read_text().splitlines()[1:]))
    os.kill(os.getpid(), signal.SIGKILL)


def die_if(step: str) -> None:
    if is_due(step):
        die()


def before(step: str, owner: Any, method: str, service: Callable[..., str]) -> None:
    real = getattr(owner, method)

    @wraps(real)
    def walk(self: Any, *said: Any, **more: Any) -> Any:
        die_if(f"{service(self, *said)}: {step}")
        return real(self, *said, **more)

    setattr(owner, method, walk)


def after(
    step: str,
    owner: Any,
    method: str,
    service: Callable[..., str],
    counts: Callable[[Any], Any] = lambda _: True,
) -> None:
    """`counts` tells from its answer whether the method has done anything."""
    real = getattr(owner, method)

    @wraps(real)
    def walk(self: Any, *said: Any, **more: Any) -> Any:
        answer = real(self, *said, **more)
        if counts(answer):
            die_if(f"{service(self, *said)}: {step}")
        return answer

    setattr(owner, method, walk)


def wrap_the_handler() -> None:
    of_inbox: Callable[..., str] = lambda inbox, *_: inbox.service  # noqa: E731 - reads as a word
    of_queue: Callable[..., str] = lambda consumer, *_: consumer.queue.partition(".")[0]  # noqa: E731
    before("received", batches, "take", of_inbox)
    after("fetched", ReadAhead, "fetch", lambda read_ahead, *_: read_ahead.repository.service)
    after("decided", Inbox, "decide", of_inbox)
    before("about to commit", Atomic, "send", lambda _, batches: _owner(batches))
    wrap_the_next_decision()
    wrap_the_answer()
    after("committed", batches, "take", of_inbox)
    wrap_the_acknowledgement()
    after("acknowledged", Consumer, "_settle", of_queue)


def wrap_the_next_decision() -> None:
    """Some messages are decided while the commit of those before them is under way."""
    decide = Batch._decide

    @wraps(decide)
    def deciding(self: Any) -> None:
        decide(self)
        before = self._commit.group.before
        if before is not None and not before.is_answered:
            die_if(f"{self._inbox.service}: decided behind a commit")

    Batch._decide = deciding


def _owner(batches: list[Any]) -> str:
    """The service whose things these commits write: `{bakery}:…`. A silent repeat writes nothing, and
    may go in one request with a commit that does."""
    for batch in batches:
        keys = [*batch.marks, *batch.versions, *batch.values, *batch.members, *batch.entries]
        if keys := [*keys, *batch.lists]:
            return str(keys[0][1:].partition("}")[0])
    return "nobody"


def wrap_the_answer() -> None:
    """Redis has committed and has answered; the answer has arrived and is not read."""
    send, read = Atomic.send, AbstractConnection.read_response

    @wraps(send)
    def sending(self: Any, batches: Any) -> Any:
        verdict, service = send(self, batches), _owner(batches)

        def asked() -> Any:
            asking.service = service
            try:
                return verdict()
            finally:
                asking.service = None

        return asked

    @wraps(read)
    def reading(self: Any, *said: Any, **more: Any) -> Any:
        if (service := getattr(asking, "service", None)) and is_due(f"{service}: answer unread"):
            SELECT([self._sock], [], [], 5)  # nobody else in this process goes on meanwhile
            die()
        return read(self, *said, **more)

    Atomic.send, AbstractConnection.read_response = sending, reading


def wrap_the_acknowledgement() -> None:
    """The relay has sent on all that a message led to; the message itself is not acknowledged."""
    take = batches.take

    @wraps(take)
    def taking(inbox: Inbox, *said: Any) -> None:
        take(inbox, *said)
        if is_due(f"{inbox.service}: told on, unacknowledged"):
            while inbox.lot.repository.redis.xlen(inbox.lot.repository.outbox):
                eventlet.sleep(0.01)
            die()

    batches.take = taking


def wrap_the_relay() -> None:
    of_relay: Callable[..., str] = lambda relay, *_: relay.repository.service  # noqa: E731 - reads as a word
    wrap_the_lease()
    after("entries read", Relay, "_oldest", of_relay, counts=bool)
    wrap_the_publishing()
    before("confirmed", Relay, "_forget", of_relay)
    after("removed", Relay, "_forget", of_relay)


def wrap_the_lease() -> None:
    """The lease is taken, of an outbox that is not empty."""
    lead = Relay._lead

    @wraps(lead)
    def leading(self: Any) -> bool:
        leads = lead(self)
        if leads and is_due(f"{self.repository.service}: lease taken"):
            assert self.repository.redis.xlen(self.repository.outbox)
            die()
        return leads

    Relay._lead = leading


def wrap_the_publishing() -> None:
    """One posting of a batch is with the broker, the others are not."""
    send = Publisher._send

    @wraps(send)
    def sending(self: Any, answers: Any, posting: Any) -> None:
        send(self, answers, posting)
        if is_due(f"{posting.exchange.removesuffix('.events')}: published by half"):
            self._buffered.flush()
            while answers.missing:
                self._connection.drain_events(timeout=5)
            die()

    Publisher._send = sending


def close_when_told(service: str, method: str) -> None:
    handle = getattr(CLASSES[service], method)

    @wraps(handle)
    def handling(self: Any, event: Any) -> Any:
        if (HOME / f"closed {service}").exists():
            raise Permanent("closed today")
        return handle(self, event)

    setattr(CLASSES[service], method, handling)


def main(names: list[str]) -> None:
    wrap_the_handler()
    wrap_the_relay()
    chosen = settings.from_environment()
    logs.configure(chosen.log_level, lambda text: text)
    if names[0] in CLASSES:
        close_when_told("bakery", "bake")
        close_when_told("shop", "stock")
        served, here = [CLASSES[name] for name in names], installation(chosen)
    else:
        from services.installation import classes
        from services.installation import installation as of_the_park

        served, here = classes(names), of_the_park(chosen)
    run(served, here, dict.fromkeys(names, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
