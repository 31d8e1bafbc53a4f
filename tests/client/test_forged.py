"""RabbitMQ holds each user to the keys of its calls where it publishes to their exchange; what is led there
or copied it holds to nothing. So an answer is what came straight, and no other."""

from __future__ import annotations

from typing import Any

import kombu
import pytest

from backbone.rpc.caller import Caller
from client import Park
from tests.support.eventually import eventually

from .scripted import CALLS, Scripted, yes

TRUE: list[Any] = []
FORGED = yes([{"version": 7}])


class Forged(Scripted):
    """Before it answers, another answer to the same call lies in the caller's queue. Somebody sent it there
    by a `way` that is open to whoever may call at all."""

    def __init__(self, uri: str, way: str) -> None:
        super().__init__(uri, yes(TRUE))
        self.way = way

    def _hear(self, message: Any) -> None:
        key = message.properties["reply_to"]
        with kombu.Connection(self.uri) as opened:
            seen = kombu.Queue(exclusive=True, channel=opened.channel())
            seen.declare()
            seen.bind_to(CALLS.name, key)
            send = {"correlation_id": message.properties["correlation_id"], "serializer": "json"}
            opened.Producer().publish(FORGED, **self._round(opened, key), **send)
            assert eventually(lambda: seen.get(no_ack=True))
        super()._hear(message)

    def _round(self, opened: kombu.Connection, key: str) -> dict[str, Any]:
        """Where to publish so that it comes to that key at the exchange of calls."""
        if self.way == "copied":  # of a call that was granted
            return {
                "exchange": CALLS.name,
                "routing_key": "nobody.reads",
                "headers": {"BCC": [key]},
            }
        channel, own = opened.channel(), f"rpc.reply-own-{self.way}"
        channel.exchange_declare(own, "direct", auto_delete=False)
        if self.way == "led":
            channel.exchange_bind(CALLS.name, own, key)
        else:
            ends = {"x-dead-letter-exchange": CALLS.name, "x-message-ttl": 1}
            channel.queue_declare(own, auto_delete=False, arguments=ends)
            channel.queue_bind(own, own, key)
        return {"exchange": own, "routing_key": key}


@pytest.mark.parametrize("way", ["led", "copied", "dead letter"])
def test_an_answer_that_somebody_sent_round_the_exchange_of_calls_is_none(amqp_uri, way):
    with Forged(amqp_uri, way) as asked:
        with Park(amqp_uri, timeout=60) as park:
            assert park.parcels.parcel_history(parcel_id="p") == TRUE
        assert Caller(amqp_uri, "parcels", 60).parcel_history(parcel_id="p") == TRUE
        assert len(asked.asked) == 2
