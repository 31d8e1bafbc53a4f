"""Later messages of a subject wait behind a parked one, in order; other subjects go on."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields
from structlog.testing import capture_logs

from backbone.amqp.topology import Feed
from backbone.errors import Invalid, Permanent, Reason, Refused
from backbone.inbox import admin
from backbone.inbox.batches import take
from backbone.inbox.decoding import Decoder
from backbone.inbox.inbox import Inbox
from backbone.inbox.incoming import Handler, IncomingMessage
from backbone.logs import digest
from backbone.messages.outgoing import OutgoingMessage
from backbone.parking.lot import ParkingLot
from backbone.settings import Settings
from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork

FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _: code == "green")
QUEUE = "mill.inbox.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: tuple[int, ...] = ()


class Sack(Schema):
    silo_id = fields.Str(required=True)
    number = fields.Int(required=True)
    note = fields.Str()


class Mill:
    """The mill, its broker and its operator. `broken` are the sacks that the mill cannot take, and
    `shaky` those that it cannot take now, with the number of tries that will fail."""

    def __init__(self, batch: int = 200, commit: int = 200) -> None:
        """`batch` messages are delivered together, and so many of them committed together."""
        self.repository = Repository(
            "mill", connect(f"memory://{uuid.uuid4()}"), [Collection(Silo, key="silo_id")]
        )
        self.lot = ParkingLot(self.repository, Settings())
        handler = Handler("farm", "sack.sent", Sack(), "take_sack")
        self.inbox = Inbox(
            QUEUE, Settings(batch=commit), {("farm", "sack.sent"): handler}, [FARM],
            lambda: UnitOfWork(self.repository), self.service, self.lot,
        )  # fmt: skip
        self.broken: set[int] = set()
        self.refused: set[int] = set()
        self.shaky: dict[int, int] = {}
        self.batch = batch
        self.waiting: list[SimpleNamespace] = []

    def service(self, store: UnitOfWork) -> SimpleNamespace:
        def take_sack(event):
            number = event.data["number"]
            if number in self.broken:
                raise Permanent("the sack is torn")
            if number in self.refused:
                raise Refused([Reason("WET", "The sack is wet; dry it.", "data.number")])
            if self.shaky.get(number):
                self.shaky[number] -= 1
                raise RuntimeError("the stone has slipped")
            silo = store.get(Silo, event.data["silo_id"]) or Silo(silo_id=event.data["silo_id"])
            store.save(replace(silo, sacks=(*silo.sacks, number)))

        return SimpleNamespace(take_sack=take_sack)

    def send(self, number: int, silo: str = "a") -> None:
        """A farm sends a sack; the broker has it."""
        data = {"silo_id": silo, "number": number}
        event = {
            "specversion": "1.0",
            "id": f"sack-{number}",
            "source": "/farms/green",
            "type": "sack.sent",
            "time": "2023-08-01T09:30:00+08:00",
            "data": data,
        }
        came = {"exchange": "farm.events", "routing_key": "green.sack.sent", "redelivered": False}
        self._arrive(json.dumps(event).encode(), {}, came)

    def work(self) -> None:
        """Deliver what waits, and what it leads back to the queue, until nothing is left."""
        while self.waiting:
            some, self.waiting = self.waiting[: self.batch], self.waiting[self.batch :]
            take(self.inbox, some)
            self.relay()

    def relay(self) -> None:
        """What the outbox sends back to the queue arrives there."""
        for entry_id, entry in self.repository.redis.xrange(self.repository.outbox):
            posting = OutgoingMessage.of(entry)
            if (posting.exchange, posting.routing_key) == ("", QUEUE):
                came = {"exchange": "", "routing_key": QUEUE, "redelivered": False}
                self._arrive(posting.body, posting.headers, came)
                self.repository.redis.xdel(self.repository.outbox, entry_id)

    def _arrive(self, body, headers, came) -> None:
        message = SimpleNamespace(
            body=body, content_type="application/json", headers=headers, delivery_info=came
        )
        self.waiting.append(message)

    def sacks(self, silo: str = "a") -> list[int]:
        found = self.repository.load(Silo, silo).thing
        return list(found.sacks) if found else []

    def parked(self) -> list[int]:
        """The sacks on the parking lot, as they were parked."""
        entries = self.lot.entries()
        texts = [json.loads(self.lot.show(each["parked_id"])["text"]) for each in entries]
        return [text["data"]["number"] for text in texts]

    def id_of(self, number: int) -> str:
        entries = self.lot.entries()
        return entries[self.parked().index(number)]["parked_id"]

    def edit(self, sack: int, **changed: object) -> str:
        """An operator changes the data of a parked sack. Answers the id that it has then."""
        event = json.loads(self.lot.show(self.id_of(sack))["text"])
        body = json.dumps({**event, "data": {**event["data"], **changed}}).encode()
        return self.lot.edit(
            self.id_of(sack), body, "me", "misread", partial(admin.mend, self.inbox)
        )

    def receipts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, entry in self.repository.redis.xrange(self.repository.outbox):
            posting = OutgoingMessage.of(entry)
            if posting.exchange == "farm.receipts":
                said = json.loads(posting.body)["data"]
                found.setdefault(said["event_id"], []).append(said["outcome"])
        return found


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with capture_logs():
        yield


@pytest.fixture(params=[200, 1], ids=["together", "one by one"])
def mill(request):
    return Mill(request.param)


def test_later_messages_of_a_subject_wait_behind_a_parked_one_and_others_go_on(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.send(10, "b")
    mill.work()

    assert mill.sacks() == []
    assert mill.parked() == [1, 2, 3]
    assert mill.sacks("b") == [10]
    waiting = mill.lot.entries()[1]
    assert (waiting["cause"], waiting["attempts"]) == ("WAITS_BEHIND", 0)
    assert waiting["sentence"].startswith(f"It waits behind {mill.id_of(1)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart:
    cart_id: str


class Load(Schema):
    silo_id = fields.Str(required=True)
    cart_id = fields.Str(required=True)


def sequences(
    kept: Sequence[Collection], in_order_of: str | None, *loads: tuple[str, str]
) -> list[str | None]:
    """The sequence of a load for each silo and cart that are given."""
    repository = Repository("mill", connect(f"memory://{uuid.uuid4()}"), kept)
    handler = Handler("mill", "load.sent", Load(), "take_load", in_order_of)
    decoder = Decoder(
        QUEUE, repository, Settings(), {("mill", "load.sent"): handler}, [], {},
        lambda: datetime.now(UTC),
    )  # fmt: skip
    return [decoder.read(load_sent(silo, cart)).sequence_id for silo, cart in loads]


def load_sent(silo: str, cart: str) -> IncomingMessage:
    event = {"specversion": "1.0", "id": "1", "source": "/services/mill", "type": "mill.load.sent"}
    body = json.dumps(event | {"data": {"silo_id": silo, "cart_id": cart}}).encode()
    return IncomingMessage(body, "application/json", {}, "mill.events", "load.sent")


SILOS, CARTS = Collection(Silo, key="silo_id"), Collection(Cart, key="cart_id")


@pytest.mark.parametrize("kept", [(SILOS, CARTS), (CARTS, SILOS)])
@pytest.mark.parametrize(
    ("in_order_of", "subject"), [("silo_id", "Silo a"), ("cart_id", "Cart one")]
)
def test_a_message_waits_for_what_its_handler_names_not_for_what_is_listed_first(
    kept, in_order_of, subject
):
    loads = ("a", "one"), ("a", "two"), ("b", "one")
    first, same_silo, same_cart = sequences(kept, in_order_of, *loads)

    assert first == digest(f"{QUEUE} {subject}", 32), "as it is called in stores that are in use"
    assert (first == same_silo, first == same_cart) == (
        in_order_of == "silo_id",
        in_order_of == "cart_id",
    )


def test_a_message_may_wait_for_something_that_the_service_does_not_keep():
    first, same, other = sequences([SILOS], "cart_id", ("a", "one"), ("b", "one"), ("a", "two"))

    assert first == same != other


@pytest.mark.parametrize(
    ("in_order_of", "says"),
    [
        (None, "say in_order_of='cart_id' or in_order_of='silo_id'"),
        ("barn_id", "in_order_of='barn_id', a field that its contract does not have"),
    ],
)
def test_a_handler_whose_messages_could_wait_for_either_thing_is_refused(in_order_of, says):
    with pytest.raises(TypeError, match=f"take_load.*{says}"):
        sequences([SILOS, CARTS], in_order_of)


def test_one_replay_brings_back_the_whole_run_in_order(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.work()
    mill.broken = set()

    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.send(4)  # arrives while the run is under way
    mill.work()

    assert mill.sacks() == [1, 2, 3, 4]
    assert mill.parked() == []
    assert mill.receipts() == {f"sack-{number}": ["accepted"] for number in (1, 2, 3, 4)}
    assert [deed["by"] for deed in mill.lot.audit()][-1] == "me"


def test_a_run_stops_at_a_message_that_fails_again_and_can_be_taken_up_there(mill):
    mill.broken = {1, 3}
    for number in (1, 2, 3, 4):
        mill.send(number)
    mill.work()
    mill.broken = {3}
    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.work()
    assert mill.sacks() == [1, 2]
    assert sorted(mill.parked()) == [3, 4]

    mill.broken = set()
    mill.lot.replay(mill.id_of(3), "me")
    mill.relay()
    mill.work()
    assert mill.sacks() == [1, 2, 3, 4]


def test_a_message_that_waits_cannot_be_replayed_before_the_one_it_waits_for(mill):
    mill.broken = {1}
    mill.send(1)
    mill.send(2)
    mill.work()

    with pytest.raises(Refused, match=mill.id_of(1)):
        mill.lot.replay(mill.id_of(2), "me")


def test_when_the_first_is_given_up_the_others_go_on(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.work()

    mill.lot.discard(mill.id_of(1), "me", "torn")
    mill.relay()
    mill.work()

    assert mill.sacks() == [2, 3]
    assert mill.parked() == []


def test_when_the_first_is_lost_on_its_way_back_an_operator_lets_the_others_go_on(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.work()
    first = mill.id_of(1)
    mill.lot.replay(first, "me")
    mill.relay()
    mill.waiting.clear()  # its queue was deleted

    with pytest.raises(Refused, match="WAITS_BEHIND"):
        mill.lot.replay(mill.id_of(2), "me")
    mill.lot.discard(first, "me", "lost with its queue")
    mill.relay()
    mill.work()

    assert mill.sacks() == [2, 3]
    assert mill.parked() == []
    assert "lost with its queue" in [deed.get("reason") for deed in mill.lot.audit()]


def test_one_that_waits_can_be_given_up_and_the_line_stands(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.work()

    mill.lot.discard(mill.id_of(2), "me", "sold")
    mill.relay()
    mill.work()
    assert mill.parked() == [1, 3]

    mill.broken = set()
    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.work()
    assert mill.sacks() == [1, 3]


def test_a_refused_message_is_answered_and_holds_up_nothing(mill):
    mill.broken, mill.refused = {1}, {2, 3}
    for number in (1, 2, 4):
        mill.send(number)
    mill.send(3, "b")
    mill.send(5, "b")
    mill.work()
    assert mill.sacks("b") == [5]

    mill.broken = set()
    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.work()
    assert mill.sacks() == [1, 4]
    assert mill.receipts()["sack-2"] == ["refused"]


def test_a_copy_of_a_message_that_waits_is_not_queued_twice(mill):
    mill.broken = {1}
    mill.send(1)
    mill.send(2)
    mill.send(2)
    mill.work()
    mill.send(2)
    mill.work()

    assert mill.parked() == [1, 2]
    assert mill.receipts() == {"sack-2": ["duplicate", "duplicate"]}


def test_the_contract_is_asked_again_before_each_message_of_a_run(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.work()
    mill.broken = set()

    def check(parked):
        if b'"number": 2' in parked.bytes:
            raise Refused([Reason("CHANGED", "The contract has changed.")])

    mill.lot.check = check
    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.work()

    assert mill.sacks() == [1]
    assert sorted(mill.parked()) == [2, 3]


def test_later_messages_of_a_subject_wait_while_one_is_tried_again_and_then_follow_in_order(mill):
    mill.shaky = {1: 3, 3: 1}
    for number in (1, 2, 3, 4):
        mill.send(number)
    mill.send(10, "b")
    mill.work()

    assert mill.sacks() == [1, 2, 3, 4]
    assert mill.sacks("b") == [10]
    assert mill.parked() == []
    assert mill.receipts() == {f"sack-{number}": ["accepted"] for number in (1, 2, 3, 4, 10)}


def test_when_its_tries_are_used_up_the_line_stands_behind_it_until_it_is_replayed(mill):
    mill.shaky = {1: 100}
    for number in (1, 2):
        mill.send(number)
    mill.work()
    assert mill.sacks() == []
    assert sorted(mill.parked()) == [1, 2]

    mill.shaky = {1: 1}
    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.work()
    assert mill.sacks() == [1, 2]
    assert [deed["by"] for deed in mill.lot.audit()] == ["me", "me"]


def test_an_edited_message_keeps_its_place_its_id_and_what_waits_behind_it(mill):
    mill.broken = {1}
    for number in (1, 2, 3):
        mill.send(number)
    mill.work()

    mended = mill.edit(1, number=7)
    mill.edit(3, number=9)

    assert mill.parked() == [7, 2, 9]
    assert mill.lot.show(mended)["event_id"] == "sack-1"
    mill.lot.replay(mended, "me")
    mill.relay()
    mill.work()
    assert mill.sacks() == [7, 2, 9]
    assert mill.receipts() == {f"sack-{number}": ["accepted"] for number in (1, 2, 3)}


def test_an_edit_stays_on_record_with_the_bytes_as_they_were(mill):
    mill.broken = {1}
    mill.send(1)
    mill.work()
    before = mill.lot.show(mill.id_of(1))

    mended = mill.edit(1, number=7)

    (deed,) = mill.lot.audit()
    assert (deed["action"], deed["by"], deed["reason"]) == ("edited", "me", "misread")
    assert (deed["parked_id"], deed["became"]) == (before["parked_id"], mended)
    assert deed["body"] == before["body"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"data": {"silo_id": "a", "number": "seven"}}, "INVALID"),
        ({"data": {"silo_id": "b", "number": 1}}, "ANOTHER_SUBJECT"),
        ({"id": "sack-7"}, "ANOTHER_EVENT"),
        ({"source": "/farms/hill"}, "WRONG_SOURCE"),
        ({}, "ON_THE_LOT"),
    ],
)
def test_an_edit_that_would_not_help_is_refused_and_changes_nothing(mill, changed, code):
    mill.broken = {1}
    mill.send(1)
    mill.work()
    before = mill.lot.show(mill.id_of(1))

    body = json.dumps(json.loads(before["text"]) | changed).encode()
    with pytest.raises((Refused, Invalid), match=code):
        mill.lot.edit(before["parked_id"], body, "me", "misread", partial(admin.mend, mill.inbox))

    assert mill.lot.show(before["parked_id"]) == before
    assert mill.lot.audit() == []


def test_a_line_that_is_over_leaves_nothing_for_good(mill):
    mill.broken = {1}
    mill.send(1)
    mill.send(2)
    mill.work()
    mill.broken = set()
    mill.lot.replay(mill.id_of(1), "me")
    mill.relay()
    mill.work()

    lines = mill.repository.redis.keys("{mill}:line:*")
    assert len(lines) == 1
    assert all(0 < mill.repository.redis.ttl(key) <= 86_400 for key in lines)


acts = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.sampled_from("ab")),
        st.tuples(st.sampled_from(["break", "shake"]), st.integers(0, 12)),
        st.tuples(st.sampled_from(["mend", "work", "copy"]), st.none()),
        st.tuples(st.sampled_from(["replay", "discard", "edit"]), st.integers(0, 5)),
    ),
    max_size=40,
)


@given(acts, st.sampled_from([1, 2, 200]), st.sampled_from([1, 2, 200]))
@settings(max_examples=200, deadline=None)
def test_whatever_an_operator_does_nothing_is_lost_doubled_or_out_of_order(deeds, batch, commit):
    mill, sent, given_up, edits = Mill(batch, commit), {"a": [], "b": []}, set(), count()
    for deed, what in deeds:
        parked = mill.lot.entries()
        if deed == "send":
            number = sum(map(len, sent.values()))
            sent[what].append(number)
            mill.send(number, what)
        elif deed == "break":
            mill.broken.add(what)
        elif deed == "shake":
            mill.shaky[what] = 1 + what % 7
        elif deed == "mend":
            mill.broken, mill.shaky = set(), {}
        elif deed == "work":
            mill.work()
        elif deed == "copy" and mill.waiting:
            mill.waiting.append(mill.waiting[-1])  # the broker delivers again what was not acked
        elif deed == "edit" and parked:
            mill.edit(mill.parked()[what % len(parked)], note=f"edit {next(edits)}")
        elif deed in ("replay", "discard") and parked:
            entry = parked[what % len(parked)]
            number = mill.parked()[what % len(parked)]
            try:
                if deed == "replay":
                    mill.lot.replay(entry["parked_id"], "me")
                else:
                    mill.lot.discard(entry["parked_id"], "me", "sold")
                    given_up.add(number)
            except Refused:
                assert deed == "replay"
            mill.relay()

    mill.broken, mill.shaky = set(), {}
    mill.work()
    for _ in range(100):
        firsts = [each for each in mill.lot.entries() if each["cause"] != "WAITS_BEHIND"]
        # a line that stopped at a message whose cause is that it waited begins with that message
        for entry in firsts or mill.lot.entries():
            try:
                mill.lot.replay(entry["parked_id"], "me")
                break
            except Refused:
                continue
        mill.relay()
        mill.work()

    assert mill.parked() == []
    for silo, numbers in sent.items():
        assert mill.sacks(silo) == [n for n in numbers if n not in given_up]
