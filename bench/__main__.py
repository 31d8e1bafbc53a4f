"""`make bench`: every figure of docs/performance.md, as ratios measured in one run.

Contestants take turns, round after round, because a machine is not equally fast at all times: each is
compared with those of its own round, and the median of the rounds counts. Prints a table and writes
bench/results.json. Takes about a quarter of an hour.
`python -m bench --only size` measures one part.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.support.brokers import RabbitMQ, RedisServer

from . import (
    assignment,
    chain,
    corrections,
    evaluation,
    flood,
    growth,
    guarded,
    handin,
    land,
    layout,
    old_days,
    race,
    rules,
    takeover,
    traces,
    year,
)
from .work import ROOT

FASTSTREAM = ROOT / "bench" / ".venv-faststream"
CONTESTANTS: dict[str, tuple[str, int, dict[str, str]]] = {
    "naive": ("bench.naive", 2000, {}),
    "one": ("bench.ours", 6000, {"BATCH": "1"}),
    "batch": ("bench.ours", 20_000, {}),
    "raw": ("bench.raw", 20_000, {}),
    "faststream": ("bench.faststream_naive", 2000, {"PYTHON": str(FASTSTREAM / "bin/python")}),
}
OLD_DAYS = [f"{name}_on_old_day" for name in old_days.COUNTING]
KNOWN_THEN = [
    *(f"{name}_as_known_then" for name in old_days.COUNTING),
    *(f"{kind}_as_of_then" for kind in old_days.THINGS),
]
WANTED = {
    "one_message_vs_naive": 1.4,
    "batch_vs_naive": 5,
    "batch_vs_raw": 0.4,
    "python_cpu_vs_naive": 5,
    "batch_vs_faststream": 4,
    "cost_growth": 1.2,
    "list_growth": 1.5,
    "bytes_per_parcel": 1800,
    "history_vs_stream": 2,
    "as_of_vs_stream": 2,
    "rpc_vs_stock_1": 0.95,
    "idle_rss_mb": 60,
    "handin_rows_per_s": 1000,
    "handin_mb": 200,
    "scoring_vs_naive": 4,
    "county_scored_s": 2,
    "large_group_scored_s": 30,
    "large_group_mb": 400,
    "assignment_s": 2,
    "assignment_vs_greedy": 1,
    "rules_vs_reading": 12,
    "what_if_vs_event": 1,
    "what_if_longest_s": 1,
    "year_mb_growth": 1.3,
    "year_s": year.LONGEST_S,
    "year_what_if_s": 1,
    **dict.fromkeys([*OLD_DAYS, *KNOWN_THEN], 1.2),
    "corrected_vs_once": 10,
    "takeover_killed_s": 3,
    "takeover_stopped_s": 1,
    "takeover_lost": 0,
    "flood_spared": 4,
}
AT_MOST = (
    "cost_growth",
    "list_growth",
    "bytes_per_parcel",
    "history_vs_stream",
    "as_of_vs_stream",
    "idle_rss_mb",
    "handin_mb",
    "county_scored_s",
    "large_group_scored_s",
    "large_group_mb",
    "assignment_s",
    "rules_vs_reading",
    "what_if_vs_event",
    "what_if_longest_s",
    "year_mb_growth",
    "year_s",
    "year_what_if_s",
    *OLD_DAYS,
    *KNOWN_THEN,
    "corrected_vs_once",
    "takeover_killed_s",
    "takeover_stopped_s",
    "takeover_lost",
)
PARTS = (
    "throughput", "replicas", "latency", "calls", "size", "memory", "land", "handin", "evaluation",
    "assignment", "rules", "year", "old_days", "takeover", "guarded", "flood", "traces",
)  # fmt: skip
out = Console()


def throughput(rabbitmq: RabbitMQ, store: RedisServer, rounds: int, part: float) -> dict[str, Any]:
    results: dict[str, list[race.Result]] = {name: [] for name in CONTESTANTS}
    for number in range(rounds):
        for name, (module, events, env) in CONTESTANTS.items():
            out.print(f"round {number + 1} of {rounds}: {name}", style="dim")
            results[name].append(race.run(rabbitmq, store, module, int(events * part), **env))
    per_s = {name: median(r.per_s for r in found) for name, found in results.items()}
    cpu_us = {name: median(r.cpu_us for r in found) for name, found in results.items()}
    of_broker = {name: median(r.broker_cpu_us for r in found) for name, found in results.items()}
    of_store = {name: median(r.store_cpu_us for r in found) for name, found in results.items()}

    def ratio(figure: str, one: str, by: str) -> float:
        turns = zip(results[one], results[by], strict=True)
        return median(getattr(a, figure) / getattr(b, figure) for a, b in turns)

    return {
        "per_s": per_s,
        "cpu_us": cpu_us,
        "broker_cpu_us": of_broker,
        "store_cpu_us": of_store,
        "one_message_vs_naive": ratio("per_s", "one", by="naive"),
        "batch_vs_naive": ratio("per_s", "batch", by="naive"),
        "batch_vs_raw": ratio("per_s", "batch", by="raw"),
        "batch_vs_faststream": ratio("per_s", "batch", by="faststream"),
        "python_cpu_vs_naive": ratio("cpu_us", "naive", by="batch"),
    }


def replicas(rabbitmq: RabbitMQ, store: RedisServer, events: int, count: int) -> dict[str, Any]:
    """Two processes of one service beside one, which share calls, and take over events."""
    events_per_s, calls_per_s = {}, {}
    for number in (1, 2):
        out.print(f"replicas: {number}", style="dim")
        events_per_s[number] = race.run(
            rabbitmq, store, "bench.ours", events, replicas=number
        ).per_s
        calls_per_s[number] = calls_of(rabbitmq, store, "ours", 20, count, number)
    return {
        "events_2_replicas_vs_1": events_per_s[2] / events_per_s[1],
        "calls_2_replicas_vs_1": calls_per_s[2] / calls_per_s[1],
    }


def latency(rabbitmq: RabbitMQ, store: RedisServer, events: int) -> dict[str, Any]:
    """At 50 a second, and at half of what our chain holds."""
    out.print("chain: what it holds", style="dim")
    holds = chain.holds_per_s(rabbitmq.new_vhost(), store.new_url(), "ours", events)
    found: dict[str, Any] = {}
    for rate in (50, round(holds / 2)):
        for contestant in ("naive", "ours"):
            out.print(f"chain at {rate:g}/s: {contestant}", style="dim")
            uri, url = rabbitmq.new_vhost(), store.new_url()
            p50, p99 = chain.latencies(uri, url, contestant, rate, int(rate * 10))
            found[f"{contestant} at {rate:g}/s"] = {"p50": p50, "p99": p99}
    return {"chain_holds_per_s": holds, "chain_ms": found}


def calls(rabbitmq: RabbitMQ, store: RedisServer, rounds: int, count: int) -> dict[str, Any]:
    found: dict[str, float] = {}
    ratios: dict[str, float] = {}
    for callers in (1, 20):
        per_s: dict[str, list[float]] = {"stock": [], "ours": []}
        for number in range(rounds):
            for contestant, measured in per_s.items():
                out.print(f"calls by {callers}, round {number + 1}: {contestant}", style="dim")
                measured.append(calls_of(rabbitmq, store, contestant, callers, count))
        found |= {f"{contestant}, {callers}": median(each) for contestant, each in per_s.items()}
        turns = zip(per_s["ours"], per_s["stock"], strict=True)
        ratios[f"rpc_vs_stock_{callers}"] = median(ours / stock for ours, stock in turns)
    return {"rpc_per_s": found, **ratios}


def calls_of(
    rabbitmq: RabbitMQ,
    store: RedisServer,
    contestant: str,
    callers: int,
    count: int,
    replicas: int = 1,
) -> float:
    uri, url = rabbitmq.new_vhost(), store.new_url()
    growth.fill(url, 1, first=1)
    command = [sys.executable, "-W", "ignore", "-m", "bench.calls", uri, url, contestant]
    said = subprocess.run(
        [*command, str(callers), str(count), str(replicas)],
        cwd=ROOT, env=os.environ, check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    return float(said.stdout)


def size(
    rabbitmq: RabbitMQ, store: RedisServer, many: int, events: int, rounds: int
) -> dict[str, Any]:
    """By turns with a hundredth as many plots and with all, because a machine changes its pace."""
    turns = []
    for number in range(rounds):
        out.print(f"size, round {number + 1} of {rounds}: {many}", style="dim")
        few = growth.measure(rabbitmq, store, max(10, many // 100), events)
        turns.append((few, growth.measure(rabbitmq, store, many, events)))
    return {
        "cost_growth": median(much.cpu_us / few.cpu_us for few, much in turns),
        "list_growth": median(much.list_ms / few.list_ms for few, much in turns),
        "bytes_per_parcel": median(much.bytes_per_plot for _, much in turns),
        **growth.history_vs_stream(store),
    }


def memory(rabbitmq: RabbitMQ, store: RedisServer) -> dict[str, Any]:
    weights = growth.idle_rss_mb(rabbitmq, store)
    return {"idle_rss_mb_each": weights, "idle_rss_mb": max(weights.values())}


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def show(results: dict[str, Any]) -> None:
    table = Table("Figure", "Measured", "Wanted", "")
    for name, value in results.items():
        if isinstance(value, dict):
            for inner, found in value.items():
                text = (
                    ", ".join(f"{k} {v:.1f}" for k, v in found.items())
                    if isinstance(found, dict)
                    else _shown(found)
                )
                table.add_row(f"{name}: {inner}", text, "", "")
            continue
        wanted = WANTED.get(name)
        met = wanted is None or (value <= wanted if name in AT_MOST else value >= wanted)
        sign = "" if wanted is None else ("≤ " if name in AT_MOST else "≥ ") + f"{wanted:g}"
        table.add_row(name, f"{value:,.2f}", sign, "" if met else "[red]missed[/]")
    out.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the platform against other ways.")
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it runs")
    parser.add_argument("--only", choices=PARTS, help="one part, which is shown and not written")
    given = parser.parse_args()
    quick, only = given.quick, given.only
    if only in (None, "throughput") and not FASTSTREAM.exists():
        subprocess.run([sys.executable, "-m", "venv", str(FASTSTREAM)], check=True)
        wants = str(ROOT / "bench" / "faststream-requirements.txt")
        subprocess.run([str(FASTSTREAM / "bin/pip"), "install", "-q", "-r", wants], check=True)
    rabbitmq, store = RabbitMQ().start(), RedisServer().start()
    results: dict[str, Any] = {}
    rounds, part = (1, 0.1) if quick else (5, 1)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "throughput": lambda: throughput(rabbitmq, store, rounds, part),
        "replicas": lambda: replicas(
            rabbitmq, store, 1000 if quick else 10_000, 200 if quick else 4000
        ),
        "latency": lambda: latency(rabbitmq, store, 500 if quick else 5000),
        "calls": lambda: calls(rabbitmq, store, rounds, 200 if quick else 2000),
        "size": lambda: size(
            rabbitmq, store, 2000 if quick else 100_000, 500 if quick else 5000, rounds
        ),
        "memory": lambda: memory(rabbitmq, store),
        "land": lambda: {"land": land.measure(rabbitmq, store, 200 if quick else layout.PLOTS)},
        "handin": lambda: handin.measure(rabbitmq, store, 2000 if quick else 100_000),
        "evaluation": lambda: evaluation.measure(10_000 if quick else 100_000),
        "assignment": assignment.measure,
        "rules": lambda: rules.measure(store, 6 if quick else 30),
        "year": lambda: year.measure(
            rabbitmq,
            store,
            (1000, 4000) if quick else (10_000, 100_000),
            60 if quick else year.WHOLE,
        ),
        "old_days": lambda: (
            old_days.measure(rabbitmq, store, 60 if quick else 200, 5 if quick else 21)
            | corrections.measure(rabbitmq, store, 100 if quick else 1000)
        ),
        "flood": lambda: flood.measure(rabbitmq, store, 1000 if quick else 5000),
        "traces": lambda: traces.measure(rabbitmq, store, 500 if quick else 5000, rounds),
        "takeover": lambda: takeover.measure(rabbitmq, store, 1 if quick else 10),
        "guarded": lambda: guarded.measure(rounds, 500 if quick else 5_000),
    }
    try:
        for name in [only] if only else PARTS:
            results |= parts[name]()
    finally:
        rabbitmq.discard()
        store.discard()
    show(results)
    if not only:
        if missing := sorted(WANTED.keys() - results.keys()):
            sys.exit(f"Not measured: {', '.join(missing)}")
        (ROOT / "bench" / "results.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
