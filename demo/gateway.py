"""An HTTP gateway for trying the platform out, on this machine only: publish, call, look.

    POST /events/330604006.parcel.registered    the body and its headers become the message; the
                                                answer is the receipt
    POST /rpc/parcels/get_parcel                the body is the arguments, the answer the result
    GET  /facts                                 the last facts that the services announced

With a broker in memory it is the only way in from outside the process. It is no part of a park's
installation: there, townships and internal systems speak AMQP.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import deque
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import eventlet
import eventlet.wsgi
import kombu
from eventlet.event import Event as Arrival
from eventlet.semaphore import Semaphore

from backbone.amqp.connection import connection
from backbone.amqp.consumer import Consumer
from backbone.amqp.publisher import Publisher
from backbone.errors import Answered, Invalid, Reason, Unavailable
from backbone.host.installation import Installation
from backbone.messages.envelope import Event, encode
from backbone.messages.exact import TOO_DEEP
from backbone.messages.outgoing import OutgoingMessage
from backbone.rpc.caller import Caller
from park.time import PARK_TIME

from . import story

MOST_KEPT = 1000
FORGOTTEN_AFTER_MS = 300_000  # the gateway's queue, when nobody looks through it any more


class Gateway:
    """Listens to every fact and receipt, and lets events and calls in."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.feed = installation, installation.feeds[0]
        self.facts: deque[dict[str, Any]] = deque(maxlen=MOST_KEPT)
        self.receipts: deque[dict[str, Any]] = deque(maxlen=MOST_KEPT)
        self._awaited: dict[str, Arrival] = {}
        self.queue = f"gateway-{uuid.uuid4()}"
        self._publisher = Publisher(installation.settings.amqp_uri)
        self._one_at_a_time = Semaphore()  # over one connection one waits for its confirm
        self._consumer: Consumer | None = None

    # --- life

    def open(self, port: int) -> int:
        """Start listening. Answers the port."""
        self._declare()
        settings = self.installation.settings
        self._consumer = Consumer(
            settings.amqp_uri,
            self.queue,
            self._hear,
            batch=100,
            heartbeat_s=0,
            on_state=lambda _: None,
        )
        self._consumer.start(eventlet.spawn)
        listener = eventlet.listen(("127.0.0.1", port), reuse_port=False)
        eventlet.spawn(eventlet.wsgi.server, listener, self._answer, log_output=False)
        return int(listener.getsockname()[1])

    def _declare(self) -> None:
        with connection(self.installation.settings.amqp_uri) as opened:
            arguments = {"x-queue-type": "classic", "x-expires": FORGOTTEN_AFTER_MS}
            queue = kombu.Queue(self.queue, channel=opened.channel(), queue_arguments=arguments)
            queue.declare()
            for exchange in (self.feed.receipts, *self._events()):
                queue.bind_to(exchange, routing_key="#")

    def _events(self) -> list[str]:
        return [f"{service}.events" for service in self.installation.services]

    def _hear(self, messages: list[Any], *_: Any) -> None:
        for message in messages:
            try:
                event = json.loads(message.body)
            except ValueError:
                continue  # no fact of ours
            if message.delivery_info["exchange"] != self.feed.receipts:
                self.facts.append(event)
                continue
            self.receipts.append(event["data"])
            arrival = self._awaited.pop(event["data"]["body_sha256"], None)
            if arrival:
                arrival.send(event["data"])

    # --- in

    def publish(
        self,
        routing_key: str,
        body: bytes,
        content_type: str,
        headers: dict[str, str],
        wait_s: float,
    ) -> dict[str, Any] | None:
        """Publish to the townships' exchange; answer the receipt, or none within `wait_s`."""
        arrival = self._awaited[hashlib.sha256(body).hexdigest()] = Arrival()
        message = OutgoingMessage(
            self.feed.exchange, routing_key, body, content_type, dict(headers)
        )
        with self._one_at_a_time:
            self._publisher.publish([message])
        with eventlet.Timeout(wait_s, False):
            return arrival.wait()  # type: ignore[no-any-return]
        return None

    def report(self, type_: str, data: dict[str, Any], event_id: str) -> dict[str, Any] | None:
        """Report as the township of the story; answer the receipt, or none within 15 s."""
        event = Event(
            id=event_id,
            source=f"/townships/{story.TOWNSHIP}",
            type=type_,
            time=datetime.now(PARK_TIME),
            data=data,
        )
        key = f"{story.TOWNSHIP}.{type_}"
        return self.publish(key, encode(event), "application/cloudevents+json", {}, 15)

    def call(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        """Call a service as an internal system does."""
        settings = self.installation.settings
        return getattr(Caller(settings.amqp_uri, service, settings.rpc_deadline_s), method)(
            **arguments
        )

    # --- HTTP

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        try:
            status, body = self._route(environ)
        except Answered as problem:
            reasons = [reason.as_dict() for reason in problem.reasons]
            status, body = (
                "422 Unprocessable Entity",
                {"error": type(problem).__name__, "reasons": reasons},
            )
        except Unavailable as problem:
            status, body = "503 Service Unavailable", {"error": str(problem)}
        except Exception as problem:  # noqa: BLE001 - the caller is told, whatever it was
            status, body = "400 Bad Request", {"error": f"{type(problem).__name__}: {problem}"}
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(body, ensure_ascii=False, indent=1).encode(), b"\n"]

    def _route(self, environ: dict[str, Any]) -> tuple[str, Any]:
        match [environ["REQUEST_METHOD"], *environ["PATH_INFO"].strip("/").split("/")]:
            case ["POST", "events", routing_key]:
                return self._post_event(environ, routing_key)
            case ["POST", "rpc", service, method]:
                return "200 OK", self.call(service, method, _asked(environ))
            case ["GET", "facts"]:
                return "200 OK", list(self.facts)
            case ["GET", "receipts"]:
                return "200 OK", list(self.receipts)
        known = [
            "POST /events/<code>.<type>",
            "POST /rpc/<service>/<method>",
            "GET /facts",
            "GET /receipts",
        ]
        return "404 Not Found", {"try": known}

    def _post_event(self, environ: dict[str, Any], routing_key: str) -> tuple[str, Any]:
        headers = {
            name[5:].lower().replace("_", "-"): value
            for name, value in environ.items()
            if name.startswith("HTTP_CE_")
        }
        wait_s = float(parse_qs(environ.get("QUERY_STRING", "")).get("wait_s", ["10"])[0])
        content_type = environ.get("CONTENT_TYPE") or "application/json"
        if content_type == "application/x-www-form-urlencoded":  # what curl says of its own accord
            content_type = "application/json"
        receipt = self.publish(routing_key, _body(environ), content_type, headers, wait_s)
        return ("200 OK", receipt) if receipt else ("202 Accepted", {"published": routing_key})


def _asked(environ: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call. Raises `Invalid` for what is nested without end."""
    try:
        asked: dict[str, Any] = json.loads(_body(environ) or b"{}")
    except RecursionError as problem:
        raise Invalid([Reason("TOO_DEEP", f"In the body {TOO_DEEP}.", "body")]) from problem
    return asked


def _body(environ: dict[str, Any]) -> bytes:
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return body
