"""A store with an outbox, and who passes it on."""

from __future__ import annotations

import time

import eventlet
import pytest

from backbone.store.atomic import Reading
from backbone.store.redis import connect
from backbone.store.repository import Repository

from .passing_on import relay_of


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr("backbone.outbox.relay.READING", Reading(step=2, most=2, bytes=1000))


@pytest.fixture
def repository(store_url):
    return Repository("mill", connect(store_url), [])


@pytest.fixture
def at_work(repository):
    """A relay with a short lease that leads, is in the midst of something, and has its lease kept."""
    relay = relay_of(repository)
    relay.lease.lifetime_s = 2.5
    relay._lead()
    relay._came_by = time.monotonic()
    keeper = eventlet.spawn(relay.lease.keep, relay._is_at_work)
    yield relay
    keeper.kill()
