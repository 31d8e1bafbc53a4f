"""Past one machine, in short: `make chaos ARGS=--cluster` is the long form, with three brokers beside it."""

from __future__ import annotations

import pytest

from tests.chaos import ledger
from tests.chaos.machines import Masters
from tests.support.cluster import RedisGroup


@pytest.fixture
def group():
    redis_group = RedisGroup(replicas=2)
    yield redis_group.start()
    redis_group.discard()


@pytest.mark.timeout(300)
def test_nothing_is_lost_or_doubled_when_the_master_of_redis_is_killed_twice(rabbitmq, group):
    rabbitmq.ensure_up()

    account = ledger.run(rabbitmq, group, kind=Masters, events=400, replicas=2, seed=3, per_s=20)

    print(account)
    assert account.balanced, account
    assert account.sent == account.accepted == account.applied == 400
    assert account.kills["redis master killed"] >= 2
