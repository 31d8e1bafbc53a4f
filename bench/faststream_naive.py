"""The careless way in FastStream, in an environment of its own (bench/faststream-requirements.txt):
the same contract, one SET, one event with a confirm. `python -m bench.faststream_naive`
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import redis.asyncio as redis
from faststream import FastStream
from faststream.rabbit import ExchangeType, RabbitBroker, RabbitExchange, RabbitQueue

from .contract import PlotReport

CONTRACT = PlotReport()
STORE = redis.Redis.from_url(os.environ["REDIS_URL"])
broker = RabbitBroker(os.environ["AMQP_URI"], max_consumers=10, logger=None)
EVENTS = RabbitExchange("plots.events", type=ExchangeType.TOPIC, durable=True)


@broker.subscriber(RabbitQueue("plots.inbox.v1", passive=True))
async def register(event: dict[str, Any]) -> None:
    data = CONTRACT.load(event["data"])
    await STORE.set(data["plot_id"], json.dumps(event["data"] | {"reports": 1}))
    said = {"plot_id": data["plot_id"], "land_use": data["land_use"]}
    await broker.publish(said, exchange=EVENTS, routing_key="plot_registered", persist=True)


if __name__ == "__main__":
    asyncio.run(FastStream(broker, logger=None).run())
