"""When each alert fires, after how long and beyond what, and when it does not: tried with promtool."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from backbone.amqp import topology
from services import wiring
from services.installation import HOMES, TOWNSHIPS

from .test_alerts import ALERTS

Series = dict[str, str]


class Tried(NamedTuple):
    """The minutes that it waits, and series with which it fires, or not, in minute 30. Of each threshold
    there is one just beyond it and one that just reaches it."""

    waits: int
    fires: dict[str, Series]
    quiet: dict[str, Series]


ALL = {f'tenglong_ready{{service="{name}"}}': "1x30" for name in HOMES}
LEADER = 'tenglong_relay_leader{service="parcels",instance="a"}'
OTHER = 'tenglong_relay_leader{service="parcels",instance="b"}'
SENT = '{publisher="330604006",type="firm.reported"'
RECEIVED, REFUSED = (
    f"tenglong_received_total{SENT}}}",
    f'tenglong_refused_total{SENT},code="INVALID"}}',
)
TEN, NINE = (f"0x9 {' '.join(map(str, range(1, most)))} {most}x11" for most in (10, 9))
AGE = 'tenglong_heartbeat_age_seconds{passed_by="projects",instance="%s"}'
TICKS = 'tenglong_timer_ticks_total{result="%s"}'
DELIVERIES = 'tenglong_deliveries_total{channel="email",state="%s"}'
# of anything that is counted: the least that it rises by, and what stays as it is
RISES, STAYS = "0x28 0.5 0.5", "7x30"
OF_A_QUEUE = 'rabbitmq_detailed_queue_%s{vhost="/",queue="%s"}'
A_TOWNSHIPS = "receipts-330604006"  # reads its queue when it likes
DAY_S = 86_400

_wired = wiring.read().heard
_links = topology.of_queues(list(HOMES), [TOWNSHIPS], list(_wired))
QUEUES = sorted(
    {link.destination for link in _links if not link.destination.startswith("rpc-")}
    | {topology.queue_name(name, "dead") for name in HOMES}
)


def ready(queue: str, values: str) -> Series:
    return {OF_A_QUEUE % ("messages_ready", queue): values}


def consumers(queue: str, values: str) -> Series:
    return {OF_A_QUEUE % ("consumers", queue): values}


def ends_in(days: float, **labels: str) -> Series:
    """A certificate that ends so many days after minute 30."""
    given = {"service": "parcels", "to": "broker", "whose": "server", **labels}
    named = ",".join(f'{name}="{value}"' for name, value in given.items())
    name = f"tenglong_certificate_ends_timestamp_seconds{{{named}}}"
    return {name: f"{30 * 60 + days * DAY_S:.0f}x30"}


def renewed() -> Series:
    ends = ((name, at.removesuffix("x30")) for name, at in ends_in(1).items())
    return {name: f"{at}x26 {90 * DAY_S}x4" for name, at in ends}


TRIED: dict[str, Tried] = {
    "ServiceDown": Tried(
        1,
        {"it does not answer": {'up{job="tenglong"}': "0x30"}},
        {"what is down is not ours": {'up{job="tenglong"}': "1x30", 'up{job="x"}': "0x30"}},
    ),
    "ServiceMissing": Tried(
        2,
        {f"no {name}": {**ALL, f'tenglong_ready{{service="{name}"}}': "_x30"} for name in HOMES},
        {"all are there": ALL},
    ),
    "ServiceNotReady": Tried(
        2,
        {"for long": {**ALL, 'tenglong_ready{service="parcels"}': "1x20 0x10"}},
        {"for a minute": {**ALL, 'tenglong_ready{service="parcels"}': "1x28 0 0"}},
    ),
    "LoopStalls": Tried(
        5,
        {"for more than a second": {"tenglong_loop_stall_seconds": "1.01x30"}},
        {"for a second": {"tenglong_loop_stall_seconds": "1x30"}},
    ),
    "TimerFails": Tried(
        5,
        {"once": {TICKS % "failed": "0x20 0.5x10"}},
        {"it works": {TICKS % "done": "0+1x30"}, "of old": {TICKS % "failed": STAYS}},
    ),
    "StoreForgotten": Tried(
        0,
        {"just now": {"tenglong_store_forgotten": "0x29 1"}},
        {"it is the same": {"tenglong_store_forgotten": "0x30"}},
    ),
    "StoreAtRisk": Tried(
        5,
        {"it evicts": {'tenglong_store_at_risk{cause="evicts"}': "1x30"}},
        {"it does not": {'tenglong_store_at_risk{cause="evicts"}': "0x30"}},
    ),
    "MessagesParked": Tried(
        1,
        {"one": {"tenglong_parked_now": "0x25 1x5"}},
        {"none": {"tenglong_parked_now": "0x30"}},
    ),
    "OutboxWaits": Tried(
        1,
        {"for more than a minute": {"tenglong_outbox_oldest_seconds": "0x20 61x10"}},
        {"for a minute": {"tenglong_outbox_oldest_seconds": "60x30"}},
    ),
    "HeartbeatLate": Tried(
        2,
        {
            "at every process": {AGE % "a": "181x30", AGE % "b": "0+60x30"},
            "never through projects": {AGE.replace("projects", "parcels") % "a": "30x30"},
        },
        {
            "at one process alone": {AGE % "a": "180x30", AGE % "b": "0+60x30"},
            "it comes again": {AGE % "a": "0+60x25 30x4"},
        },
    ),
    "RelayNotOne": Tried(
        1,
        {
            "nobody does": {LEADER: "0x30", OTHER: "0x30"},
            "two say so": {LEADER: "1x30", OTHER: "1x30"},
        },
        {
            "one does": {LEADER: "1x30", OTHER: "0x30"},
            "one takes over": {LEADER: "1x29 1 0", OTHER: "0x29 1 1"},
        },
    ),
    "FactsUnroutable": Tried(
        0,
        {"one": {"tenglong_unroutable_total": RISES}},
        {"of old": {"tenglong_unroutable_total": STAYS}},
    ),
    "TopologyLost": Tried(
        0,
        *(
            {what: {f"tenglong_missing_{what}_total": seen} for what in ("queues", "exchanges", "bindings")}
            for seen in (RISES, STAYS)
        ),
    ),
    "QueueGrows": Tried(
        10,
        {queue: ready(queue, "10001x30") for queue in QUEUES},
        {
            "it is just as long": ready(QUEUES[0], "10000x30"),
            "for a while": ready(QUEUES[0], "0x25 20000x5"),
            "a township's": ready(A_TOWNSHIPS, "10001x30"),
        },
    ),
    "QueueWithoutConsumer": Tried(
        2,
        {queue: consumers(queue, "1x20 0x10") for queue in QUEUES},
        {
            "it has one": consumers(QUEUES[0], "1x30"),
            "a township's": consumers(A_TOWNSHIPS, "0x30"),
        },
    ),
    "FeedMostlyRefused": Tried(
        10,
        {
            "more than half": {RECEIVED: "0+100x30", REFUSED: "0+51x30"},
            "all of ten reports": {RECEIVED: TEN, REFUSED: TEN},
        },
        {
            "half": {RECEIVED: "0+100x30", REFUSED: "0+50x30"},
            "all of nine reports": {RECEIVED: NINE, REFUSED: NINE},
        },
    ),
    "DeliveriesFail": Tried(
        0,
        {state: {DELIVERIES % state: RISES} for state in ("failed", "given_up")},
        {
            "they arrive": {DELIVERIES % "delivered": "0+1x30"},
            "of old": {DELIVERIES % "failed": STAYS},
        },
    ),
    "CertificateEnds": Tried(
        5,
        {
            "within three days": ends_in(2.99),
            "it has ended": ends_in(-1),
            "one of two": ends_in(90) | ends_in(1, whose="ours"),
        },
        {"later": ends_in(3.01)},
    ),
    "CertificateEndsSoon": Tried(
        5,
        {"within three weeks": ends_in(20.99)},
        {"later": ends_in(21.01), "it was renewed": renewed()},
    ),
}  # fmt: skip


def test_each_alert_is_tried() -> None:
    assert set(TRIED) == set(ALERTS)


@pytest.mark.parametrize("alert", ALERTS)
def test_it_fires_when_it_should_after_as_long_as_it_waits_and_not_otherwise(
    alert: str, tmp_path: Path
) -> None:
    assert promtool(TRIED[alert], [ALERTS[alert]], tmp_path) == ""


@pytest.mark.parametrize("alert", ALERTS)
def test_what_is_tried_notices_whoever_moves_a_number_of_a_rule(alert: str, tmp_path: Path) -> None:
    moved = [rule | {"alert": f"{alert} {what}"} for what, rule in each_number_moved(ALERTS[alert])]
    said = promtool(TRIED[alert], moved, tmp_path)

    assert [each["alert"] for each in moved if f'{each["alert"]}\\"' not in said] == []


NUMBER = re.compile(r'"[^"]*"|\[[^]]*\]|(?<![\w.])\d+(?:\.\d+)?(?![\w.])')


def each_number_moved(rule: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rule with each of its thresholds a tenth higher or lower, without its wait, and with another;
    and in which way it differs."""
    expr = rule["expr"]
    for found in NUMBER.finditer(expr):
        if found[0][0] in '"[':
            continue
        told = float(found[0])
        for number in (0.9 * told or -1, 1.1 * told or 1):
            moved = f"{expr[: found.start()]}{number:.12g}{expr[found.end() :]}"
            yield f"{found[0]}@{found.start()} to {number:.12g}", rule | {"expr": moved}
    minutes = int(rule.get("for", "0m").removesuffix("m"))
    for wait in {minutes + 1, max(minutes - 1, 0)} - {minutes}:
        yield f"after {wait} min", rule | {"for": f"{wait}m"}


def promtool(tried: Tried, rules: list[dict[str, Any]], folder: Path) -> str:
    """What promtool has against it that each of these rules does what is to be seen of it."""
    file = folder / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "tried", "rules": rules}]}))
    names = [rule["alert"] for rule in rules]
    tests = [
        {
            "name": what,
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [
                seen for name in names for seen in to_be_seen(name, tried.waits, fires)
            ],
        }
        for fires, cases in ((True, tried.fires), (False, tried.quiet))
        for what, series in cases.items()
    ]
    asked = folder / "tests.yaml"
    asked.write_text(
        yaml.safe_dump({"rule_files": [str(file)], "evaluation_interval": "1m", "tests": tests})
    )
    ran = subprocess.run(["promtool", "test", "rules", asked], capture_output=True, text=True)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def to_be_seen(alert: str, waits: int, fires: bool) -> Iterator[dict[str, Any]]:
    """In minute 30: whether it fires, and if so for how many minutes it was pending before."""
    yield expected(
        f'count(ALERTS{{alertname="{alert}",alertstate="firing"}}) > bool 0 or vector(0)', fires
    )
    if fires:
        pending = f'ALERTS{{alertname="{alert}",alertstate="pending"}}'
        yield expected(f"max(count_over_time({pending}[1h])) or vector(0)", waits)


def expected(expr: str, value: int) -> dict[str, Any]:
    samples = [{"value": int(value), "labels": "{}"}]
    return {"expr": expr, "eval_time": "30m", "exp_samples": samples}
