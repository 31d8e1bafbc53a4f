"""Parcels takes the platform's heartbeat and passes it on; it keeps nothing of it."""

from __future__ import annotations

import pytest

from park.townships import HEARTBEAT

SENT = {"sent_at": "2023-08-01T09:30:00+08:00"}


def test_a_heartbeat_goes_on_with_the_moment_of_its_sending(parcels):
    parcels.report("heartbeat", SENT, township=HEARTBEAT)

    ((name, data),) = parcels.facts
    assert name == "heartbeat_heard"
    assert data == {"sent_at": "2023-08-01T09:30:00+08:00"}


def test_a_township_that_sends_one_is_told_that_it_need_not(parcels, refused):
    with refused("NOT_THE_PLATFORM"):
        parcels.report("heartbeat", SENT)

    assert parcels.facts == []


@pytest.mark.parametrize("wrong", [{}, {"sent_at": "now"}, {"sent_at": "2023-08-01T09:30:00"}])
def test_a_heartbeat_says_when_it_was_sent_with_its_offset(parcels, refused, wrong):
    with refused("INVALID"):
        parcels.report("heartbeat", wrong, township=HEARTBEAT)


def test_nothing_is_kept_of_it_but_that_it_was_done(parcels):
    parcels.report("heartbeat", SENT, township=HEARTBEAT)

    kept = parcels.repository.call("keys", "*")
    assert {key.decode().split(":")[1] for key in kept} == {"done", "outbox"}
