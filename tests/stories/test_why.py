"""Why a thing is as it is: what said it, which rule holds it, what it rests on, in all services."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.why.finding import JUDGED, explain, kinds
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def worked(rabbitmq, redis_server):
    """A plot on the soil registry whose case was accepted, and one that is on offer."""
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as park:
        barred, offered = Story(park), Story(park)
        for story in (barred, offered):
            story.tell(story.reports())
            story.record_soil(on_registry=story is barred)
        eventually(lambda: offered.listing())
        yield barred, offered, {**os.environ, "AMQP_URI": uri, "COLUMNS": "220"}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "bin" / "tenglong", "explain", *arguments],
        env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip


def explained(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    ran = run(environment, *arguments, "--json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_a_case_says_what_said_its_state_and_which_article_bars_its_land(worked):
    barred, _, environment = worked
    found = explained(environment, "case", barred.case_id)

    state = next(each for each in found["fields"] if each["field"] == "state")
    assert state["by"]["type"] == "remediation.completed"
    assert any("66" in each["source"] for each in found["rules"])
    assert {(each["thing"], each["id"]) for each in found["rests_on"]} >= {
        ("parcel", barred.parcel_id)
    }
    shown = run(environment, "case", barred.case_id).stdout
    assert "remediation.completed" in shown
    assert "66" in shown


def test_a_listing_rests_on_a_case_and_a_parcel_of_another_service(worked):
    _, offered, environment = worked
    found = explained(environment, "listing", offered.listing()["listing_id"])

    rests_on = {each["thing"]: each for each in found["rests_on"]}
    assert rests_on["case"]["service"] == "parcels"
    assert rests_on["case"]["by"]["type"] == "remediation.completed"
    assert rests_on["parcel"]["id"] == offered.parcel_id


def test_what_there_is_not_is_told_with_what_there_is(worked):
    _, _, environment = worked
    nobody = run(environment, "parcel", "330604006-NONE")
    unknown = run(environment, "parcell", "x")
    twice = run(environment, "plot", "x")

    assert (nobody.returncode, "NOT_FOUND" in nobody.stderr) == (1, True)
    assert (unknown.returncode, "parcel" in unknown.stderr) == (2, True)
    assert (twice.returncode, "enterprises.plot" in twice.stderr) == (2, True)


def test_every_kind_that_a_service_keeps_can_be_asked_for():
    asked: list[tuple[str, str]] = []

    def ask(service: str, method: str, **arguments: Any) -> Any:
        asked.append((service, method))
        thing = {"thing": arguments.get("thing"), "id": arguments.get("id")}
        return {**thing, "fields": []} if method == "explain_thing" else {}

    for kind, homes in kinds().items():
        for service, _ in homes:
            assert explain(ask, service, kind, "x")["thing"] == kind
    assert {service for service, _ in asked} == set(SERVICES)
    assert set(JUDGED) <= set(kinds())


def test_a_kind_without_a_history_is_not_shown_as_of_a_moment(worked):
    _, offered, environment = worked
    moment = "2023-08-31T12:00:00+08:00"
    refused = run(environment, "parcels.held_codes", offered.parcel_id, "--as-of", moment)

    assert (refused.returncode, "no history is kept" in refused.stderr) == (1, True)
