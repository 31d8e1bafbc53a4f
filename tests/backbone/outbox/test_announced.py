"""Facts that somebody hears are kept for some days after they were announced."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from backbone.errors import Unavailable
from backbone.messages.outgoing import OutgoingMessage

from .passing_on import fill, kept, relay_of


def test_what_somebody_hears_is_kept_once_it_is_published_and_receipts_and_the_rest_are_not(
    repository,
):
    relay = relay_of(repository)
    fill(repository, b"heard", b"heard, too")
    fill(repository, b"unheard", mandatory=False)
    receipt = OutgoingMessage("farm.receipts", "green", b"receipt")
    repository.redis.xadd(repository.outbox, receipt.entry())
    relay.publisher.away = True
    with pytest.raises(Unavailable):
        relay._flush()
    assert kept(repository) == []

    relay.publisher.away = False
    relay._flush()
    assert kept(repository) == [b"heard", b"heard, too"]
    assert repository.redis.xlen(repository.outbox) == 0


def test_facts_are_kept_for_some_days_and_not_more_than_there_is_room_for(repository, monkeypatch):
    relay = relay_of(repository)
    old = int((time.time() - 8 * 86_400) * 1000)
    entry = OutgoingMessage("mill.events", "ground", b"old").entry()
    for number in range(300):
        repository.redis.xadd(repository.announced, entry, id=f"{old}-{number + 1}")
    fill(repository, b"new")
    relay._flush()
    assert 1 <= len(kept(repository)) < 150  # whole nodes of a stream go, of a hundred each
    assert kept(repository)[-1] == b"new"

    monkeypatch.setattr("backbone.outbox.relay.ANNOUNCED_AT_MOST", 100)
    fill(repository, *[b"%d" % number for number in range(400)])
    relay._flush()
    assert 100 <= len(kept(repository)) <= 200
    assert kept(repository)[-1] == b"399"


def test_who_keeps_facts_for_no_days_keeps_none(repository):
    relay = relay_of(repository)
    relay.settings = replace(relay.settings, announced_days=0)
    fill(repository, b"heard")
    relay._flush()
    assert kept(repository) == []
