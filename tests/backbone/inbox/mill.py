"""A service with one handler, the messages that it gets, and what it leaves in its outbox."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import SimpleNamespace

from hypothesis import strategies as st
from marshmallow import Schema, fields
from redis.exceptions import ConnectionError

from backbone.amqp.topology import Feed
from backbone.errors import Permanent, Unavailable
from backbone.inbox.inbox import Inbox
from backbone.inbox.incoming import Handler
from backbone.messages.outgoing import OutgoingMessage
from backbone.parking.lot import ParkingLot
from backbone.settings import Settings
from backbone.store.unit_of_work import UnitOfWork

FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _: code == "green")


@dataclass(frozen=True, slots=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: tuple[int, ...] = ()


class Sack(Schema):
    silo = fields.Str(required=True)
    number = fields.Int(required=True)


class Mill:
    """A service with one handler; numbers below 0 fail as their names say."""

    def __init__(self, store: UnitOfWork) -> None:
        self.store = store

    def store_sack(self, event):
        number = event.data["number"]
        if number == -1:
            raise RuntimeError("the belt tore")
        if number == -2:
            raise Permanent("no sack at all")
        if number == -3:
            raise Unavailable("Redis is away")
        silo = self.store.get(Silo, event.data["silo"]) or Silo(silo_id=event.data["silo"])
        self.store.save(replace(silo, sacks=(*silo.sacks, number)))


def inbox_of(repository, batch=200, source="farm", kind="sack.sent", feed=FARM, **more):
    handler = Handler(source, kind, Sack(), "store_sack")
    chosen = Settings(attempts=2, batch=batch)
    lot = ParkingLot(repository, chosen)
    return Inbox(
        "mill.inbox.v1", chosen, {(source, kind): handler}, [feed],
        lambda: UnitOfWork(repository), Mill, lot, chance=lambda: 0.5, **more,
    )  # fmt: skip


def message(number=1, event_id=None, silo="s", redelivered=False, **headers):
    event = {
        "specversion": "1.0",
        "id": event_id or f"sack-{number}",
        "source": "/farms/green",
        "type": "sack.sent",
        "time": "2023-08-01T09:30:00+08:00",
        "data": {"silo": silo, "number": number},
    }
    came = {
        "exchange": "" if headers else "farm.events",
        "routing_key": "mill.inbox.v1" if headers else "green.sack.sent",
        "redelivered": redelivered,
    }
    return SimpleNamespace(
        body=json.dumps(event).encode(),
        content_type="application/json",
        headers=headers and {name.replace("_", "-"): value for name, value in headers.items()},
        delivery_info=came,
    )


def outbox(repository):
    return [OutgoingMessage.of(entry) for _, entry in repository.redis.xrange(repository.outbox)]


def outcomes(repository):
    said = [json.loads(p.body)["data"] for p in outbox(repository) if p.exchange == "farm.receipts"]
    return [(data["event_id"], data["outcome"]) for data in said]


def sacks(repository, silo="s"):
    stored = repository.load(Silo, silo).thing
    return stored.sacks if stored else ()


def raw(body=b"{}", headers=None, key="green.sack.sent", content_type="application/json"):
    """A message of any bytes, as it came from a farm."""
    came = {"exchange": "farm.events", "routing_key": key, "redelivered": False}
    return SimpleNamespace(
        body=body, content_type=content_type, headers=headers, delivery_info=came
    )


def binary(number=1, event_id="binary", **more):
    """The same event in binary form; `more` are further headers."""
    headers = {
        "ce-specversion": "1.0",
        "ce-id": event_id,
        "ce-source": "/farms/green",
        "ce-type": "sack.sent",
        "ce-time": "2023-08-01T09:30:00+08:00",
    }
    body = json.dumps({"silo": "s", "number": number}).encode()
    return raw(body, headers | {name.replace("_", "-"): value for name, value in more.items()})


def retries(repository):
    return [posting for posting in outbox(repository) if posting.routing_key == "mill.inbox.v1"]


def come_back(posting):
    """A posting of ours as it arrives after its delay."""
    return SimpleNamespace(
        body=posting.body,
        content_type=posting.content_type,
        headers=posting.headers,
        delivery_info={
            "exchange": "tenglong_celery_delayed_delivery",
            "routing_key": "0.0.1.mill.inbox.v1",
            "redelivered": False,
        },
    )


odd_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.binary(max_size=5)
    | st.text(max_size=5)
    | st.text(st.characters(categories=["Cs"]), max_size=2)
    | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


class Lossy:
    """Redis does what it is told; of its answers to commits those are lost that are said to be."""

    def __init__(self, repository, losses=(True,)):
        self.pool, self.losses, self.lost = repository.redis.connection_pool, iter(losses), []
        self.get, self.pool.get_connection = self.pool.get_connection, self.get_one

    def get_one(self, *said):
        connection = self.get(*said)
        if "read_response" not in vars(connection):
            connection.read_response = self.lose(connection.read_response)
        return connection

    def lose(self, read):
        def losing(*said, **more):
            answer = read(*said, **more)
            is_commit = isinstance(answer, list) and answer[0] and answer[0][0] == b"done"
            if is_commit and next(self.losses, False):
                self.lost.append(answer)
                raise ConnectionError("the answer was lost")
            return answer

        return losing

    def end(self):
        del self.pool.get_connection
        for connection in self.pool._available_connections:
            vars(connection).pop("read_response", None)
