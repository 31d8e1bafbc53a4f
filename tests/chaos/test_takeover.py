"""Two processes of each service: when the active one is killed, or computes for longer than its lease lasts,
the other goes on within seconds; nothing is lost, doubled or out of order."""

from __future__ import annotations

import time

import pytest

from tests.chaos.houses import HOUSES, Ledger, flour
from tests.chaos.ledger import Sender
from tests.support.eventually import eventually
from tests.support.replicas import Replicas, metric

KINDS = [f"kind-{number:03}" for number in range(10)]
GOES_ON_WITHIN_S = 6.0  # about two by itself; machines that run tests are busy
LONGER_THAN_THE_LEASE_S = 4.0


@pytest.fixture
def street(amqp_uri, redis_url):
    """As an installation runs them, with nothing set."""
    with Replicas(2, amqp_uri, redis_url) as replicas:
        replicas.url = redis_url
        yield replicas


def farm_of(street, each):
    farm = Sender(street.uri, "farm", list(flour("green", KINDS, each)), seed=1, per_s=100)
    farm.start()
    eventually(lambda: len(farm.sent) > 50, 30)
    return farm


def active_of(street):
    """The one that takes the events and publishes the facts, once it is the same."""
    leader = street.leader()
    assert leader, "nobody publishes"
    handled = metric(leader, "tenglong_handled_total")
    eventually(lambda: metric(leader, "tenglong_handled_total") > handled, 5)
    return leader


def announced(street):
    """The batches of the facts that were published so far."""
    return [fact["data"]["batch_id"] for fact in street._all("facts")]


def account_of(street, farm):
    """The ledger, once all that was sent is done."""
    house, ledger = HOUSES["ours"], Ledger()
    farm.join()
    everything = {batch_id for _, batch_id in farm.sent}
    eventually(lambda: {b for kind in KINDS for b in street.repository(kind)} == everything, 60)
    eventually(lambda: street.outbox() == 0, 30)
    house.account(ledger, farm.sent, house.look(street.url), street._all("receipts"))
    return ledger


def test_when_the_active_one_is_killed_the_other_announces_within_seconds_and_nothing_is_lost(
    street,
):
    farm = farm_of(street, 150)
    for _ in range(2):  # the second time the one that took over
        active = eventually(lambda: active_of(street), 30)
        active.kill()
        killed_at, sent = time.monotonic(), len(farm.sent)

        def later(sent=sent):
            return {batch_id for _, batch_id in farm.sent[sent:]} & set(announced(street))

        eventually(later, 30, every=0.02)
        took_s = time.monotonic() - killed_at
        print(f"\nthe other announced what came after {took_s:.1f} s")
        assert took_s < GOES_ON_WITHIN_S
        active.start()

    ledger = account_of(street, farm)
    assert (ledger.lost, ledger.doubled, ledger.unexpected, ledger.out_of_order) == (0, 0, 0, 0)
    assert list(dict.fromkeys(announced(street))) == _in_order(announced(street))


def test_one_that_computes_for_longer_than_the_lease_loses_the_outbox_and_nothing_else(street):
    """It keeps its events, and its lease is fenced."""
    farm = farm_of(street, 50)
    active = eventually(lambda: active_of(street), 30)
    other = next(host for host in street.hosts if host is not active)

    street.deliver("oats", ["oats-1"], computes_s=LONGER_THAN_THE_LEASE_S)
    eventually(lambda: metric(other, "tenglong_relay_leader"), GOES_ON_WITHIN_S)

    ledger = account_of(street, farm)
    eventually(lambda: street.repository("oats") == ["oats-1"], 30)
    # the receipt and the fact of the oats are the test's own
    assert (ledger.lost, ledger.doubled, ledger.out_of_order) == (0, 0, 0)
    told = [each for each in announced(street) if each != "oats-1"]
    assert list(dict.fromkeys(told)) == _in_order(told)
    assert street.receipts("oats-1") == ["accepted"]


def _in_order(batch_ids):
    """Each batch once, those of one kind in the order of their numbers, kinds as they come between."""
    once = dict.fromkeys(batch_ids)
    of_kind = {kind: iter(sorted(b for b in once if b.startswith(kind))) for kind in KINDS}
    return [next(of_kind[batch_id[:8]]) for batch_id in once]
