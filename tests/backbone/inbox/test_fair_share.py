"""A publisher that floods: what it sends beyond its share waits apart, and in its order."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from backbone.amqp.topology import DELIVERY, Feed
from backbone.errors import Unavailable
from backbone.inbox import fair_share
from backbone.inbox.fair_share import FairShare

from .mill import inbox_of, message, outbox, sacks

FARMS = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _: code != "stranger")
SHARE = 10  # what one publisher may send at once here, a tenth of a second's worth


class Line:
    """An inbox, its overflow, and a clock that stands still. Messages are taken a round at a time."""

    def __init__(self, store, **more) -> None:
        self.repository, self.now, self.overflow = store, 0.0, []
        self.declared, self.losses, self.unroutable = 0, [], []
        self.has_alarm = False  # then it lets nobody publish
        inbox = inbox_of(store, feed=FARMS, declare=self._declare, **more)
        self.share = FairShare(
            inbox, "mill.overflow.v1", self, lambda: not self.overflow, lambda: self.now
        )

    def _declare(self):
        self.declared += 1

    def takes(self, probe):
        assert (probe.mandatory, probe.routing_key) == (False, "mill.nowhere.v1")
        return not self.has_alarm

    def publish(self, postings):
        if self.losses and (said := self.losses.pop(0)):
            self.overflow += postings if said == "late" else []
            raise Unavailable("no confirm")
        if self.unroutable:
            return self.unroutable.pop(0)
        self.overflow += postings
        return []

    def take(self, *numbers, farm="green", **more):
        """New events of a farm come in, and what lay in the overflow before them."""
        waiting, self.overflow = self.overflow, []
        came = [self.come(each) for each in waiting]
        came += [arrived(number, farm, **more) for number in numbers]
        self.share.take(came)

    def come(self, posting, redelivered=False):
        assert (posting.exchange, posting.routing_key) == (DELIVERY, "mill.overflow.v1")
        info = {"exchange": DELIVERY, "routing_key": posting.routing_key}
        return SimpleNamespace(
            body=posting.body, content_type=posting.content_type, headers=posting.headers,
            delivery_info=info | {"redelivered": redelivered}, way=None,
        )  # fmt: skip

    @property
    def done(self):
        return sacks(self.repository)

    @property
    def waiting(self):
        return [json.loads(each.body)["data"]["number"] for each in self.overflow]

    @property
    def outcomes(self):
        return [json.loads(each.body)["data"]["outcome"] for each in outbox(self.repository)]


def arrived(number, farm="green", **more):
    found = message(number, **more)
    found.body = found.body.replace(b"/farms/green", f"/farms/{farm}".encode())
    found.delivery_info["routing_key"] = f"{farm}.sack.sent"
    found.way = None
    return found


@pytest.fixture(autouse=True)
def _little(monkeypatch):
    monkeypatch.setattr(fair_share, "AT_ONCE_S", 0.1)


@pytest.fixture
def line(repository):
    """One that has heard of each farm before."""
    line = Line(repository)
    line.take(1, farm="green")
    line.take(2, farm="hill")
    line.take()
    assert line.done == (1, 2)
    return line


def test_what_a_publisher_sends_beyond_its_share_waits_and_the_others_do_not(line):
    line.take(*range(100, 100 + SHARE + 50))
    line.take(7, farm="hill")

    assert line.done[-51:] == (*range(100 + SHARE, 150 + SHARE), 7)


def test_nobody_elses_event_waits_behind_a_flood(line):
    flood = [arrived(number) for number in range(100, 100 + SHARE + 50)]
    line.share.take([*flood, arrived(7, "hill")])

    assert line.done[-1] == 7
    assert line.waiting == list(range(100 + SHARE, 150 + SHARE))


def test_a_publisher_of_which_something_waits_is_not_let_past_it(line):
    line.take(*range(100, 101 + SHARE))
    line.now += 10

    line.share.take([arrived(5)])

    assert line.waiting == [100 + SHARE, 5]
    line.take()
    line.take(6)
    assert line.done[-3:] == (100 + SHARE, 5, 6)


def test_a_share_comes_back_with_time(line):
    line.take(*range(100, 100 + SHARE))
    line.now += 0.05

    line.take(*range(500, 506))

    assert line.waiting == [505]


def test_whoever_takes_over_lets_nobody_past_what_was_left(line):
    line.take(*range(100, 101 + SHARE))
    line.share.start_over()

    line.share.take([arrived(5), arrived(6, "hill")])

    assert line.waiting == [100 + SHARE, 5, 6]
    line.take()
    line.take(8)
    assert line.done[-4:] == (100 + SHARE, 5, 6, 8)


def test_strangers_have_one_share_together(repository):
    line = Line(repository)
    line.share.take([arrived(number, "stranger") for number in range(3)])

    assert [each.headers["x-overflowed"].split()[1] for each in line.overflow] == ["unknown"] * 3
    assert line.share._left == {"unknown": 3}


OWN = {"queue": "receipts-hill.own", "reason": "expired", "count": 1}


@pytest.mark.parametrize("way", ["dead letter", "exchange of its own"])
def test_who_goes_round_the_entrance_spends_no_share_but_that_of_strangers(line, way):
    """Under another's key: the broker holds nobody to one there."""
    flood = [arrived(number, "green") for number in range(1000, 1050 + SHARE)]
    for each in flood:
        if way == "dead letter":
            each.headers = {"x-death": [OWN]}
        else:
            each.delivery_info["exchange"] = "receipts-hill.own"
    line.share.take(flood)
    line.take(5, farm="green")

    assert line.done == (1, 2, 5)
    assert line.share._left == {"green": 0, "hill": 0, "unknown": 0}


def test_what_a_service_announces_spends_nobodys_share(repository):
    line = Line(repository, source="barn")
    facts = [arrived(number) for number in range(SHARE + 5)]
    for each in facts:
        each.delivery_info |= {"exchange": "barn.events", "routing_key": "sack.sent"}
    line.share.take(facts)

    assert line.waiting == []
    assert line.share._left == {}


def test_without_a_bound_nothing_waits(line):
    line.share.per_s = 0
    line.take(*range(100, 200 + SHARE))

    assert line.waiting == []
    assert line.done[-1] == 199 + SHARE


def test_while_the_broker_lets_nobody_publish_what_is_there_is_decided_as_it_comes(line):
    line.share.start_over()  # as after a start: it has heard of nobody
    line.has_alarm = True
    flood = range(100, 150 + SHARE)
    line.share.take([*map(arrived, flood), arrived(7, "hill")])
    assert line.done == (1, 2, *flood, 7)

    line.has_alarm = False
    line.now += fair_share.ASK_EVERY_S
    line.take(*range(200, 200 + SHARE + 1))
    assert 200 + SHARE in line.waiting


def test_under_an_alarm_nobody_is_let_past_what_lies_in_the_overflow_however_long_it_lasts(line):
    line.take(*range(100, 101 + SHARE))
    line.has_alarm, told = True, []
    line.share.take([arrived(7, "hill")], told.append)
    line.now += fair_share.SPLIT_AFTER_S + 1
    for_long = [arrived(8, "hill"), arrived(5), arrived(9, "hill")]

    with pytest.raises(Unavailable, match=r"mill\.overflow\.v1 has to go first"):
        line.share.take(for_long, told.append)

    assert (line.done[-1], told) == (8, [1, 1]), "what comes before it is done, and acknowledged"
    line.take()
    line.share.take(for_long[told[-1] :])
    assert line.done[-3:] == (100 + SHARE, 5, 9)


def test_a_move_that_an_alarm_cut_off_has_one_receipt_though_it_comes_to_something_after_it(line):
    line.share.start_over()
    line.losses += ["late", "late"]
    event = arrived(5)
    with pytest.raises(Unavailable):
        line.share.take([event])
    line.has_alarm, (late, _) = True, (line.overflow.copy(), line.overflow.clear())
    line.share.take([event])
    line.has_alarm, line.overflow = False, late
    line.take()

    assert line.done == (1, 2, 5)
    assert line.outcomes == ["accepted"] * 3
    assert set(line.share._left.values()) == {0}


@pytest.mark.parametrize("losses", [["late"], ["late", "late"], ["lost"], ["lost", "lost"]])
def test_an_event_whose_move_was_not_confirmed_takes_effect_once_and_has_one_receipt(line, losses):
    line.share.start_over()  # so that the next one goes by the overflow
    line.losses += losses
    event = arrived(5)
    try:
        line.share.take([event])
    except Unavailable:
        line.share.take([event])
    line.take()

    assert line.done == (1, 2, 5)
    assert line.outcomes == ["accepted"] * 3


def test_a_copy_that_was_sent_on_purpose_is_answered_although_it_waited(line):
    line.share.start_over()
    line.share.take([arrived(1), arrived(1, redelivered=True)])
    line.take()

    assert line.outcomes == ["accepted", "accepted", "duplicate"]


def test_an_overflow_that_somebody_deleted_is_declared_again_and_nothing_is_lost(line):
    line.share.start_over()
    line.unroutable += [["mill.overflow.v1"]]
    event = arrived(5)
    with pytest.raises(Unavailable, match="declared again"):
        line.share.take([event])
    line.share.take([event])
    line.take()

    assert (line.declared, line.done) == (1, (1, 2, 5))


def test_what_is_acknowledged_is_what_is_decided_or_moved(line):
    told, fives = [], [arrived(number) for number in range(100, 100 + SHARE + 2)]
    line.share.take([*fives[:3], *fives[3:], arrived(7, "hill")], told.append)

    assert told[-1] == SHARE + 3
    assert SHARE not in told


def test_a_process_that_has_the_inbox_alone_gives_it_up(line):
    line.share.start_over()
    line.share.take([arrived(5)])
    line.overflow.clear()  # another process takes from it
    line.now += fair_share.SPLIT_AFTER_S + 1

    with pytest.raises(RuntimeError, match="another process"):
        line.share.take([arrived(6)])
