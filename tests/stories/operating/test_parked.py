"""An operator works through hundreds of parked messages: what is there, what to mend first, what would become
of it, and then all of one cause at once. On a real broker and a real store."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import amqp
import kombu
import pytest

from backbone.errors import NotFound, Refused, Unavailable
from backbone.messages.envelope import Event, encode
from cli.parked import bulk, finding, shown
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import TOWNSHIP

ROOT = Path(__file__).parents[3]
EXPIRED, FOLLOWED, UNREADABLE, MISSPELT = 110, 20, 100, 100
REPORT = {
    "area_m2": "11781", "land_use": "industrial", "planned_use": "industrial", "in_zone": True,
    "surveyed_on": "2023-07-20",
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(rabbitmq, redis_server):
    """Parcels with 350 parked messages: reports that expired while it was down, with later ones of the same
    plots behind some of them, and facts that are none or lack a field."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", ["parcels"], uri, url) as host:
        host.stop()
        with kombu.Connection(uri) as connection:
            channel = connection.channel()
            for number in range(EXPIRED):
                publish(channel, report(host, number), expiration="100")
            dead = kombu.Queue("parcels.dead.v1", channel=channel)
            eventually(lambda: dead.queue_declare(passive=True).message_count == EXPIRED, 60)
            host.start()
            eventually(lambda: parked(host)["EXPIRED"] == EXPIRED, 60)
            for number in (*range(FOLLOWED), *range(FOLLOWED)):
                publish(channel, report(host, number))
            for number in range(UNREADABLE):
                publish(channel, b"no fact %d" % number)
            for number in range(MISSPELT):
                data = {"parcel_id": plot(1000 + number)}
                source, type_ = "/services/projects", "projects.award_voided"
                publish(
                    channel, encode(Event(id=f"v-{number}", source=source, type=type_, data=data))
                )
        eventually(lambda: parked(host).total() == 350, 60)
        yield host, {**os.environ, "AMQP_URI": uri, "COLUMNS": "200"}


def plot(number: int) -> str:
    return f"{TOWNSHIP}-{number:04}"


def report(host: Host, number: int) -> dict[str, Any]:
    return host.event(TOWNSHIP, "parcel.registered", REPORT | {"parcel_id": plot(number)})


def publish(channel: Any, what: dict[str, Any] | bytes, **properties: str) -> None:
    """A township's report, or what projects announces."""
    body = what if isinstance(what, bytes) else json.dumps(what).encode()
    message = amqp.Message(body, content_type="application/json", delivery_mode=2, **properties)
    to = ("projects.events", "award_voided")
    if isinstance(what, dict):
        to = ("township.events", f"{TOWNSHIP}.parcel.registered")
    channel.basic_publish_confirm(message, *to)


def surveyed(host: Host) -> set[str]:
    """The plots in the register, with the area of the reports."""
    found = host.call("parcels", "list_parcels", limit=200)["items"]
    return {each["parcel_id"] for each in found if each["area_m2"] == "11781"}


def parked(host: Host) -> Counter[str]:
    """How many of each cause."""
    return Counter(each["cause"] for each in host.call("parcels", "list_parked", limit=1000))


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`tenglong parked …`, as an operator types it."""
    command = [str(ROOT / "bin" / "tenglong"), "parked", *arguments]
    return subprocess.run(
        command, env=environment, text=True, capture_output=True, timeout=120, check=False
    )


def told(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


BY = ("--by", "night desk")
FAST = ("--per-second", "500")


def test_the_causes_are_counted_with_how_many_wait_behind_each_and_an_example(installed):
    _, environment = installed
    groups = told(run(environment, "list", "parcels", "--by-cause", "--json"))

    assert {each["cause"]: (each["count"], each["heads"], each["waiting"]) for each in groups} == {
        "EXPIRED": (EXPIRED, EXPIRED, 2 * FOLLOWED),
        "INVALID": (MISSPELT, MISSPELT, 0),
        "NOT_JSON": (UNREADABLE, UNREADABLE, 0),
        "WAITS_BEHIND": (2 * FOLLOWED, 0, 0),
    }
    (expired,) = [each for each in groups if each["cause"] == "EXPIRED"]
    shown = told(run(environment, "show", "parcels", expired["example"]))
    assert (shown["cause"], shown["parked_at"]) == ("EXPIRED", expired["oldest"])
    assert "WAITS_BEHIND" in run(environment, "list", "parcels", "--by-cause").stdout


def test_the_list_of_what_to_mend_begins_with_what_most_wait_for(installed):
    _, environment = installed
    done = run(environment, "list", "parcels", "--heads", "--json", "--limit", "500")

    assert (done.returncode, [each["waiting"] for each in told(done)]) == (
        0,
        [2] * FOLLOWED + [0] * (310 - FOLLOWED),
    )
    some = run(environment, "list", "parcels", "--heads", "--cause", "INVALID", "--limit", "5")
    assert "WAITS_BEHIND" not in some.stdout
    assert "there are more: --limit" in some.stderr


def test_one_cause_is_listed_beyond_the_first_page(installed):
    _, environment = installed
    found = told(run(environment, "list", "parcels", "--cause", "NOT_JSON", "--json"))

    assert [each["cause"] for each in found] == ["NOT_JSON"] * UNREADABLE


def test_a_dry_run_says_what_would_be_accepted_and_what_not_and_does_nothing(installed):
    host, environment = installed
    before = parked(host)

    good = run(environment, "replay", "parcels", "--cause", "EXPIRED", *BY, "--dry-run", "--json")
    bad = run(environment, "replay", "parcels", "--cause", "NOT_JSON", *BY, "--dry-run")
    behind = run(environment, "replay", "parcels", "--cause", "WAITS_BEHIND", *BY, "--dry-run")
    short = run(environment, "replay", "parcels", "--cause", "INVALID", *BY, "--dry-run", "--json")
    every = run(environment, "replay-all", "parcels", *BY, "--dry-run", "--json")

    assert good.returncode == 0, good.stderr
    assert [(each["outcome"], each["count"]) for each in told(good)["outcomes"]] == [
        ("accepted", EXPIRED)
    ]
    assert (bad.returncode, behind.returncode, short.returncode) == (3, 3, 3)
    assert "kept" in bad.stdout
    assert "NOT_JSON" in bad.stdout
    assert f"{2 * FOLLOWED} more with this cause wait behind others" in behind.stderr
    (group,) = told(short)["outcomes"]
    assert (group["outcome"], group["code"], group["count"]) == ("kept", "INVALID", MISSPELT)
    assert (every.returncode, len(told(every)["judged"])) == (3, EXPIRED + UNREADABLE + MISSPELT)
    assert parked(host) == before


def test_what_would_be_accepted_is_better_not_given_up_and_the_dry_run_says_so(installed):
    _, environment = installed
    why = (*BY, "--reason", "a test", "--dry-run")

    assert run(environment, "discard", "parcels", "--cause", "EXPIRED", *why).returncode == 3
    assert run(environment, "discard", "parcels", "--cause", "NOT_JSON", *why).returncode == 0


def test_all_of_one_cause_are_sent_back_and_what_waited_follows(installed):
    host, environment = installed
    done = run(environment, "replay", "parcels", "--cause", "EXPIRED", *BY, *FAST)

    assert (done.returncode, f"replayed {EXPIRED}, left 0" in done.stdout) == (0, True), done.stderr
    eventually(lambda: parked(host) == {"INVALID": MISSPELT, "NOT_JSON": UNREADABLE}, 60)
    registered = {plot(number) for number in range(EXPIRED)}
    eventually(lambda: registered <= surveyed(host))  # the last of them waits for its turn


def test_what_a_replay_refuses_is_left_and_named_and_the_command_says_so(installed):
    host, environment = installed
    done = run(environment, "replay", "parcels", "--cause", "INVALID", *BY, *FAST)

    assert (done.returncode, f"replayed 0, left {MISSPELT}" in done.stdout) == (3, True)
    assert f"and {MISSPELT - 20} more" in done.stderr
    assert parked(host)["INVALID"] == MISSPELT


def test_all_of_one_cause_are_given_up_and_nothing_of_another(installed):
    host, environment = installed
    reason = ("--reason", "no facts", *FAST, "--json")
    done = run(environment, "discard", "parcels", "--cause", "NOT_JSON", *BY, *reason)

    assert done.returncode == 0, done.stderr
    assert (len(told(done)["discarded"]), told(done)["left"]) == (UNREADABLE, [])
    assert parked(host) == {"INVALID": MISSPELT}
    audit = told(run(environment, "audit", "parcels", "--limit", "1"))
    assert (audit[0]["reason"], audit[0]["by"]) == ("no facts", "guest for night desk")


@pytest.mark.parametrize(
    "wrong",
    [
        ("replay", "parcels", *BY),
        ("replay", "parcels", "x", "--cause", "INVALID", *BY),
        ("discard", "parcels", *BY, "--reason", "no"),
        ("list", "parcels", "--heads", "--by-cause"),
        ("list", "bakery", "--heads"),
    ],
)
def test_what_is_no_choice_of_messages_is_refused_before_anything_is_done(installed, wrong):
    _, environment = installed
    assert run(environment, *wrong).returncode == 2


# --- without a broker


def entry(parked_id: str, cause: str, waits_for: str | None = None, waiting: int = 0) -> Any:
    at = f"2026-11-29T09:{parked_id[1:]}:00+00:00"
    said = {"parked_id": parked_id, "cause": cause, "waits_for": waits_for, "waiting": waiting}
    return {**said, "parked_at": at, "sentence": f"of {parked_id}", "routing_key": "x"}


ENTRIES = [
    entry("m01", "WAITS_BEHIND", "m03"),
    entry("m02", "INVALID"),
    entry("m03", "RuntimeError", None, 1),
    entry("m04", "RuntimeError", "m02"),
    entry("m05", "WAITS_BEHIND", "lost"),
    entry("m06", "RuntimeError"),
]


def test_first_comes_what_most_wait_for_and_of_the_others_the_oldest():
    assert [each["parked_id"] for each in finding.heads(ENTRIES)] == ["m03", "m02", "m06"]


def test_the_example_of_a_cause_is_the_oldest_that_waits_for_nobody():
    group, *_ = finding.by_cause([entry("m00", "RuntimeError", "m03"), *ENTRIES])

    assert (group["cause"], group["count"], group["heads"], group["waiting"]) == (
        "RuntimeError", 4, 2, 1,
    )  # fmt: skip
    assert (group["oldest"][14:16], group["example"], group["sentence"]) == ("00", "m03", "of m03")


def test_when_a_message_was_parked_is_shown_by_the_clock_of_the_park():
    parked = [entry("m00", "INVALID") | {"attempts": 6}]

    for table in (shown.listed(parked), shown.grouped(finding.by_cause(parked))):
        cells = [cell for column in table.columns for cell in column.cells]
        assert "2026-11-29T17:00:00+08:00" in cells


def test_what_others_wait_for_and_is_not_parked_is_named():
    assert finding.held_from_elsewhere(ENTRIES) == {"lost": 1}


def test_what_waits_for_one_of_another_cause_is_not_sent_back_and_counts_as_left(monkeypatch):
    of_cause = [each for each in ENTRIES if each["cause"] == "RuntimeError"]
    monkeypatch.setattr(bulk.finding, "everything", lambda *_: of_cause)
    chosen = bulk.to_replay("parcels", "RuntimeError")

    assert [each["parked_id"] for each in chosen.entries] == ["m03", "m06"]
    assert [each["parked_id"] for each in chosen.held_up] == ["m04"]


def test_what_would_stay_stands_above_what_would_go_in_the_groups_of_a_dry_run():
    reason = {"code": "INVALID", "sentence": "Give it."}
    verdicts = [
        {"parked_id": name, "outcome": outcome, "note": None, "reasons": why}
        for name, outcome, why in (
            ("m1", "accepted", []), ("m2", "kept", [reason]), ("m3", "accepted", []),
            ("m4", "kept", [reason]), ("m5", "parked", [reason | {"code": "KeyError"}]),
        )
    ]  # fmt: skip

    assert [
        (e["outcome"], e["code"], e["count"], e["example"]) for e in bulk.counted(verdicts)
    ] == [
        ("kept", "INVALID", 2, "m2"),
        ("parked", "KeyError", 1, "m5"),
        ("accepted", None, 2, "m1"),
    ]


class Caller:
    """A service that answers as it is told, message by message."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers, self.asked = iter(answers), []

    def __call__(self, *_: Any) -> Caller:
        return self

    def replay_parked(self, parked_id: str, by: str) -> None:
        self.asked.append(parked_id)
        if problem := next(self.answers):
            raise problem


def in_turn(monkeypatch, service: Caller, count: int, per_second: float = 1e6) -> bulk.Done:
    monkeypatch.setattr(bulk, "Caller", service)
    monkeypatch.setattr(bulk, "broker_uri", lambda: "amqp://nowhere")
    entries = [{"parked_id": f"m{number}"} for number in range(count)]
    return bulk.each_in_turn("parcels", "replay_parked", entries, per_second, by="me")


def test_one_that_followed_by_itself_meanwhile_is_not_left(monkeypatch):
    gone, no = NotFound.of("parked message", "parked_id"), Refused([])
    done = in_turn(monkeypatch, Caller(None, gone, no), 3)

    assert (done.done, done.gone, list(done.left)) == (["m0"], ["m1"], ["m2"])


def test_a_service_that_goes_away_ends_the_work_with_how_many_were_not_reached(monkeypatch):
    service = Caller(None, Unavailable("away"))
    done = in_turn(monkeypatch, service, 5)

    assert (service.asked, done.silent, done.not_reached) == (["m0", "m1"], "away", 4)


def test_no_more_are_sent_back_a_second_than_was_asked_for(monkeypatch):
    now, at = [0.0], []
    clock = SimpleNamespace(
        monotonic=lambda: now[0], sleep=lambda s: now.__setitem__(0, now[0] + s)
    )
    monkeypatch.setattr(bulk, "time", clock)

    for _ in bulk._slowly([{}] * 10, 4):
        at.append(now[0])
        now[0] += 0.1  # it takes a while, too

    assert {round(after - before, 6) for before, after in pairwise(at)} == {0.25}


def test_those_that_wait_are_given_up_before_what_they_wait_for(monkeypatch):
    """Else they would follow it to their queue."""
    entries = [
        {"parked_id": "first", "waits_for": None},
        {"parked_id": "behind", "waits_for": "first"},
    ]
    monkeypatch.setattr(bulk.finding, "everything", lambda *_: entries)

    chosen = bulk.to_discard("parcels", "INVALID")

    assert [each["parked_id"] for each in chosen.entries] == ["behind", "first"]
