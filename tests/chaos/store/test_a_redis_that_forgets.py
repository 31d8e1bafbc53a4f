"""Redis loses its data, or may: with real servers that are configured wrongly and killed."""

from __future__ import annotations

import contextlib
import uuid

import pytest
import redis

from backbone.host import birth
from tests.support.brokers import RedisServer
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually


@pytest.fixture
def store():
    """Starts a Redis with these options."""
    with contextlib.ExitStack() as started:

        def start(**options):
            server = RedisServer(**options).start()
            started.callback(server.discard)
            return server

        yield start


@pytest.fixture
def bakery(amqp_uri):
    """Starts the bakery on this Redis."""
    with contextlib.ExitStack() as started:

        def start(server, ready=True, **env):
            host = Host("sample", ["bakery"], amqp_uri, server.url, **env)
            started.callback(host.kill)
            return host.start(ready)

        yield start


def bake(host, **more):
    batch_id = uuid.uuid4().hex
    flour = {"batch_id": batch_id, "kind": batch_id, "loaves": 3}
    return host.publish("green", "flour.delivered", flour, **more)


def alarm(host):
    return host.readyz("bakery")["waits_for"].get("store", "")


def refusal(host):
    return host.readyz("bakery")["waits_for"].get("store at risk", "")


SERVE = {"STORE_AT_RISK": "serve"}
PUBLISHED = {"published": "green.flour.delivered"}  # and no receipt


@pytest.mark.parametrize(
    ("options", "risk", "advice"),
    [
        pytest.param({"appendonly": "no"}, "no_append_file", "appendonly yes", id="no file"),
        pytest.param({"appendfsync": "everysec"}, "late_write", "fsync always", id="late write"),
        pytest.param({"maxmemory_policy": "allkeys-lru"}, "evicts", "noeviction", id="all keys"),
        pytest.param({"maxmemory_policy": "volatile-ttl"}, "evicts", "noeviction", id="marks"),
    ],
)
def test_of_a_redis_that_may_lose_data_nothing_is_taken_and_it_is_said_what_to_set(
    store, bakery, options, risk, advice
):
    host = bakery(store(**options), ready=False)

    eventually(lambda: advice in refusal(host))
    assert not host.ready("bakery")
    assert host.metric("bakery", "tenglong_store_at_risk", cause=risk) == 1
    assert host.metric("bakery", "tenglong_store_at_risk") == 1
    assert "store_refused" in host.logs()
    assert bake(host, wait_s=1) == PUBLISHED
    with pytest.raises(Refusal, match="503"):
        host.call("bakery", "list_parked")


def test_where_a_setting_allows_it_a_redis_that_may_lose_data_is_served_and_remarked_upon(
    store, bakery
):
    host = bakery(store(appendfsync="everysec"), **SERVE)

    assert host.ready("bakery")
    assert "fsync always" in host.readyz("bakery")["remarks"]["store"]
    assert host.metric("bakery", "tenglong_store_at_risk", cause="late_write") == 1
    assert bake(host)["outcome"] == "accepted"


def test_a_redis_that_comes_back_as_one_that_may_lose_data_takes_nothing_until_it_is_mended(
    store, bakery
):
    server = store()
    host = bakery(server)
    assert bake(host, event_id="one")["outcome"] == "accepted"
    server.kill()
    server._options["appendfsync"] = "everysec"
    server.restart()

    eventually(lambda: "fsync always" in refusal(host))
    assert alarm(host) == ""
    assert bake(host, event_id="two", wait_s=1) == PUBLISHED
    with redis.Redis.from_url(server.url) as administrator:
        administrator.config_set("appendfsync", "always")

    eventually(lambda: host.ready("bakery"))
    eventually(lambda: "two" in {said["event_id"] for said in host.receipts()})
    assert bake(host, event_id="one")["outcome"] == "duplicate"


def test_of_a_redis_that_keeps_everything_nothing_is_said(store, bakery):
    host = bakery(store())

    assert host.readyz("bakery") == {"service": "bakery", "waits_for": {}}
    assert host.metric("bakery", "tenglong_store_at_risk") == 0
    assert "store_at_risk" not in host.logs()


@pytest.mark.parametrize(
    ("forbidden", "at_risk"),
    [(["-config"], 0), (["-info", "-config"], 1)],
    ids=["settings alone", "how it fares, too"],
)
def test_a_redis_whose_settings_may_not_be_read_is_remarked_upon_and_served(
    store, bakery, forbidden, at_risk
):
    server = store()
    with redis.Redis.from_url(server.url) as administrator:
        administrator.acl_setuser(
            "default", enabled=True, nopass=True, commands=["+@all", *forbidden],
            reset_keys=True, keys=["{bakery}:*"],
        )  # fmt: skip
    host = bakery(server)

    assert host.metric("bakery", "tenglong_store_at_risk") == at_risk
    assert host.metric("bakery", "tenglong_store_at_risk", cause="unknown") == at_risk
    remarks = host.readyz("bakery")["remarks"]
    assert remarks.keys() == ({"store", "appendfsync"} if at_risk else {"appendfsync"})
    assert "was not seen from here" in remarks["appendfsync"]
    assert bake(host)["outcome"] == "accepted"


def test_a_redis_that_is_killed_and_has_its_file_goes_on_without_an_alarm(store, bakery):
    server = store()
    host = bakery(server)
    first = bake(host, event_id="one")
    server.kill()
    server.restart()
    eventually(lambda: host.ready("bakery"))

    assert first["outcome"] == "accepted"
    assert bake(host, event_id="one")["outcome"] == "duplicate"
    assert "store_forgotten" not in host.logs()


@pytest.mark.parametrize("restarted", [False, True], ids=["it alone", "the service, too"])
def test_a_redis_that_comes_back_empty_is_an_alarm_and_takes_nothing_until_it_is_accepted(
    store, bakery, amqp_uri, restarted
):
    server = store(appendonly="no")
    host = bakery(server, **SERVE)
    bake(host, event_id="one")
    if restarted:
        host.kill()
    server.kill()
    server.restart()
    if restarted:
        host.start(ready=False)

    eventually(lambda: "tenglong store accept bakery" in alarm(host))
    assert not host.ready("bakery")
    assert host.metric("bakery", "tenglong_store_forgotten") == 1
    assert "store_forgotten" in host.logs()
    assert bake(host, event_id="one", wait_s=3) == PUBLISHED
    with pytest.raises(Refusal, match="503"):
        host.call("bakery", "list_parked")

    birth.accept(amqp_uri, "bakery")
    eventually(lambda: host.ready("bakery"))
    assert host.metric("bakery", "tenglong_store_forgotten") == 0
    assert bake(host)["outcome"] == "accepted"
    host.stop()
    host.start()  # accepted once is accepted for good
    assert bake(host)["outcome"] == "accepted"


def test_a_redis_that_somebody_empties_is_an_alarm_though_its_connections_stay_open(store, bakery):
    server = store()
    host = bakery(server)
    bake(host)
    with redis.Redis.from_url(server.url) as administrator:
        administrator.flushall()

    eventually(lambda: "is empty of it" in alarm(host))
    assert bake(host, wait_s=3) == PUBLISHED


def test_the_redis_of_another_installation_is_an_alarm(store, bakery, rabbitmq):
    other, mine = store(), store()
    elsewhere = Host("sample", ["bakery"], rabbitmq.new_vhost(), other.url).start()
    elsewhere.stop()
    bakery(mine).stop()

    host = bakery(other, ready=False)
    eventually(lambda: "belongs to another installation" in alarm(host))
    with redis.Redis.from_url(other.url) as untouched:
        assert not untouched.exists("{bakery}:relay")


def test_a_broker_that_lost_its_data_is_told_of_the_store_again(store, bakery, rabbitmq):
    server = store(appendonly="no")
    bakery(server, **SERVE).stop()
    emptied = rabbitmq.new_vhost()
    with Host("sample", ["bakery"], emptied, server.url, **SERVE) as host:
        assert bake(host)["outcome"] == "accepted"
        host.kill()
        server.kill()
        server.restart()
        host.start(ready=False)
        eventually(lambda: "is empty of it" in alarm(host))
