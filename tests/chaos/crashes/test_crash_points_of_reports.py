"""Every type of report that a township may send, to services of the park that are killed on the way:
each takes effect once, and is answered once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chaos import lives
from tests.chaos.crashes.restarted_services import RestartedServices
from tests.chaos.houses import HOUSES, Ledger, reports
from tests.chaos.ledger import Sender, Street
from tests.support.eventually import eventually

PARK = HOUSES["park"]
STEPS = ("parcels: answer unread", "enterprises: answer unread")


@pytest.fixture
def street(rabbitmq, redis_server):
    """The broker and the store of the park, with a queue of its receipts; its services run elsewhere."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    street = Street(rabbitmq, redis_server, PARK, replicas=0)
    yield street
    rabbitmq.delete_vhost(street.uri)


def at_rest(street: Street, receipts: list[dict[str, Any]], count: int) -> bool:
    receipts += street.said()
    return len({each["id"] for each in receipts}) >= count and not street.waiting()


def test_each_type_of_report_takes_effect_once_though_its_process_is_killed(street):
    life = list(reports(len(lives.types()), 0, seed=1))
    sender = Sender(street.uri, PARK.feed, life, seed=1, per_s=1000)
    sender.run()
    services = RestartedServices(street.uri, street.url, *PARK.services)
    try:
        services.dies_at(*STEPS)
        services.wait_dead()
        services.start()
        receipts: list[dict[str, Any]] = []
        eventually(lambda: at_rest(street, receipts, len(life)), 60)
    finally:
        services.child.kill()

    account = Ledger()
    PARK.account(account, sender.sent, PARK.look(street.url), receipts)
    assert account.balanced, account
    assert account.by_type == {type_: [1, 1, 1] for type_ in lives.types()}
