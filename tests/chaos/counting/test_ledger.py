"""The ledger in its short form: `make chaos` is the long one."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.chaos import ledger
from tests.chaos.houses import HOUSES, PARTS, Ledger
from year.plan import of_size
from year.stream import year

YEAR = HOUSES["year"]


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


def test_the_parts_of_a_year_are_together_what_its_townships_report():
    parts = [list(YEAR.events(600, part, 5 + part)) for part in range(PARTS)]
    sent = Counter(event["id"] for part in parts for _, event in part)
    lines = [json.loads(line) for line in year(of_size(5, 47))]
    wanted = [
        line["event"] for line in lines if "event" in line and line.get("meant") != "mistyped"
    ]

    assert sent == Counter(event["id"] for event in wanted)
    assert all(parts)
    for part in parts:
        townships = {event["source"] for _, event in part}
        assert len(part) == sum(event["source"] in townships for event in wanted)


@pytest.mark.parametrize(
    ("note", "lost"),
    [("a later report of this kind stands", 0), ("waits for its plan", 1), (None, 1)],
)
def test_of_a_year_a_report_without_effect_is_lost_unless_a_later_one_stands(note, lost):
    account, data = Ledger(), {"event_id": "e1", "outcome": "accepted", "note": note}
    receipt: dict[str, Any] = {"id": "r1", "data": data}

    YEAR.account(account, [("parcel.registered", "e1")], Counter(), [receipt])

    assert (account.sent, account.accepted, account.lost) == (1, 1, lost)
