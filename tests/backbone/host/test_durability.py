"""How a Redis is set is said whole, and what waited for it goes on as soon as it is set right."""

from __future__ import annotations

from types import SimpleNamespace

import eventlet
import pytest

from backbone.amqp.consumer import Consumer
from backbone.errors import Unavailable
from backbone.host.durability import look_at
from backbone.host.host import ServiceHost
from backbone.outbox.relay import Relay
from backbone.store.redis import LOGIN_REFUSED


def test_all_that_is_wrong_with_a_store_is_said_at_once():
    about = {"persistence": {"aof_enabled": 0}, "memory": {"maxmemory_policy": "allkeys-lru"}}
    redis = SimpleNamespace(info=about.get, config_get=lambda name: {name: "everysec"})

    assert look_at(redis, "redis://store").risks == {"no_append_file", "evicts", "late_write"}


@pytest.fixture
def woken():
    """A host that looks at its store, and the names of those that it woke."""
    host, names = ServiceHost(), []
    host.relay = SimpleNamespace(wake=lambda: names.append("relay"))
    host.consumers = [SimpleNamespace(wake=lambda: names.append("inbox"))]
    host.store_watch = SimpleNamespace(look=lambda: False, is_shut=False)
    return host, names


def test_whoever_waits_for_the_store_is_woken_when_it_is_to_be_used_again(woken):
    host, names = woken
    host._ask_redis()
    assert names == ["relay", "inbox"]  # at the start they waited for the first look

    host.store_watch.is_shut = True
    host._ask_redis()
    host._ask_redis()
    assert names == ["relay", "inbox"]
    host.store_watch.is_shut = False
    host._ask_redis()
    host._ask_redis()
    assert names == ["relay", "inbox"] * 2


def test_a_store_that_does_not_answer_and_comes_back_wakes_them_too(woken):
    host, names = woken
    host._ask_redis()
    host.store_watch.look = lambda: (_ for _ in ()).throw(ConnectionError("gone"))
    with pytest.raises(ConnectionError):
        host._ask_redis()
    host.store_watch.look = lambda: False
    host._ask_redis()

    assert names == ["relay", "inbox"] * 2


def test_a_store_that_refuses_our_login_is_said_in_words(woken):
    host, _ = woken
    host.store_watch.look = lambda: (_ for _ in ()).throw(LOGIN_REFUSED("invalid password"))
    with pytest.raises(Unavailable, match=r"Redis refuses our login .*invalid password.*REDIS_URL"):
        host._ask_redis()


def consumer():
    return Consumer(
        "amqp://", "mill", lambda *_: None, batch=1, heartbeat_s=0, on_state=lambda _: None
    )


def relay():
    made = Relay.__new__(Relay)  # what it publishes is of no concern here
    made._woken = False
    return made


@pytest.mark.parametrize("waiting", [consumer, relay])
def test_whoever_is_woken_does_not_rest_until_its_pause_is_over(waiting):
    each = waiting()
    resting = eventlet.spawn(each._rest, 300)
    eventlet.sleep(0)
    each.wake()

    with eventlet.Timeout(60):
        resting.wait()
