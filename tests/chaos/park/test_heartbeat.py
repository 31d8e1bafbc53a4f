"""The heartbeat through processes of their own: what stops it makes its age grow, and says where."""

from __future__ import annotations

import os
import sys

import pytest
import redis

from tests.support.children import Child
from tests.support.eventually import eventually
from tests.support.processes import ROOT, ServiceProcess

FRESH_S, LATE_S = 3, 6


@pytest.fixture
def chain(rabbitmq, redis_server, tmp_path):
    """Parcels with notify, projects, and what sends a heartbeat each second."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    processes = [ServiceProcess(names, uri, url) for names in (["parcels", "notify"], ["projects"])]
    for each in processes:
        each.wait_ready()
    command = [sys.executable, "-m", "services", "heartbeat", "--every-s", "1"]
    sender = Child(command, {**os.environ, "AMQP_URI": uri}, tmp_path / "sender", cwd=ROOT)
    yield *processes, sender, redis.Redis.from_url(url)
    sender.kill()
    for each in processes:
        each.discard()


def age_s(notify, service):
    """As notify tells it; none before the first."""
    return notify.metric("notify", "tenglong_heartbeat_age_seconds", passed_by=service) or None


def is_fresh(notify, *services):
    ages = [age_s(notify, each) for each in services]
    return all(age is not None and age < FRESH_S for age in ages)


def is_late(notify, *services):
    return all((age_s(notify, each) or 0) > LATE_S for each in services)


def test_a_heartbeat_grows_old_where_the_chain_is_broken_and_young_when_it_is_mended(chain):
    notify, projects, sender, store = chain
    eventually(lambda: is_fresh(notify, "parcels", "projects"))

    projects.kill()
    eventually(lambda: is_late(notify, "projects") and is_fresh(notify, "parcels"))

    projects.start()
    eventually(lambda: is_fresh(notify, "parcels", "projects"))

    sender.kill()
    eventually(lambda: is_late(notify, "parcels", "projects"))

    eventually(lambda: in_the_outboxes(store) == 0)
    assert kinds_of_keys(store) - FLEETING == KEPT


KEPT = {"announced", "birth", "done", "outbox"}
FLEETING = {"relay", "timers", "probe"}  # leases, and a look at the store


def kinds_of_keys(store):
    return {key.decode().split(":")[1] for key in store.scan_iter("*")}


def in_the_outboxes(store):
    return sum(store.xlen(key) for key in store.scan_iter("*:outbox"))
