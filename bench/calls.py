"""How many calls a second are answered, ours beside a stock nameko service that does the same read.

`python -m bench.calls` is the stock service.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

import kombu  # noqa: E402
import redis  # noqa: E402
from nameko.rpc import rpc  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402
from nameko.standalone.rpc import ClusterRpcProxy  # noqa: E402

from .work import ROOT, TOWNSHIP, report  # noqa: E402

PLOT = f"{TOWNSHIP}-0000001"


class PlotsService:
    name = "plots"
    store = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://"))

    @rpc
    def get_plot(self, plot_id: str) -> object:
        return json.loads(self.store.get(plot_id) or "null")


def per_second(
    uri: str, url: str, contestant: str, callers: int, calls: int, replicas: int = 1
) -> float:
    """Calls a second by so many callers, each with a connection of its own."""
    module = {"ours": "bench.ours", "stock": "bench.calls"}[contestant]
    redis.Redis.from_url(url).set(PLOT, json.dumps(report(1)))
    services = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", module],
            cwd=ROOT,
            env={**os.environ, "AMQP_URI": uri, "REDIS_URL": url},
            stderr=subprocess.DEVNULL,
        )
        for _ in range(replicas)
    ]
    try:
        return _measure(uri, callers, calls, replicas)
    finally:
        for service in services:
            service.kill()
            service.wait()


def _measure(uri: str, callers: int, calls: int, replicas: int) -> float:
    def call(count: int) -> None:
        with ClusterRpcProxy({"AMQP_URI": uri}, timeout=5) as park:
            for _ in range(count):
                park.plots.get_plot(plot_id=PLOT)

    while True:  # until the service is there
        try:
            call(20)
            break
        except Exception:  # noqa: BLE001 - nameko has many words for "not yet"
            eventlet.sleep(0.2)
    while _consumers(uri) < replicas:
        eventlet.sleep(0.2)
    began = time.perf_counter()
    pool = eventlet.GreenPool()
    for _ in range(callers):
        pool.spawn(call, calls // callers)
    pool.waitall()
    return calls // callers * callers / (time.perf_counter() - began)


def _consumers(uri: str) -> int:
    with kombu.Connection(uri) as connection:
        return int(connection.channel().queue_declare("rpc-plots", passive=True).consumer_count)


def main() -> None:
    """As a command of its own, because it needs a patched interpreter: prints one number."""
    if len(sys.argv) > 1:
        uri, url, contestant, *numbers = sys.argv[1:]
        print(per_second(uri, url, contestant, *map(int, numbers)))
        return
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URI"], "max_workers": 20})
    runner.add_service(PlotsService)
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main()
