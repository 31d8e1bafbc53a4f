"""`tenglong doctor` says what is wrong with an installation, and what to do."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backbone.amqp.connection import connection
from backbone.settings import Settings
from cli.contracts import version_of
from cli.doctor import checks
from cli.doctor.command import exit_code
from tests.support.brokers import RedisServer
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(rabbitmq, redis_server):
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as host:
        management = {"MANAGEMENT_URL": rabbitmq.management_url, "COLUMNS": "200"}
        yield host, {**os.environ, "AMQP_URI": uri, "REDIS_URL": url, **management}


def doctor(environment: dict[str, str], *options: str) -> tuple[int, str]:
    ran = subprocess.run(
        [ROOT / "bin" / "tenglong", "doctor", *options],
        env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def examined(environment: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """How it ended, and the worst finding of each subject."""
    code, said = doctor(environment, "--json")
    worst = sorted(
        json.loads(said), key=lambda each: ["well", "look", "broken"].index(each["state"])
    )
    return code, {each["subject"]: each for each in worst}


def test_an_installation_that_is_well_is_told_so(installed):
    _, environment = installed
    code, said = doctor(environment)

    assert "0 broken" in said, said
    again, found = examined(environment)
    calendar = {"well": 0, "look": 3}[found["calendar"]["state"]]  # of the day of this test
    assert (code, again) == (calendar, calendar)
    assert {
        name: each["state"] for name, each in found.items() if name != "calendar"
    } == dict.fromkeys(("broker", "topology", "bindings", *SERVICES, "versions", "store"), "well")
    assert f"parcels: 1 of {version_of(ROOT)}" in found["versions"]["said"]


def test_what_is_parked_and_a_service_that_is_away_are_named_with_what_to_do(installed):
    host, environment = installed
    with connection(environment["AMQP_URI"]) as opened, opened.channel() as channel:
        channel.basic_publish(_nonsense(channel), "projects.events", "land_matched")
    eventually(lambda: host.metric("notify", "tenglong_parked_now") == 1, 20)

    code, found = examined(environment)
    assert (code, found["notify"]["state"]) == (3, "look")
    assert "tenglong parked list notify" in found["notify"]["remedy"]

    host.pause()
    try:
        code, found = examined(environment)
    finally:
        host.resume()
    assert code == 1
    assert {found[name]["state"] for name in SERVICES} == {"broken"}
    assert "8001" in found["parcels"]["remedy"]


def _nonsense(channel):
    from amqp import Message

    return Message(b"x", content_type="application/json")


def test_a_broker_without_our_queues_says_how_they_come(installed, rabbitmq):
    _, environment = installed
    code, found = examined({**environment, "AMQP_URI": rabbitmq.new_vhost()})

    assert (code, found["topology"]["state"]) == (1, "broken")
    assert "tenglong topology" in found["topology"]["remedy"]


def test_a_lost_binding_is_found_while_nobody_is_there_to_make_it_again(rabbitmq, redis_server):
    uri = rabbitmq.new_vhost()
    environment = {**os.environ, "AMQP_URI": uri, "MANAGEMENT_URL": rabbitmq.management_url}
    subprocess.run([ROOT / "bin" / "tenglong", "topology"], env=environment, check=True, timeout=90)
    with connection(uri) as opened, opened.channel() as channel:
        channel.queue_unbind("projects.inbox.v1", "parcels.hearers", "land_released")

    _, found = examined(environment)
    assert found["bindings"]["state"] == "broken"
    assert "land_released" in found["bindings"]["said"]


def test_a_broker_that_does_not_answer_is_the_one_thing_said_of_it(installed):
    _, environment = installed
    code, found = examined({**environment, "AMQP_URI": "amqp://a:secret@127.0.0.1:9/x"})

    assert (code, found["broker"]["state"]) == (1, "broken")
    assert "secret" not in str(found)
    assert not found.keys() & {"topology", "parcels"}


def test_a_redis_that_may_lose_what_it_is_given_is_broken_or_to_be_looked_at_where_it_is_served():
    server = RedisServer(appendonly="no").start()
    try:
        (found,) = checks.store(Settings(redis_url=server.url))
        (served,) = checks.store(Settings(redis_url=server.url, store_at_risk="serve"))
    finally:
        server.discard()

    assert (found.state, found.remedy) == ("broken", "Set appendonly yes.")
    assert (served.state, served.remedy) == ("look", "Set appendonly yes.")
    (gone,) = checks.store(Settings(redis_url=server.url))
    assert gone.state == "broken"


@pytest.mark.parametrize(
    ("states", "code"),
    [("", 0), ("well", 0), ("well look well", 3), ("look broken well", 1), ("well broken", 1)],
)
def test_whoever_runs_it_every_night_sees_by_its_code_that_there_is_something_to_do(states, code):
    assert exit_code([checks.Finding("store", state, "") for state in states.split()]) == code


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("amqp://park:x@broker.example.org/", ["unencrypted"]),
        ("amqps://guest:x@broker.example.org/", ["guest"]),
        ("amqps://park:x@broker.example.org/", []),
        ("amqp://guest:x@localhost/", []),
    ],
)
def test_how_the_broker_is_spoken_to_is_looked_at(uri, said):
    found = list(checks._user(uri))

    assert len(found) == len(said)
    assert all(word in each.said for word, each in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 10, 31), "well"),
        (date(2026, 11, 1), "look"),
        (date(2030, 6, 1), "look"),
    ],
)
def test_the_next_years_working_days_are_asked_for_from_november_on(today, state):
    (found,) = checks.working_days(today)

    assert found.state == state
