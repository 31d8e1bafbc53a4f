"""That a refused event was accepted since under the same id, with when and what followed."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from backbone.inbox.accepted import accepted_since
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.redis import connect
from backbone.store.repository import Repository

SOURCE, QUEUE, ID = "/farms/green", "mill.inbox.v1", "2023-7"
REMEMBERED = timedelta(days=45)


@pytest.fixture
def mill() -> Repository:
    return Repository("mill", connect(f"memory://{uuid.uuid4()}"), [])


def accept(mill: Repository, event_id: str = ID, **said: str) -> None:
    answer = json.dumps({"outcome": "accepted", **said})
    mill.redis.set(mill.mark(QUEUE, f"{SOURCE} {event_id}"), answer, px=REMEMBERED)


def announce(mill: Repository, about: str, because_of: str, source: str = SOURCE) -> None:
    said = {"id": about, "type": "mill.flour_ground", "subject": about}
    cause = {"causationid": because_of, "causationsource": source}
    entry = OutgoingMessage("mill.events", "flour_ground", json.dumps(said | cause).encode())
    mill.redis.xadd(mill.announced, entry.entry())


def asked(mill: Repository, event_id: str | None = ID, lifetime: timedelta = REMEMBERED):
    refusal = {"event_id": event_id, "received_at": datetime.now(UTC).isoformat()}
    return accepted_since(mill, refusal, ["/mines/green", SOURCE], ["mill.strays", QUEUE], lifetime)


def test_what_was_not_accepted_or_has_no_id_is_told_as_nothing(mill):
    accept(mill, "another")
    accept(mill, "None")

    assert (asked(mill), asked(mill, None)) == (None, None)


def test_it_is_told_when_it_was_accepted_and_which_facts_name_it_as_their_cause(mill):
    accept(mill, note="a later report stands")
    announce(mill, "sack-1", because_of=ID)
    announce(mill, "sack-2", because_of="another")
    announce(mill, "sack-3", because_of=ID, source="/farms/hill")

    found = asked(mill)

    assert abs(found["accepted_at"] - datetime.now(UTC)) < timedelta(seconds=30)
    assert found["note"] == "a later report stands"
    assert found["facts"] == [{"type": "mill.flour_ground", "about": "sack-1"}]


@pytest.mark.parametrize("days", [14, 60])
def test_no_moment_is_told_when_the_days_for_which_it_is_remembered_were_changed_since(mill, days):
    accept(mill)
    announce(mill, "sack-1", because_of=ID)

    found = asked(mill, lifetime=timedelta(days=days))

    assert found == {"accepted_at": None, "note": None, "facts": []}
