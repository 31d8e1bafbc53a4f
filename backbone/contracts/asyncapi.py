"""AsyncAPI 3.0 of an installation: every channel, message and queue, with schemas and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..amqp.topology import DELIVERY_LIMIT, Feed, queue_name, work_queue_arguments
from ..settings import Settings
from .envelope import envelope_schema, event_of
from .read import Json

Sample = Callable[[str, str], Any]  # the data of one valid event, by source and type; or none
MEANING = (
    "Events are CloudEvents 1.0 in JSON. Delivery is at least once and in order per publisher; whoever "
    "listens leaves out fields that it does not know."
)
# security is a placeholder: each installation gives its publishers credentials of their own
SCHEMES = {
    "password": {"type": "userPassword", "description": "A user of the broker for each publisher."},
    "certificate": {
        "type": "X509",
        "description": "A client certificate, where the broker asks one.",
    },
}


def asyncapi(
    title: str, version: str, services: Iterable[Json], feed: Feed, receipt: Json, sample: Sample
) -> Json:
    """The document. `services` are what `ServiceContract.as_json` says of each, `receipt` is the
    schema of a receipt's data."""
    services = list(services)
    parts = _Parts(sample)
    for service in services:
        for heard in service["hears"]:
            if heard["source"] == feed.name:
                parts.reported(feed, service["service"], heard)
        for fact in service["announces"]:
            parts.announced(service["service"], fact)
    parts.answered(feed, receipt)
    for service in services:
        parts.listened(service, services)
        parts.queued(service)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": title, "version": version, "description": MEANING},
        "defaultContentType": "application/json",
        "servers": {"broker": _server()},
        "channels": parts.channels,
        "operations": parts.operations,
        "components": {
            "schemas": {"envelope": envelope_schema()},
            "messages": parts.messages,
            "securitySchemes": SCHEMES,
        },
    }


def _server() -> Json:
    return {
        "host": "broker.example.org:5672",
        "protocol": "amqp",
        "protocolVersion": "0.9.1",
        "description": "RabbitMQ of the installation.",
        "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in SCHEMES],
    }


class _Parts:
    """Channels, operations and messages, as they come together."""

    def __init__(self, sample: Sample) -> None:
        self.channels: Json = {}
        self.operations: Json = {}
        self.messages: Json = {}
        self._sample = sample

    def reported(self, feed: Feed, service: str, heard: Json) -> None:
        """An event from outside, and the receipt that answers it."""
        name = f"{feed.name}.{heard['type']}"
        self._message(name, heard["type"], heard, feed.source + "330604006", feed.name)
        self._channel(name, f"{{publisher}}.{heard['type']}", feed.exchange, [name], "publisher")
        receipts = f"{feed.name}.receipts"
        self.operations[f"{service}.hears.{name}"] = self._operation("receive", name, heard) | {
            "reply": {"channel": _channel(receipts), "messages": [_message(receipts, receipts)]}
        }

    def answered(self, feed: Feed, receipt: Json) -> None:
        """The receipts."""
        name = f"{feed.name}.receipts"
        said = {"meaning": "What became of an event.", "data": receipt}
        type_ = f"{feed.name}.receipt"
        self._message(name, type_, said, "/services/<service>", None)
        always = {each: receipt["properties"][each]["examples"][0] for each in receipt["required"]}
        payload = event_of(type_, f"/services/{always['received_by']}", always)
        self.messages[name]["examples"] = [{"name": "valid", "payload": payload}]
        self._channel(name, "{publisher}", feed.receipts, [name], "publisher")

    def announced(self, service: str, fact: Json) -> None:
        """A fact of a service."""
        name, short = fact["type"], fact["type"].partition(".")[2]
        self._message(name, name, fact, f"/services/{service}", service)
        self._channel(name, short, f"{service}.events", [name])
        self.operations[f"{service}.announces.{short}"] = self._operation("send", name, fact)

    def listened(self, service: Json, services: Iterable[Json]) -> None:
        """Who hears a fact, and where it lies until it is taken."""
        for heard in service["hears"]:
            for name in _facts(heard, services):
                operation = self._operation("receive", name, heard)
                self.operations[f"{service['service']}.hears.{name}"] = operation

    def queued(self, service: Json) -> None:
        """The queues of a service, with the ways of what fails."""
        dead = queue_name(service["service"], "dead")
        for queue in sorted({heard["queue"] for heard in service["hears"]}):
            lane = queue.split(".")[1]
            arguments = work_queue_arguments(service["service"], lane)
            self.channels[queue] = _queue(queue, "Where events lie until they are taken.") | {
                "x-queue-arguments": arguments,
                "x-retry": _retry(queue),
                "x-dead-letter": {"channel": _channel(dead), "after-deliveries": DELIVERY_LIMIT},
            }
        self.channels[dead] = _queue(dead, "What the broker gave up; it is parked for a person.")

    def _operation(self, action: str, channel: str, said: Json) -> Json:
        found = {
            "action": action,
            "channel": _channel(channel),
            "summary": said["meaning"],
            "messages": [_message(channel, channel)],
        }
        return found | ({"x-queue": said["queue"]} if "queue" in said else {})

    def _channel(
        self, name: str, address: str, exchange: str, messages: list[str], parameter: str = ""
    ) -> None:
        self.channels[name] = {
            "address": address,
            "messages": {each: {"$ref": f"#/components/messages/{each}"} for each in messages},
            "bindings": {"amqp": _routed(exchange)},
        }
        if parameter:
            code = {"description": "The code of the publisher.", "examples": ["330604006"]}
            self.channels[name]["parameters"] = {parameter: code}

    def _message(self, name: str, type_: str, said: Json, source: str, sampled: str | None) -> None:
        data = self._sample(sampled, type_.removeprefix(f"{sampled}.")) if sampled else None
        own: Json = {"type": {"const": type_}, "data": said["data"]}
        if "dataschema" in said:
            own["dataschema"] = {"const": said["dataschema"]}
        self.messages[name] = {
            "name": type_,
            "title": said["meaning"],
            "contentType": "application/json",
            "payload": {
                "allOf": [
                    {"$ref": "#/components/schemas/envelope"},
                    {"type": "object", "properties": own, "required": ["data"]},
                ]
            },
        }
        if data is not None:
            payload = event_of(type_, source, data, said.get("dataschema"))
            self.messages[name]["examples"] = [{"name": "valid", "payload": payload}]


def _facts(heard: Json, services: Iterable[Json]) -> Iterator[str]:
    """The facts that a service hears by one of its bindings."""
    for service in services:
        for fact in service["announces"]:
            short = fact["type"].partition(".")[2]
            if heard["source"] == service["service"] and heard["type"] in (short, "#"):
                yield fact["type"]


def _routed(exchange: str) -> Json:
    kind = {"name": exchange, "type": "topic", "durable": True, "autoDelete": False, "vhost": "/"}
    return {"is": "routingKey", "exchange": kind, "bindingVersion": "0.3.0"}


def _queue(name: str, meaning: str) -> Json:
    kind = {"name": name, "durable": True, "exclusive": False, "autoDelete": False, "vhost": "/"}
    binding = {"is": "queue", "queue": kind, "bindingVersion": "0.3.0"}
    return {"address": name, "description": meaning, "bindings": {"amqp": binding}}


def _retry(queue: str) -> Mapping[str, Any]:
    """How what failed comes back: by the broker's delays, to the same queue."""
    settings = Settings()
    delays = [settings.retry_delay_s(attempt, 0.5) for attempt in range(1, settings.attempts)]
    return {"channel": _channel(queue), "delays-s": delays, "then": "parked"}


def _channel(name: str) -> Json:
    return {"$ref": f"#/channels/{name}"}


def _message(channel: str, name: str) -> Json:
    return {"$ref": f"#/channels/{channel}/messages/{name}"}
