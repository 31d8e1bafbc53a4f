"""Two processes of each service: when the active one is killed, or computes for longer than its lease lasts,
the other goes on within seconds; nothing is lost, doubled or out of order."""

from __future__ import annotations

import signal
import threading
import time
from itertools import takewhile

import pytest

from tests.chaos.houses import HOUSES, Ledger, flour
from tests.chaos.ledger import Sender
from tests.support.eventually import eventually
from tests.support.replicas import Replicas, metric

KINDS = [f"kind-{number:03}" for number in range(10)]
# the longest time without a fact that is promised, by how the active one ends
PROMISED_S = {signal.SIGKILL: 3.0, signal.SIGTERM: 1.0}
LONGER_THAN_THE_LEASE_S = 4.0


@pytest.fixture
def street(amqp_uri, redis_url):
    """As an installation runs them, with nothing set."""
    with Replicas(2, amqp_uri, redis_url) as replicas:
        replicas.url = redis_url
        yield replicas


def farm_of(street):
    """It sends until the account is drawn up."""
    over = threading.Event()
    events = takewhile(lambda _: not over.is_set(), flour("green", KINDS, 10_000))
    farm = Sender(street.uri, "farm", events, seed=1, per_s=100)
    farm.over = over
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


def longest_silence(street, farm, active, how):
    """In seconds, from the signal until the other has announced what was sent after this one was gone."""
    active.process.send_signal(how)
    longest, last, told, sent = 0.0, time.monotonic(), len(announced(street)), None

    def is_over():
        nonlocal longest, last, told, sent
        facts, now = announced(street), time.monotonic()
        if len(facts) > told:
            longest, last, told = max(longest, now - last), now, len(facts)
        if sent is None and not active.alive():
            sent = len(farm.sent)
        return sent is not None and {b for _, b in farm.sent[sent:]} & set(facts)

    eventually(is_over, 60, every=0.02)
    return longest


def pace_s(street, farm):
    """How long a batch takes here and now, from being sent to being announced: the longest of some."""
    longest = 0.0
    for _ in range(3):
        sent, began = len(farm.sent), time.monotonic()
        eventually(lambda n=sent: {b for _, b in farm.sent[n:]} & set(announced(street)), 30, 0.02)
        longest = max(longest, time.monotonic() - began)
    return longest


def account_of(street, farm):
    """The ledger, once all that was sent is done."""
    house, ledger = HOUSES["ours"], Ledger()
    farm.over.set()
    farm.join()
    everything = {batch_id for _, batch_id in farm.sent}
    eventually(lambda: {b for kind in KINDS for b in street.repository(kind)} == everything, 60)
    eventually(lambda: street.outbox() == 0, 30)
    house.account(ledger, farm.sent, house.look(street.url), street._all("receipts"))
    return ledger


def test_when_the_active_one_is_killed_or_told_to_stop_the_other_announces_at_once_and_nothing_is_lost(
    street,
):
    """What is promised is said of a machine that has time. One that runs tests takes longer for all that
    it does, so what it takes for a batch, and what held up the other, is granted beside it."""
    farm = farm_of(street)
    for how, promised_s in PROMISED_S.items():  # the second time the one that took over
        active = eventually(lambda: active_of(street), 30)
        [other] = [host for host in street.hosts if host is not active]
        paces = [pace_s(street, farm)]
        silent_s = longest_silence(street, farm, active, how)
        paces.append(pace_s(street, farm))
        granted_s = 3 * max(paces) + other.metric("bakery", "tenglong_loop_stall_seconds")
        print(f"\n{how.name}: no fact for {silent_s:.2f} s; {promised_s:g} + {granted_s:.2f} s")
        assert silent_s < promised_s + granted_s
        active.start()

    ledger = account_of(street, farm)
    assert (ledger.lost, ledger.doubled, ledger.unexpected, ledger.out_of_order) == (0, 0, 0, 0)
    assert list(dict.fromkeys(announced(street))) == _in_order(announced(street))


def test_one_that_computes_for_longer_than_the_lease_loses_the_outbox_and_nothing_else(street):
    """It keeps its events, and its lease is fenced."""
    farm = farm_of(street)
    active = eventually(lambda: active_of(street), 30)
    other = next(host for host in street.hosts if host is not active)

    street.deliver("oats", ["oats-1"], computes_s=LONGER_THAN_THE_LEASE_S)
    eventually(lambda: metric(other, "tenglong_relay_leader"), 30)

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
