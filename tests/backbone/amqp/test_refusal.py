"""A broker that answers and refuses us is told from one that is away: what it refuses, and what helps."""

from __future__ import annotations

import kombu
import pytest

from backbone.amqp.connection import CONNECTION_ERRORS, connection, refusal
from backbone.amqp.publisher import Publisher
from backbone.errors import Unavailable
from backbone.messages.outgoing import OutgoingMessage
from backbone.rpc.caller import Caller


def said(uri: str) -> str:
    with pytest.raises(CONNECTION_ERRORS) as caught, connection(uri):
        pass
    return refusal(caught.value, uri)


def test_a_wrong_password_is_a_refused_login_and_no_lost_connection(rabbitmq, amqp_uri):
    user = rabbitmq.user_who_may(amqp_uri, configure=".*", write=".*", read=".*")
    name = user.partition("//")[2].partition(":")[0]
    wrong = user.replace(f":{name}@", ":wrong@")

    told = said(wrong)

    assert told.startswith(f"RabbitMQ refuses the login of {name} (ACCESS_REFUSED)")
    assert f"tenglong grant rotate {name}" in told
    assert ":wrong" not in told
    with pytest.raises(Unavailable, match="refuses the login"):
        Caller(wrong, "mill", 5).grind()
    with pytest.raises(Unavailable, match="refuses the login"):
        Publisher(wrong).publish([message("nowhere")])


def message(exchange: str) -> OutgoingMessage:
    return OutgoingMessage(exchange, "key", b"{}", "application/json", {})


def test_what_a_user_may_not_do_is_named_with_the_user(rabbitmq, amqp_uri):
    user = rabbitmq.user_who_may(amqp_uri, configure="^$", write="^$", read="^$")
    name = user.partition("//")[2].partition(":")[0]
    with kombu.Connection(amqp_uri) as opened:
        kombu.Exchange("mill.events", "topic", channel=opened.channel()).declare()

    with pytest.raises(
        Unavailable, match=rf"does not let {name} do this \(ACCESS_REFUSED.*mill\.events"
    ):
        Publisher(user).publish([message("mill.events")])
    elsewhere = said(user.rpartition("/")[0] + "/nowhere")
    assert elsewhere.startswith(f"RabbitMQ answers and does not let {name} do this (NOT_ALLOWED")
    assert "virtual host" in elsewhere


def test_a_broker_that_is_away_refuses_nothing():
    assert said("amqp://guest:guest@127.0.0.1:9/") == ""
