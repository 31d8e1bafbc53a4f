"""The platform's own heartbeat goes the way of a report, and nothing else goes its way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.heartbeat import command
from tests.support.eventually import eventually

SAMPLES = Path(__file__).parents[2] / "contracts/samples/township"
PLATFORM = "heartbeat"
FRESH_S = 600  # far less than the two hours of an old one


def beat(park, publisher=PLATFORM, ago=timedelta()):
    sent_at = (datetime.now(UTC) - ago).isoformat()
    return park.publish(publisher, "heartbeat", {"sent_at": sent_at}, time=sent_at)


def age_s(park, service):
    """How old the newest heartbeat is that came through this service, as notify says; none if none came."""
    name = "tenglong_heartbeat_age_seconds"
    return park.metric("notify", name, passed_by=service) or None


def is_fresh(park, service):
    age = age_s(park, service)
    return age is not None and age < FRESH_S


def test_a_heartbeat_comes_through_parcels_and_projects_to_notify(park):
    assert beat(park)["outcome"] == "accepted"

    eventually(lambda: is_fresh(park, "parcels"))
    eventually(lambda: is_fresh(park, "projects"))


def test_an_old_heartbeat_that_comes_late_makes_the_newest_one_no_older(park):
    beat(park)
    eventually(lambda: is_fresh(park, "projects"))

    beat(park, ago=timedelta(hours=2))
    eventually(lambda: len(late_ones(park)) >= 1)

    assert is_fresh(park, "projects")


def late_ones(park):
    before = datetime.now(UTC) - timedelta(hours=1)
    told = [fact["data"]["sent_at"] for fact in park.facts("projects.heartbeat_heard")]
    return [at for at in told if datetime.fromisoformat(at) < before]


class Stopped(Exception):
    """Somebody ends the program."""


def test_who_reads_what_is_wrong_with_it_reads_once_when_it_is_well_again(monkeypatch, capsys):
    told = iter([None, "It has no receipt.", "It has no receipt.", None, None])

    def beat_of(_uri, _wait_s):
        for each in told:
            return each
        raise Stopped

    monkeypatch.setattr(command, "beat", beat_of)
    monkeypatch.setattr(command, "broker_uri", lambda: "amqp://h/")
    monkeypatch.setattr(command.time, "sleep", lambda _: None)
    with pytest.raises(Stopped):
        command.heartbeat(60)

    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[2] for line in lines] == [
        "It has no receipt.",
        "It has no receipt.",
        "It is well again: parcels takes it.",
    ]
    assert all(line.partition(" ")[0].endswith("+08:00") for line in lines)


def test_no_township_sends_it(park, story):
    refused = beat(park, story.township)

    assert refused["outcome"] == "refused"
    assert [reason["code"] for reason in refused["reasons"]] == ["NOT_THE_PLATFORM"]


def test_who_sends_the_heartbeat_can_report_nothing_else(park):
    outcomes = {}
    for file in SAMPLES.glob("*.json"):
        if file.stem != "heartbeat":
            own = file.read_text().replace("330604006-", f"{PLATFORM}-")
            outcomes[file.stem] = park.publish(PLATFORM, file.stem, json.loads(own))["outcome"]

    assert outcomes == dict.fromkeys(outcomes, "refused")


def test_nothing_is_kept_of_a_heartbeat_and_it_is_no_township_that_reports(park):
    beat(park)
    eventually(lambda: is_fresh(park, "projects"))

    feeds = park.call("notify", "list_township_feeds")["items"]
    assert [feed for feed in feeds if feed["feed_id"] == PLATFORM] == []
    assert park.call("notify", "list_alerts", filter={"subject": PLATFORM})["items"] == []
