"""What the tests of the platform take for granted of the servers that they kill."""

from __future__ import annotations

from collections.abc import Iterator

import kombu
import pytest
import redis

from backbone.store.redis import connect

from .again import again
from .brokers import RabbitMQ, RedisServer
from .eventually import eventually


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.discard()


def test_a_killed_broker_still_has_the_messages_that_it_confirmed(
    rabbitmq: RabbitMQ, amqp_uri: str
) -> None:
    with _connection(amqp_uri) as connection:
        queue = _quorum_queue(connection)
        rabbitmq.write_down()
        for number in range(50):
            connection.Producer().publish({"number": number}, routing_key=queue.name)
    rabbitmq.kill()
    rabbitmq.restart()
    with _connection(amqp_uri) as connection:
        taken = [queue(connection.default_channel).get(no_ack=True) for _ in range(50)]
    assert [message.payload["number"] for message in taken] == list(range(50))


def test_the_broker_counts_what_its_queues_hold(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    with _connection(amqp_uri) as connection:
        queue = _quorum_queue(connection)
        for number in range(3):
            connection.Producer().publish({"number": number}, routing_key=queue.name)
        queue.get()  # handed out, not acknowledged
        eventually(lambda: rabbitmq.queues(amqp_uri) == {"work": 3})


def test_a_killed_redis_still_has_what_it_acknowledged(own_redis: RedisServer) -> None:
    client = connect(own_redis.new_url())
    for number in range(500):
        client.rpush("numbers", number)
    own_redis.kill()
    own_redis.restart()
    assert client.llen("numbers") == 500


def test_a_frozen_redis_answers_nobody_until_it_goes_on(own_redis: RedisServer) -> None:
    client = redis.Redis.from_url(own_redis.url, socket_timeout=1.5, retry=None)
    own_redis.pause()
    with pytest.raises(redis.TimeoutError):
        client.ping()
    own_redis.resume()
    assert client.ping()


def _connection(uri: str) -> kombu.Connection:
    return kombu.Connection(uri, transport_options={"confirm_publish": True})


def _quorum_queue(connection: kombu.Connection) -> kombu.Queue:
    queue = kombu.Queue(
        "work", queue_arguments={"x-queue-type": "quorum"}, channel=connection.default_channel
    )
    queue.declare()
    return queue


def test_where_everything_stands_is_told_of_each_queue(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    with _connection(amqp_uri) as connection:
        queue = _quorum_queue(connection)
        queue.bind_to("amq.topic", routing_key="a.#")
        standing = eventually(lambda: _once_it_has_counted(rabbitmq.standing(amqp_uri)))
    assert f"{queue.name} 0 0 running {RabbitMQ.node}" in standing
    assert f"amq.topic a.# {queue.name}" in standing


def _once_it_has_counted(standing: str) -> list[str] | None:
    return None if " None" in standing else standing.splitlines()


def test_a_report_goes_out_though_the_broker_falls_as_the_connection_is_made_again(
    rabbitmq: RabbitMQ, amqp_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _connection(amqp_uri) as connection:
        opening, fallen = type(connection.connection).channel, []

        def falls(*given: object) -> object:
            if len(fallen) < 2:
                fallen.append(given)
                raise ConnectionResetError
            return opening(*given)

        monkeypatch.setattr(type(connection.connection), "channel", falls)
        send = again(connection, lambda: connection.default_channel.connection.connected)
        assert send()
        assert len(fallen) == 2  # at the work itself, and as what it needs was made again
