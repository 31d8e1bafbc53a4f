"""The ledger in its short form: `make chaos` is the long one."""

from __future__ import annotations

import pytest

from tests.chaos import ledger


@pytest.mark.timeout(400)
def test_nothing_is_lost_doubled_or_out_of_order_whatever_is_killed(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()

    account = ledger.run(rabbitmq, redis_server, events=3000, replicas=2, seed=1)

    print(account)
    assert account.balanced, account
    assert account.sent == account.accepted == account.applied == 3000
    assert sum(account.kills.values()) >= 5


@pytest.mark.timeout(400)
def test_the_ledger_finds_what_naive_services_lose(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()

    account = ledger.run(rabbitmq, redis_server, events=3000, replicas=1, seed=1, house="naive")

    print(account)
    assert not account.balanced
    assert account.lost > 0
