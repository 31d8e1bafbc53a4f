"""What the client library can do at the most: py-amqp and a Redis pipeline, batches of 200, one ack;
no validation, no history, no receipt, nothing that would tell a copy. `python -m bench.raw`
"""

from __future__ import annotations

import json

import kombu
import redis

from .work import AMQP_URI, BATCH, REDIS_URL


def main() -> None:
    store = redis.Redis.from_url(REDIS_URL)
    connection = kombu.Connection(AMQP_URI)
    channel, out = connection.channel(), connection.channel()
    out.confirm_select()
    arrived: list = []
    channel.auto_decode = False
    channel.basic_qos(0, BATCH, False)
    channel.basic_consume("plots.inbox.v1", callback=arrived.append)
    waiting: set[int] = set()

    def confirmed(tag: int, multiple: bool) -> None:
        waiting.difference_update({t for t in waiting if t <= tag} if multiple else {tag})

    out.events["basic_ack"].add(confirmed)
    sent = 0
    while True:
        try:
            if not arrived:
                connection.drain_events()
            while len(arrived) < BATCH:
                connection.drain_events(timeout=0)
        except OSError:
            pass
        pipeline = store.pipeline(transaction=True)
        facts = []
        taken = arrived[:]  # more may come in with the confirms
        for message in taken:
            data = json.loads(message.body)["data"]
            pipeline.set(data["plot_id"], json.dumps(data))
            facts.append(json.dumps({"plot_id": data["plot_id"], "land_use": data["land_use"]}))
        pipeline.execute()
        for fact in facts:
            sent += 1
            waiting.add(sent)
            out.basic_publish(
                out.prepare_message(
                    fact,
                    content_type="application/json",
                    content_encoding="utf-8",
                    properties={"delivery_mode": 2},
                ),
                "plots.events",
                "plot_registered",
                mandatory=True,
            )
        while waiting:
            connection.drain_events()
        channel.basic_ack(taken[-1].delivery_tag, multiple=True)
        del arrived[: len(taken)]


if __name__ == "__main__":
    main()
