"""A store's birth mark where the user at the broker may not declare the record of it."""

from __future__ import annotations

import pytest

from backbone.host.birth import Birth
from backbone.store.redis import Forgotten, connect


@pytest.fixture
def unrecorded(rabbitmq, amqp_uri):
    return rabbitmq.user_who_may(amqp_uri, configure="^$", write=".*", read=".*")


def test_a_store_is_known_by_its_mark_alone(unrecorded, redis_url):
    first, later = Birth("mill", unrecorded), Birth("mill", unrecorded)
    first.confirm(connect(redis_url))
    later.confirm(connect(redis_url))

    assert first.known == later.known is not None
    assert not first.is_recorded


def test_a_store_that_is_emptied_is_an_alarm_for_the_process_that_knew_it(unrecorded, redis_url):
    redis, known = connect(redis_url), Birth("mill", unrecorded)
    known.confirm(redis)
    redis.delete(known.key)

    with pytest.raises(Forgotten, match=r"delete the exchange mill\.store"):
        known.confirm(redis)
    assert redis.get(known.key) is None


def test_the_store_of_another_installation_is_an_alarm(unrecorded, redis_url):
    redis, known = connect(redis_url), Birth("mill", unrecorded)
    known.confirm(redis)
    redis.set(known.key, "another 2026-01-01")

    with pytest.raises(Forgotten, match="another installation"):
        known.confirm(redis)


def test_an_empty_store_is_an_alarm_at_a_start_where_there_is_a_record(
    amqp_uri, unrecorded, redis_url
):
    redis, before = connect(redis_url), Birth("mill", amqp_uri)
    before.confirm(redis)
    assert before.is_recorded
    redis.delete(before.key)

    with pytest.raises(Forgotten, match="empty"):
        Birth("mill", unrecorded).confirm(redis)


def test_a_user_who_may_declare_the_record_again_does(amqp_uri, unrecorded, redis_url):
    redis, known = connect(redis_url), Birth("mill", unrecorded)
    known.confirm(redis)
    known.amqp_uri = amqp_uri
    known.confirm(redis)

    assert known.is_recorded
