"""RabbitMQ leaves a queue without a leader: nobody is told by it, so the service finds out and says so."""

from __future__ import annotations

import uuid

import pytest

from backbone.amqp.publisher import Publisher
from backbone.errors import Unavailable
from backbone.messages.outgoing import OutgoingMessage
from demo.story import Plot
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import TOWNSHIP
from tests.support.township import Township

INBOX = "parcels.inbox.v1"
MESSAGE = OutgoingMessage("", INBOX, b"{}", "application/json", {})
NOTICED_WITHIN_S = 60  # two looks, five seconds apart, on a machine that does other things, too


def test_an_inbox_without_leader_is_said_and_a_restart_of_the_node_heals_it(
    rabbitmq, amqp_uri, redis_url
):
    with Host("park", ["parcels"], amqp_uri, redis_url) as parcels:

        def said() -> str:
            return " ".join(parcels.readyz("parcels")["waits_for"].values())

        rabbitmq.strand(amqp_uri, INBOX)
        try:
            eventually(
                lambda: "fails at this by itself (INTERNAL_ERROR)" in said(), NOTICED_WITHIN_S
            )
            assert "when the node is started again" in said()
            with pytest.raises(Unavailable, match="has lost its leader"):
                Publisher(amqp_uri).publish([MESSAGE])
        finally:
            rabbitmq.mend()

        with Township(amqp_uri, TOWNSHIP) as township:
            event_id = township.publish(*Plot(uuid.uuid4().hex[:8]).parcel())
            assert township.receipt(event_id, timeout=60)["outcome"] == "accepted"
        assert eventually(lambda: not said(), NOTICED_WITHIN_S)
