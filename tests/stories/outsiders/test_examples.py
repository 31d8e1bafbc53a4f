"""The programs in examples/ do what docs/rpc.md promises, against the real park."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.doorway import Host
from tests.support.park import SERVICES, TOWNSHIP, Story

EXAMPLES = Path(__file__).parents[3] / "examples"
IN = {"python": ([sys.executable], "py"), "javascript": (["node"], "mjs")}


@pytest.fixture(scope="module")
def uri(rabbitmq):
    rabbitmq.ensure_up()
    return rabbitmq.new_vhost()


@pytest.fixture(scope="module")
def real_park(uri, redis_server):
    redis_server.ensure_up()
    subprocess.run([EXAMPLES / "install"], check=True, timeout=120)
    with Host("park", SERVICES, uri, redis_server.new_url()) as host:
        yield host


@pytest.fixture(params=IN)
def example(request, uri):
    """Runs an example: `example("call", "parcels", …)`."""
    program, ending = IN[request.param]

    def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, EXAMPLES / f"{name}.{ending}", *arguments],
            env={**os.environ, "AMQP_URI": uri},
            text=True,
            capture_output=True,
            timeout=120,
        )

    return run


def test_an_outsider_publishes_with_a_confirm_reads_the_receipt_and_calls(real_park, example):
    type_, data = Story(real_park).parcel()

    published = example("publish", TOWNSHIP, type_, json.dumps(data))
    assert published.returncode == 0, published.stderr
    assert json.loads(published.stdout)["outcome"] == "accepted"

    called = example("call", "parcels", "get_parcel", json.dumps({"parcel_id": data["parcel_id"]}))
    assert called.returncode == 0, called.stderr
    assert json.loads(called.stdout)["parcel_id"] == data["parcel_id"]


def test_an_outsider_is_told_why_not(real_park, example):
    refused = example("publish", TOWNSHIP, "parcel.registered", '{"parcel_id": "x"}')
    assert json.loads(refused.stdout)["outcome"] == "refused"
    assert json.loads(refused.stdout)["reasons"]

    called = example("call", "parcels", "get_parcel", '{"parcel_id": "none-such"}')
    assert called.returncode == 1
    assert called.stderr.startswith("NotFound: ")


@pytest.mark.parametrize(
    "asked",
    [
        ["call.py", "parcels", "get_parcel", "{}"],
        ["publish.py", TOWNSHIP, "parcel.registered", "{}"],
    ],
)
def test_before_the_services_are_started_one_line_says_what_to_start(rabbitmq, asked):
    rabbitmq.ensure_up()
    name, *arguments = asked
    ended = subprocess.run(
        [sys.executable, EXAMPLES / name, *arguments],
        env={**os.environ, "AMQP_URI": rabbitmq.new_vhost()},
        text=True,
        capture_output=True,
        timeout=120,
    )

    [said] = ended.stderr.splitlines()
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "no exchange" in said
    assert said.endswith("start the broker of AMQP_URI, and the services at it")


@pytest.mark.parametrize(
    "story", ["land_desk_week", "township_year", "investment_month", "operator_night"]
)
def test_a_whole_story_runs_as_a_program_of_its_own(real_park, uri, story):
    told = subprocess.run(
        [sys.executable, "-W", "error", "-m", f"examples.{story}"],
        cwd=EXAMPLES.parent,
        env={**os.environ, "AMQP_URI": uri},
        text=True,
        capture_output=True,
        timeout=120,
    )

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout
