"""What it takes to explain a figure that was corrected a thousand times: a fund, in a service on
real servers."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from tests.projects.platforms.calls import TALENT
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.internal import calling
from tests.support.processes import ServiceProcess

ASKED = {"figure": "funds_total", "on": "2026-01-01"}
TIMES = 21


def measure(rabbitmq: RabbitMQ, store: RedisServer, corrections: int) -> dict[str, Any]:
    """`corrected_vs_once` is the median of the answers after so many corrections by that after one report."""
    uri, url = rabbitmq.new_vhost(), store.new_url()
    service = ServiceProcess(["projects"], uri, url).wait_ready(60)
    try:
        with calling(uri, 60) as park:
            _report(park, 0)
            once = _explained_ms(park)
            for number in range(1, corrections + 1):
                _report(park, number)
            often = _explained_ms(park)
    finally:
        service.discard()
        rabbitmq.delete_vhost(uri)
    return {"corrected_vs_once": often / once, "explained_once_ms": once}


def _report(park: Any, number: int) -> None:
    said = TALENT | {"document": f"report {number}"}
    park.projects.record_fund(**said, request_id=f"report-{number}")


def _explained_ms(park: Any) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        found = park.projects.explain_overview(**ASKED)
        took.append((time.perf_counter() - began) * 1000)
        assert found["parts"][0]["event_id"].startswith("report-")
    return median(took)
