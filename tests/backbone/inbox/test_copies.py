"""An event that comes again is told what the first came to, and takes effect once."""

from __future__ import annotations

import json

import pytest

from backbone.errors import Unavailable
from backbone.inbox.batches import take

from .mill import Lossy, Mill, inbox_of, message, outbox, outcomes, sacks


def test_a_copy_that_the_broker_made_is_answered_by_nobody(inbox, repository):
    take(inbox, [message(1)])
    take(inbox, [message(1, redelivered=True)])

    assert outcomes(repository) == [("sack-1", "accepted")]


def test_an_event_that_waits_in_the_lot_and_is_sent_again_is_told_so(inbox, repository):
    take(inbox, [message(-2)])
    take(inbox, [message(-2)])

    receipt = json.loads(outbox(repository)[-1].body)["data"]
    assert (receipt["outcome"], receipt["first"]["outcome"]) == ("duplicate", "pending")
    assert len(inbox.lot.entries()) == 1


def test_nobody_can_claim_what_another_was_answered(inbox, repository):
    take(inbox, [message(1)])
    stranger = message(1)
    stranger.delivery_info["routing_key"] = "moon.sack.sent"

    take(inbox, [stranger])

    assert [outcome for _, outcome in outcomes(repository)] == ["accepted", "refused"]


def test_a_handler_may_leave_a_note_in_the_receipt_and_a_copy_is_told_it_too(inbox, repository):
    class Noting(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            return "the silo is full now"

    inbox.new_service = Noting
    take(inbox, [message(1)])
    take(inbox, [message(1)])

    first, again = (json.loads(posting.body)["data"] for posting in outbox(repository))
    assert first["note"] == again["first"]["note"] == "the silo is full now"


def test_a_duplicate_is_told_once_though_the_answer_of_its_commit_was_lost(inbox, repository):
    take(inbox, [message(1)])
    Lossy(repository)
    again = message(1)
    with pytest.raises(Unavailable):
        take(inbox, [again])
    take(inbox, [again])  # as the consumer does, which holds it

    assert [outcome for _, outcome in outcomes(repository)] == ["accepted", "duplicate"]


def test_an_event_is_accepted_once_though_the_answer_of_its_commit_was_lost(inbox, repository):
    take(inbox, [message(1)])  # from then on Redis knows the script
    lossy = Lossy(repository)
    take(inbox, [message(2)])

    assert lossy.lost
    assert sacks(repository) == (1, 2)
    assert [outcome for _, outcome in outcomes(repository)] == ["accepted"] * 2


def test_an_outage_that_did_not_touch_a_duplicate_does_not_silence_it(repository, monkeypatch):
    inbox = inbox_of(repository, batch=1)
    take(inbox, [message(1)])
    send, away = repository.atomic.send, [True]

    def sending(batches):
        if away:
            raise Unavailable("Redis is away")
        return send(batches)

    monkeypatch.setattr(repository.atomic, "send", sending)
    two = [message(2), message(1)]
    with pytest.raises(Unavailable):
        take(inbox, two)
    away.clear()
    take(inbox, two)

    assert [o for _, o in outcomes(repository)] == ["accepted", "accepted", "duplicate"]
