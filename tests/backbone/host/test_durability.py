"""How a Redis is set is said whole, and what waited for it goes on as soon as it is set right."""

from __future__ import annotations

from itertools import repeat
from types import SimpleNamespace

import eventlet
import pytest
import redis

from backbone.amqp.consumer import Consumer
from backbone.errors import DeadlineExceeded, Unavailable
from backbone.host.durability import look_at
from backbone.host.host import ServiceHost
from backbone.pause import Pause
from backbone.store.redis import LOGIN_REFUSED


def test_all_that_is_wrong_with_a_store_is_said_at_once():
    about = {"persistence": {"aof_enabled": 0}, "memory": {"maxmemory_policy": "allkeys-lru"}}
    store = SimpleNamespace(info=about.get, config_get=lambda *names: dict.fromkeys(names, "no"))

    assert look_at(store, "redis://store").risks == {"no_append_file", "evicts", "late_write"}


def test_a_redis_that_does_not_write_while_it_makes_its_file_anew_may_lose_commits(redis_server):
    with redis.Redis.from_url(redis_server.url) as administrator:
        assert look_at(administrator, redis_server.url).risks == frozenset()
        administrator.config_set("no-appendfsync-on-rewrite", "yes")
        try:
            assert look_at(administrator, redis_server.url).risks == {"late_write"}
        finally:
            administrator.config_set("no-appendfsync-on-rewrite", "no")


@pytest.fixture
def woken():
    """A host that looks at its store, and the names of those that it woke."""
    host, names = ServiceHost(), []
    host.relay = SimpleNamespace(pause=SimpleNamespace(end=lambda: names.append("relay")))
    host.consumers = [SimpleNamespace(pause=SimpleNamespace(end=lambda: names.append("inbox")))]
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


def away():
    raise Unavailable("gone")


def test_whoever_is_woken_does_not_rest_until_its_pause_is_over():
    pause = Pause()
    resting = eventlet.spawn(pause.rest, 300)
    eventlet.sleep(0)
    pause.end()

    with eventlet.Timeout(60):
        resting.wait()


def test_whoever_is_woken_before_it_rests_goes_on_at_once_and_rests_the_next_time():
    pause = Pause()
    pause.end()
    pause.end()
    with eventlet.Timeout(60):
        pause.rest(300)

    with pytest.raises(DeadlineExceeded), eventlet.Timeout(0.05, DeadlineExceeded("it rests")):
        pause.rest(300)


def test_a_consumer_that_waits_for_the_broker_stops_at_once():
    consumer = Consumer(
        "amqp://",
        "mill",
        lambda *_: None,
        batch=1,
        heartbeat_s=0,
        on_state=lambda _: None,
        probe=away,
    )
    consumer._waits = repeat(300)
    consumer.start(eventlet.spawn)
    eventlet.sleep(0)

    with eventlet.Timeout(60):
        consumer.stop()
