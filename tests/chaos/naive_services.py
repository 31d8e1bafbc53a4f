"""The bakery and the shop as one writes them without a second thought: plain nameko, a mark against
copies, no inbox, no outbox. The ledger must find what this loses.
`python -m tests.chaos.naive_services bakery`
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported

eventlet.monkey_patch()

import os  # noqa: E402
import sys  # noqa: E402

import redis  # noqa: E402
from kombu import Queue  # noqa: E402
from nameko.events import EventDispatcher  # noqa: E402
from nameko.messaging import consume  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

STORE = redis.Redis.from_url(os.environ["REDIS_URL"])


def inbox(service: str) -> Queue:
    return Queue(f"{service}.inbox.v1", no_declare=True)  # the quorum queue that is there already


class BakeryService:
    name = "bakery"
    dispatch = EventDispatcher()

    @consume(inbox("bakery"))
    def bake(self, event):
        if not STORE.setnx(f"seen:{event['id']}", 1):
            return
        STORE.rpush(f"baked:{event['data']['kind']}", event["data"]["batch_id"])
        self.dispatch("bread_baked", event["data"])


class ShopService:
    name = "shop"

    @consume(inbox("shop"))
    def stock(self, bread):
        STORE.rpush(f"shelf:{bread['kind']}", bread["batch_id"])


if __name__ == "__main__":
    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URI"]})
    runner.add_service({"bakery": BakeryService, "shop": ShopService}[sys.argv[1]])
    runner.start()
    runner.wait()
