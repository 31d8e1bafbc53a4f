"""The careless way: a plain nameko event handler, one SET, one event. `python -m bench.naive`"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - nameko outside its own command line patches nothing

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
from typing import Any  # noqa: E402

import redis  # noqa: E402
from kombu import Exchange, Queue  # noqa: E402
from nameko.events import EventDispatcher  # noqa: E402
from nameko.messaging import consume  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from .contract import PlotReport  # noqa: E402

QUEUE = Queue(
    "plots.inbox.v1",
    Exchange("township.intake", type="topic", passive=True),
    routing_key="*.plot.reported",
    no_declare=True,  # a quorum queue that is there already
)
CONTRACT = PlotReport()
STORE = redis.Redis.from_url(os.environ["REDIS_URL"])


class PlotsService:
    name = "plots"
    dispatch = EventDispatcher()

    @consume(QUEUE)
    def register(self, event: dict[str, Any]) -> None:
        data = CONTRACT.load(event["data"])
        plot = event["data"] | {"reports": 1}
        STORE.set(data["plot_id"], json.dumps(plot))
        self.dispatch("plot_registered", {"plot_id": data["plot_id"], "land_use": data["land_use"]})


if __name__ == "__main__":
    runner = ServiceRunner(
        {"AMQP_URI": os.environ["AMQP_URI"], "max_workers": 10, "prefetch_count": 10}
    )
    runner.add_service(PlotsService)
    runner.start()
    runner.wait()
