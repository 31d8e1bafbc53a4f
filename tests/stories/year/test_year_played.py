"""A year that is played through the broker into a park of its own, and what the commands tell of it."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.doorway import Host
from tests.support.park import SERVICES
from year.plan import LEAST_PLOTS, of_size
from year.stream import year

ROOT = Path(__file__).parents[3]
DAY = "2023-07-31"
OWNERS = {"parcels", "enterprises", "projects"}
LINES = [json.loads(line) for line in year(of_size(1, LEAST_PLOTS))]
TAKEN = {
    each["event"]["id"]: each["event"]
    for each in LINES
    if "event" in each and each.get("meant") != "mistyped"
}


@pytest.fixture(scope="module")
def park(rabbitmq: RabbitMQ, redis_server: RedisServer) -> Iterator[Host]:
    """The year evaluates every firm of a small park: there are no others in this one."""
    with Host("park", SERVICES, rabbitmq.new_vhost(), redis_server.new_url()) as host:
        yield host


def told(park: Host, *command: str) -> Any:
    """What `tenglong … --json` tells."""
    ran = subprocess.run(
        [ROOT / "bin" / "tenglong", *command, "--json"],
        env={**os.environ, "AMQP_URI": park.env["AMQP_URI"]},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout)


def ids(name: str, of: str) -> set[str]:
    """The things that the events of this type, or the commands of this method, speak of."""
    calls = [each["call"]["kwargs"] for each in LINES if each.get("call", {}).get("method") == of]
    told_by = [each["data"] for each in TAKEN.values() if each["type"] == of] + calls
    return {each[name] for each in told_by}


@pytest.fixture(scope="module")
def played(park: Host) -> Any:
    return told(park, "year", "--plots", str(LEAST_PLOTS), "--play")


def test_every_event_and_command_of_a_year_is_answered_over_the_broker(played):
    sent = Counter("call" in each for each in LINES)
    events, commands = played["events"], played["commands"]

    assert (events["sent"], commands["sent"]) == (sent[False], sent[True])
    assert (events["accepted"], commands["accepted"]) == (len(TAKEN), sent[True])
    assert events["duplicate"] == sum(each.get("meant") == "doubled" for each in LINES)
    assert events["refused as meant"] == sum(each.get("meant") == "mistyped" for each in LINES)
    refused = [each[name] for each in (events, commands) for name in ("refused", "unanswered")]
    assert (refused, played["reasons"]) == ([0] * 4, [])


def test_the_overview_and_the_report_tell_the_same_figures_of_the_year(park, played):
    page = told(park, "overview", "--on", DAY)
    report = told(park, "report", "monthly", "--on", DAY)

    assert (page["unreachable"], page["missing"], report["unreachable"]) == ([], [], [])
    figures = {each["figure"]: each for topic in page["topics"] for each in topic["figures"]}
    assert int(figures["plots_surveyed"]["value"]) == LEAST_PLOTS
    assert int(figures["policy_articles"]["value"]) >= len(ids("policy_id", "record_policy"))
    assert int(figures["new_domestic_firms"]["value"]) > 0
    reported = [each for section in report["sections"] for each in section["figures"]]
    assert {each["service"] for each in reported} == OWNERS
    of_page = [each["told"] for each in reported if each["told"]["figure"] in figures]
    assert {each["figure"]: each for each in of_page} == figures
    assert (report["zone_report_id"], report["issued_on"]) == ("monthly-2023-07", None)


def test_what_is_due_of_the_year_is_told_of_its_cases_and_its_platforms(park, played):
    found = told(park, "due", "--on", DAY, "--within", "200", "--limit", "200")

    assert found["unreachable"] == []
    due = {(each["service"], each["what"], each["thing_id"]) for each in found["dues"]}
    of_cases = {("parcels", "follow_up", e) for e in ids("case_id", "remediation.completed")}
    assert due & of_cases
    targets = [each for each in found["dues"] if each["what"] == "target"]
    assert {each["about_id"] for each in targets} & ids("platform_id", "record_platform")
    late = [each for each in found["dues"] if each["days_late"] > 0]
    assert late
    assert all(each["due_on"] < DAY for each in late)


def test_what_became_of_the_deadlines_of_the_year_is_told_by_every_service(park, played):
    period = ("--from", "2022-07-01", "--to", "2023-07-31")
    found = told(park, "due", "--done", *period, "--limit", "500")

    accepted = ids("case_id", "remediation.completed")
    work = {
        each["thing_id"]: each["outcome"] for each in found["outcomes"] if each["what"] == "work"
    }
    assert accepted & {*work}
    assert all(outcome != "missed" for case_id, outcome in work.items() if case_id in accepted)
    assert {each["service"] for each in found["outcomes"]} == OWNERS
    assert found["met_found"] > 0


def test_every_report_of_the_year_has_its_time_in_the_township_that_sent_it(park, played):
    found = told(park, "township", "times")

    assert found["unreachable"] == []
    rows = [each for each in found["townships"] if each["reports_found"]]
    timed, sent = Counter[str](), Counter[str]()
    for row in rows:
        timed[row["township"]] += row["to_receipt"]["counted"]
    for event in TAKEN.values():
        sent[event["source"].rpartition("/")[2]] += 1
    assert timed == sent
    assert all(row["to_receipt"]["longest_s"] >= row["to_receipt"]["median_s"] > 0 for row in rows)
