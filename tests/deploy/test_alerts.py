"""The alerts: each fires when it should and not otherwise, and asks for what the services tell."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from cli.alarms import runbooks
from tests.support.children import HOST
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story
from tests.support.watching import Prometheus

ROOT = Path(__file__).parents[2]
RULES = ROOT / "deploy/monitoring/rules.yaml"
RUNBOOKS = ROOT / "docs/runbooks"
ALL_RULES: dict[str, Any] = {
    rule.get("alert") or rule["record"]: rule
    for group in yaml.safe_load(RULES.read_text())["groups"]
    for rule in group["rules"]
}
ALERTS = {name: rule for name, rule in ALL_RULES.items() if "alert" in rule}
SCALED = [
    trigger["metadata"]["query"]
    for each in yaml.safe_load_all(
        (ROOT / "deploy/k8s/components/autoscaling/services.yaml").read_text()
    )
    for trigger in each["spec"]["triggers"]
    if trigger["type"] == "prometheus"
]
COMPARED, GROUPED = re.compile(r"\s(?:[=!]=|[<>]=?)\s"), re.compile(r"\b(?:by|on) \(([^)]+)\)")
PAGES = sorted({rule["annotations"]["runbook_url"] for rule in ALERTS.values()})
IN_EACH = ("**What it means.**", "## Look here", "## Do this", "## It is over when")

ALL = {f'tenglong_ready{{service="{name}"}}': "1x30" for name in SERVICES}
LEADER = 'tenglong_relay_leader{service="parcels",instance="a"}'
OTHER = 'tenglong_relay_leader{service="parcels",instance="b"}'
INBOX = '{vhost="/",queue="parcels.inbox.v1"}'
LENGTH, CONSUMERS = (
    f"rabbitmq_detailed_queue_{name}{INBOX}" for name in ("messages_ready", "consumers")
)
SENT = '{publisher="330604006",type="firm.reported"'
RECEIVED, REFUSED = (
    f"tenglong_received_total{SENT}}}",
    f'tenglong_refused_total{SENT},code="INVALID"}}',
)

AGE = 'tenglong_heartbeat_age_seconds{passed_by="projects",instance="%s"}'

DAY_S = 86_400


def ends_in(days: float, **labels: str) -> dict[str, str]:
    """A certificate that ends so many days after minute 30."""
    given = {"service": "parcels", "to": "broker", "whose": "server", **labels}
    named = ",".join(f'{name}="{value}"' for name, value in given.items())
    name = f"tenglong_certificate_ends_timestamp_seconds{{{named}}}"
    return {name: f"{30 * 60 + days * DAY_S:.0f}x30"}


# series that make an alert fire by minute 30, and series near them that do not
TRIED: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "ServiceDown": (
        {'up{job="tenglong"}': "0x30"},
        {'up{job="tenglong"}': "1x30", 'up{job="x"}': "0x30"},
    ),
    "ServiceMissing": ({**ALL, 'tenglong_ready{service="notify"}': "_x30"}, ALL),
    "ServiceNotReady": (
        {**ALL, 'tenglong_ready{service="parcels"}': "1x20 0x10"},
        {**ALL, 'tenglong_ready{service="parcels"}': "1x28 0 0"},
    ),
    "LoopStalls": (
        {"tenglong_loop_stall_seconds": "1.2x30"},
        {"tenglong_loop_stall_seconds": "1x30"},
    ),
    "TimerFails": (
        {'tenglong_timer_ticks_total{result="failed"}': "0+1x30"},
        {'tenglong_timer_ticks_total{result="done"}': "0+1x30"},
    ),
    "StoreForgotten": (
        {"tenglong_store_forgotten": "0x29 1"},
        {"tenglong_store_forgotten": "0x30"},
    ),
    "StoreAtRisk": (
        {'tenglong_store_at_risk{cause="evicts"}': "1x30"},
        {'tenglong_store_at_risk{cause="evicts"}': "0x30"},
    ),
    "MessagesParked": ({"tenglong_parked_now": "0x25 1x5"}, {"tenglong_parked_now": "0x30"}),
    "OutboxWaits": (
        {"tenglong_outbox_oldest_seconds": "0x20 61+60x10"},
        {"tenglong_outbox_oldest_seconds": "60x30"},
    ),
    "HeartbeatLate": (
        {AGE % "a": "0+60x30", AGE % "b": "0+60x30"},
        {AGE % "a": "30x30", AGE % "b": "0+60x30"},
    ),
    "RelayNotOne": ({LEADER: "0x30", OTHER: "0x30"}, {LEADER: "1x30", OTHER: "0x30"}),
    "FactsUnroutable": (
        {"tenglong_unroutable_total": "0x28 1 1"},
        {"tenglong_unroutable_total": "7x30"},
    ),
    "TopologyLost": (
        {'tenglong_missing_queues_total{queue="q"}': "0x28 1 1"},
        {'tenglong_missing_queues_total{queue="q"}': "3x30"},
    ),
    "CertificateEnds": (ends_in(2.99), ends_in(3.01)),
    "CertificateEndsSoon": (ends_in(20.99), ends_in(21.01)),
    "QueueGrows": ({LENGTH: "10001x30"}, {LENGTH: "0x25 20000x5"}),
    "QueueWithoutConsumer": ({CONSUMERS: "1x20 0x10"}, {CONSUMERS: "1x30"}),
    "FeedMostlyRefused": (
        {RECEIVED: "0+10x30", REFUSED: "0+6x30"},
        {RECEIVED: "0+10x30", REFUSED: "0+4x30"},
    ),
    "DeliveriesFail": (
        {'tenglong_deliveries_total{channel="email",state="given_up"}': "0x28 1 1"},
        {'tenglong_deliveries_total{channel="email",state="delivered"}': "0+1x30"},
    ),
}


def test_each_alert_is_tried():
    assert set(TRIED) == set(ALERTS)


@pytest.mark.parametrize("alert", ALERTS)
def test_it_fires_when_it_should_and_not_otherwise(alert, tmp_path):
    fires, quiet = TRIED[alert]
    said = tried(alert, fires, True, tmp_path) + tried(alert, quiet, False, tmp_path)

    assert said == ""


def test_a_heartbeat_that_never_came_through_projects_is_late_too(tmp_path):
    only_parcels = {AGE.replace("projects", "parcels") % "a": "30x30"}

    assert tried("HeartbeatLate", only_parcels, True, tmp_path) == ""


REPORTS = "0x10 1 2 3 4 5 6 7 8 8x12"  # fewer than ten
OF_A_QUEUE = 'rabbitmq_detailed_queue_%s{vhost="/",queue="%s"}'
# what else makes an alert fire, or nearly: each side of an `or`, and what is left out on purpose
MORE: list[tuple[str, str, bool, dict[str, str]]] = [
    *(
        ("ServiceMissing", f"no {name}", True, {**ALL, f'tenglong_ready{{service="{name}"}}': "_x30"})
        for name in SERVICES
    ),
    *(
        ("TopologyLost", what, True, {f"tenglong_missing_{what}_total": "0x28 1 1"})
        for what in ("exchanges", "bindings")
    ),
    *(
        ("TopologyLost", f"{what} of old", False, {f"tenglong_missing_{what}_total": "3x30"})
        for what in ("exchanges", "bindings")
    ),
    ("RelayNotOne", "two say so", True, {LEADER: "1x30", OTHER: "1x30"}),
    ("RelayNotOne", "one takes over", False, {LEADER: "1x29 1 0", OTHER: "0x29 1 1"}),
    ("FeedMostlyRefused", "few reports", False, {RECEIVED: REPORTS, REFUSED: REPORTS}),
    ("HeartbeatLate", "it comes again", False, {AGE % "a": "0+60x25 30x4"}),
    ("CertificateEnds", "it has ended", True, ends_in(-1)),
    ("CertificateEnds", "one of two", True, ends_in(90) | ends_in(1, whose="ours")),
    ("CertificateEndsSoon", "it was renewed", False, {
        name: f"{values.removesuffix('x30')}x26 {90 * DAY_S}x4"
        for name, values in ends_in(1).items()
    }),
    (
        "DeliveriesFail", "refused for good", True,
        {'tenglong_deliveries_total{channel="email",state="failed"}': "0x28 1 1"},
    ),
    *(
        ("QueueGrows", queue, grows, {OF_A_QUEUE % ("messages_ready", queue): "10001x30"})
        for queue, grows in (
            ("parcels.strays.v1", True), ("notify.deliveries.v1", True), ("receipts-330604006", False),
        )
    ),
    *(
        ("QueueWithoutConsumer", queue, lacks, {OF_A_QUEUE % ("consumers", queue): "0x30"})
        for queue, lacks in (("parcels.strays.v1", True), ("receipts-330604006", False))
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("alert", "fires", "series"),
    [pytest.param(*(m[0], m[2], m[3]), id=f"{m[0]}: {m[1]}") for m in MORE],
)
def test_each_side_of_an_or_makes_it_fire_and_what_is_left_out_does_not(
    alert, fires, series, tmp_path
):
    assert tried(alert, series, fires, tmp_path) == ""


def test_what_is_tried_can_fail(tmp_path):
    fires, quiet = TRIED["MessagesParked"]

    assert "FAILED" in tried("MessagesParked", quiet, True, tmp_path)
    assert "FAILED" in tried("MessagesParked", fires, False, tmp_path)


def tried(alert: str, series: dict[str, str], fires: bool, folder: Path) -> str:
    """What promtool has against it that the alert fires, or is quiet, in minute 30 of these series."""
    given = [{"series": name, "values": values} for name, values in series.items()]
    count = f'count(ALERTS{{alertname="{alert}",alertstate="firing"}}) > bool 0 or vector(0)'
    expected = [{"value": 1, "labels": "{}"}] if fires else [{"value": 0, "labels": "{}"}]
    test = {
        "interval": "1m",
        "input_series": given,
        "promql_expr_test": [{"expr": count, "eval_time": "30m", "exp_samples": expected}],
    }
    file = folder / f"{alert}-{fires}.yaml"
    file.write_text(
        yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]})
    )
    ran = subprocess.run(["promtool", "test", "rules", file], capture_output=True, text=True)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.mark.parametrize("alert", ALERTS)
def test_it_says_whom_it_wakes_and_where_its_page_is(alert):
    rule = ALERTS[alert]

    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["annotations"]["summary"].endswith(".")
    assert f"# {alert}" in page(rule) or f", {alert}" in page(rule)
    assert f"[{alert}" in index() or f", {alert}]" in index()


@pytest.mark.parametrize("url", PAGES)
def test_a_page_says_what_it_means_where_to_look_what_to_do_and_when_it_is_over(url):
    text = page_at(url)

    assert [part for part in IN_EACH if part not in text] == []
    assert {Path(each).name for each in PAGES} | {"README.md"} == {
        each.name for each in RUNBOOKS.iterdir()
    }


def page(rule: dict[str, Any]) -> str:
    return page_at(rule["annotations"]["runbook_url"]).splitlines()[0]


def page_at(url: str) -> str:
    """The page at this address, if people reach those of `tenglong alarms` where the rules say."""
    base = urlsplit(runbooks.BASE)
    assert url.startswith(f"{base.scheme}://{base.netloc}/")
    found = runbooks.page(urlsplit(url).path)
    assert found, url
    return found.decode()


def index() -> str:
    return (RUNBOOKS / "README.md").read_text()


# --- beside a park that runs


@pytest.mark.parametrize("rule", ALL_RULES)
def test_whatever_a_rule_asks_for_is_told_with_the_labels_that_it_wants(watched, rule):
    assert watched.untold(ALL_RULES[rule]["expr"]) == []


@pytest.mark.parametrize("rule", ALL_RULES)
def test_a_rule_is_answered_by_the_labels_that_it_groups_by(watched, rule):
    expr = ALL_RULES[rule]["expr"]
    labels = {each for found in GROUPED.findall(expr) for each in found.split(", ")}
    answers = eventually(lambda: watched.query(uncompared(expr)), 20)

    assert [each["metric"] for each in answers if not labels <= set(each["metric"])] == []


def uncompared(expr: str) -> str:
    """The expression with a sum where it compares, so that it is answered while all is well."""
    return COMPARED.sub(" + ", expr).replace("absent(", "(")


def test_what_a_rule_asks_for_can_be_untold(watched):
    assert watched.untold('up{job="tenglongs"} == 0') == ['up{job="tenglongs"}']


@pytest.mark.parametrize("query", SCALED)
def test_what_the_number_of_replicas_follows_is_one_figure(watched, query):
    assert len(eventually(lambda: watched.query(query), 20)) == 1


def test_a_park_that_is_well_and_at_work_wakes_nobody(asking):
    assert asking == []


@pytest.fixture
def alarmed(park, tmp_path):
    """A Prometheus for which one refusal is most of a feed."""
    rule = {"alert": "FeedMostlyRefused", "expr": "sum by (publisher) (tenglong_refused_total) > 0"}
    rules = tmp_path / "rules.yaml"
    rules.write_text(yaml.safe_dump({"groups": [{"name": "quick", "rules": [rule]}]}))
    jobs = {"tenglong": [f"{HOST}:{park.ports['parcels']}"]}
    server = Prometheus(jobs, rules, {"scrape_configs": [{"job_name": "tenglong"}]}).start()
    yield server
    server.discard()


def test_a_township_whose_feed_is_mostly_refused_is_told_where_it_subscribed(park, alarmed):
    story = Story(park)
    own = {"channel": "log", "address": "own", "townships": [story.township]}
    kinds = ["feed_mostly_refused"]
    subscribed = story.write("notify", "subscribe", name="its office", kinds=kinds, **own)
    story.publish("parcel.registered", {})
    eventually(lambda: alarmed.query(f'ALERTS{{publisher="{story.township}"}}'), 20)

    for _ in range(2):
        command = ["township", "refused", "--tell", "--prometheus", alarmed.url]
        said = subprocess.run(
            [sys.executable, "-m", "cli", *command],
            env=park.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert said.stdout == f"{story.township} mostly refused, told\n", said.stderr

    [alert] = eventually(
        lambda: park.call("notify", "list_alerts", filter={"kind": kinds[0]})["items"]
    )
    assert alert["township"] == story.township
    assert subscribed["subscription_id"] in alert["recipients"]


def test_who_asks_a_prometheus_that_is_not_there_hears_so(park):
    said = subprocess.run(
        [sys.executable, "-m", "cli", "township", "refused", "--prometheus", f"http://{HOST}:9"],
        env=park.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert "Prometheus does not answer at" in said.stderr
