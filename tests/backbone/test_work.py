"""One piece of work: steps decided together, written whole or not at all. On both stores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.envelope import Event
from backbone.errors import NotFound, Unavailable
from backbone.methods import once
from backbone.store import Kept, Shelf, connect
from backbone.work import Clash, Posting, Seen, Sight, Work

NOON = datetime(2023, 8, 1, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barn:
    barn_id: str
    bales: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BarnFilled:
    barn_id: str
    bales: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BarnSeen:
    barn_id: str


@pytest.fixture
def shelf(store_url):
    return Shelf("hay", connect(store_url), [Kept(Barn, key="barn_id", orders=("bales",))])


def work_on(shelf, **more):
    return Work(shelf, emits=(BarnFilled, BarnSeen), clock=lambda: NOON, **more)


def cause(name="c", **more):
    return Event(id=name, source="/farms/green", type="bale.cut", **more)


def fill(work, bales=1, barn="b", name="c", mark=None):
    """One step: bales come into a barn, and everybody is told."""
    work.begin(cause(name))
    before = work.get(Barn, barn) or Barn(barn_id=barn)
    after = replace(before, bales=before.bales + bales)
    work.save(after)
    work.announce(BarnFilled(barn_id=barn, bales=after.bales))
    work.keep(mark)


def told(shelf):
    return [Posting.of(entry) for _, entry in shelf.redis.xrange(shelf.outbox)]


def events(shelf):
    return [orjson.loads(posting.body) for posting in told(shelf)]


def test_a_later_step_sees_what_an_earlier_one_decided_and_both_are_in_the_history(shelf):
    work = work_on(shelf)
    fill(work, 2, name="first")
    fill(work, 3, name="second")
    work.commit()

    assert (shelf.load(Barn, "b").version, shelf.load(Barn, "b").thing.bales) == (2, 5)
    history = shelf.history(Barn, "b")
    assert [(h["version"], h["changed"]["bales"]) for h in history] == [(1, 2), (2, 5)]
    assert [h["by"]["id"] for h in history] == ["first", "second"]
    assert shelf.page(Barn, {}, "bales").items == [Barn(barn_id="b", bales=5)]


def test_the_history_names_the_event_behind_a_change_and_the_facts_that_it_led_to(shelf):
    work = work_on(shelf)
    fill(work)
    work.commit()

    entry = shelf.history(Barn, "b")[0]
    assert entry["by"] == {"source": "/farms/green", "id": "c", "type": "bale.cut"}
    assert entry["facts"] == ["barn_filled"]
    assert datetime.fromisoformat(entry["at"]) == NOON


def test_nothing_is_seen_of_a_work_before_its_commit(shelf):
    fill(work_on(shelf), mark="m")

    assert shelf.redis.keys("*") == []


def test_one_step_that_was_done_before_holds_back_the_whole_commit(shelf):
    earlier = work_on(shelf)
    fill(earlier, barn="a", mark=shelf.mark("done"))
    earlier.commit()
    work = work_on(shelf)
    fill(work, barn="new", mark=shelf.mark("fresh"))
    fill(work, barn="a", mark=shelf.mark("done"))

    with pytest.raises(Seen) as seen:
        work.commit()

    assert seen.value.mark == shelf.mark("done")
    assert shelf.load(Barn, "new").version == 0
    assert not shelf.redis.exists(shelf.mark("fresh"))
    assert len(told(shelf)) == 1


def test_a_commit_whose_answer_was_lost_and_that_is_sent_again_announces_once(shelf):
    work = work_on(shelf)
    fill(work, mark=shelf.mark("m"))
    work.commit()

    with pytest.raises(Seen):
        work.commit()

    assert len(told(shelf)) == 1
    assert shelf.load(Barn, "b").version == 1


def test_what_was_only_read_is_checked_too(shelf):
    work, other = work_on(shelf), work_on(shelf)
    work.begin(cause())
    work.get(Barn, "rule")
    work.save(Barn(barn_id="b"))
    work.keep(None)
    fill(other, barn="rule")
    other.commit()

    with pytest.raises(Clash):
        work.commit()

    assert shelf.load(Barn, "b").version == 0


def test_after_a_clash_the_work_starts_over_with_what_is_there_now(shelf):
    work, other = work_on(shelf), work_on(shelf)
    fill(work, 1)
    fill(other, 10)
    other.commit()
    with pytest.raises(Clash):
        work.commit()

    work.renew()
    fill(work, 1)
    work.commit()

    assert shelf.load(Barn, "b").thing.bales == 11


def test_saving_what_is_there_already_makes_no_new_version(shelf):
    for _ in range(2):
        work = work_on(shelf)
        work.begin(cause())
        work.save(Barn(barn_id="b", bales=1))
        work.keep(None)
        work.commit()

    assert shelf.load(Barn, "b").version == 1
    assert len(shelf.history(Barn, "b")) == 1


def test_the_mark_keeps_the_answer_for_its_lifetime(shelf):
    work = work_on(shelf, lifetime_s=100)
    work.begin(cause())
    work.keep(shelf.mark("m"), {"outcome": "accepted"})
    work.commit()

    assert orjson.loads(shelf.redis.get(shelf.mark("m"))) == {"outcome": "accepted"}
    assert 0 < shelf.redis.ttl(shelf.mark("m")) <= 100


def test_a_fact_has_the_same_id_whenever_its_cause_is_decided_and_another_for_each_fact(shelf):
    for _ in range(2):
        work = work_on(shelf)
        work.begin(cause("one"))
        work.announce(BarnFilled(barn_id="b", bales=1), BarnFilled(barn_id="b", bales=2))
        work.announce(BarnSeen(barn_id="b"))
        work.keep(None)
        work.commit()

    ids = [event["id"] for event in events(shelf)]
    assert ids[:3] == ids[3:]
    assert len(set(ids)) == 3


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), unique=True, min_size=2))
def test_facts_of_different_causes_never_share_an_id(causes):
    work = work_on(Shelf("hay", connect("memory://ids"), []))
    fact = BarnSeen(barn_id="b")
    made = {
        work._event(Event(id=name, source=source, type="t"), fact, 0, 0).id
        for name, source in causes
    }

    assert len(made) == len(causes)


def test_a_fact_belongs_to_the_chain_of_its_cause(shelf):
    work = work_on(shelf)
    work.begin(cause("c", correlation_id="chain"))
    work.announce(BarnSeen(barn_id="b"))
    work.keep(None)
    work.commit()

    fact = events(shelf)[0]
    assert (fact["correlationid"], fact["causationid"]) == ("chain", "c")
    assert (fact["source"], fact["type"], fact["subject"]) == (
        "/services/hay",
        "hay.barn_seen",
        "b",
    )


def test_of_the_facts_of_one_commit_a_later_one_has_a_later_time(shelf):
    work = work_on(shelf)
    for name in "abc":
        fill(work, name=name)
    work.commit()

    times = [datetime.fromisoformat(event["time"]) for event in events(shelf)]
    assert times == sorted(set(times))
    assert times[0] == NOON


def test_only_a_fact_that_somebody_hears_must_find_a_queue(shelf):
    work = work_on(shelf, heard=frozenset({"barn_filled"}))
    work.begin(cause())
    work.announce(BarnFilled(barn_id="b", bales=1), BarnSeen(barn_id="b"))
    work.keep(None)
    work.commit()

    assert [(p.routing_key, p.mandatory) for p in told(shelf)] == [
        ("barn_filled", True),
        ("barn_seen", False),
    ]


def test_a_fact_for_later_carries_its_delay(shelf):
    work = work_on(shelf)
    work.begin(cause())
    work.announce_later(BarnSeen(barn_id="b"), 90.5)
    work.keep(None)
    work.commit()

    assert [posting.delay_s for posting in told(shelf)] == [90.5]


def test_a_posting_comes_out_of_the_outbox_as_it_went_in(shelf):
    posting = Posting("e", "k", b"\x00\xff", "x/y", {"n": 1, "t": "地"}, mandatory=False, delay_s=2)
    shelf.redis.xadd(shelf.outbox, posting.entry())

    assert told(shelf) == [posting]


def test_outside_a_step_nothing_can_be_changed(shelf):
    with pytest.raises(RuntimeError, match="this is a read"):
        work_on(shelf).save(Barn(barn_id="b"))


def test_what_is_required_and_not_there_is_named_with_the_field_that_asked(shelf):
    with pytest.raises(NotFound) as problem:
        work_on(shelf).require(Barn, "nowhere", "data.barn_id")

    assert problem.value.reasons[0].field == "data.barn_id"


def test_a_decision_answers_the_next_state_and_its_facts(shelf):
    work = work_on(shelf)
    work.begin(cause())
    after = work.change(Barn, "b", lambda now: (Barn(barn_id="b", bales=7), BarnSeen(barn_id="b")))
    work.keep(None)
    work.commit()

    assert after == shelf.load(Barn, "b").thing == Barn(barn_id="b", bales=7)
    assert len(told(shelf)) == 1


def test_the_store_is_asked_once_however_often_a_work_looks_for_the_same(shelf, monkeypatch):
    fill(before := work_on(shelf))
    before.commit()
    asked = []
    call = shelf.call
    monkeypatch.setattr(
        shelf, "call", lambda *given, **more: asked.append(1) or call(*given, **more)
    )
    work = work_on(shelf)

    first, again = work.find(Barn), work.find(Barn)

    once = len(asked)
    assert first == again == [Barn(barn_id="b", bales=1)]
    fill(work)
    assert [barn.bales for barn in work.find(Barn)] == [2]  # as this work knows it
    assert len(asked) == once
    work.find(Barn, order="-bales")
    assert len(asked) > once


def test_what_is_taken_for_new_and_is_there_is_a_clash_and_loses_nothing(shelf):
    fill(before := work_on(shelf), 5)
    before.commit()
    work = work_on(shelf)
    work.takes_for_new = True
    work.begin(cause("d"))
    work.save(Barn(barn_id="b", bales=1))
    work.keep(None)

    with pytest.raises(Clash):
        work.commit()

    assert shelf.load(Barn, "b").thing.bales == 5


def test_finding_walks_over_all_pages_up_to_the_limit(shelf):
    work = work_on(shelf)
    for number in range(30):
        fill(work, number, barn=f"b{number:02}")
    work.commit()

    assert len(work.find(Barn)) == 30
    assert [barn.bales for barn in work.find(Barn, limit=3, order="-bales")] == [29, 28, 27]


def test_the_day_is_the_day_in_the_park():
    evening = datetime(2023, 7, 31, 16, 30, tzinfo=UTC)
    work = Work(Shelf("hay", connect("memory://day"), []), clock=lambda: evening)

    assert work.today == date(2023, 8, 1)


def test_a_store_that_does_not_answer_is_unavailable():
    work = work_on(Shelf("hay", connect("redis://127.0.0.1:1/0", 0.1), [Kept(Barn, key="barn_id")]))
    work.begin(cause())

    with pytest.raises(Unavailable):
        work.get(Barn, "b")


steps = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 9), st.sampled_from(["keep", "drop"])),
    max_size=8,
)


@given(st.lists(steps, max_size=5))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_steps_share_commits_the_things_and_their_past_are_those_of_a_plain_list(
    shelf, commits
):
    shelf.redis.flushdb()
    past: dict[str, list[tuple[datetime, Barn]]] = {}
    for hour, together in enumerate(commits):
        at = NOON + timedelta(hours=hour)
        work = Work(shelf, emits=(BarnFilled,), clock=lambda at=at: at)
        for number, (barn, bales, end) in enumerate(together):
            work.begin(cause(f"{hour}.{number}"))
            now = work.get(Barn, barn) or Barn(barn_id=barn)
            work.save(replace(now, bales=now.bales + bales))
            if end == "drop":
                work.drop()
                continue
            work.keep(shelf.mark(str(hour), str(number)))
            before = past.get(barn, [(at, Barn(barn_id=barn))])[-1][1]
            past.setdefault(barn, []).append((at, replace(before, bales=before.bales + bales)))
        work.commit()

    for barn, states in past.items():
        assert shelf.load(Barn, barn).thing == states[-1][1]
        for at, _ in states:
            expected = [thing for moment, thing in states if moment <= at][-1]
            assert shelf.as_of(Barn, barn, at) == expected
    by_bales = sorted((s[-1][1] for s in past.values()), key=lambda b: (b.bales, b.barn_id))
    assert shelf.page(Barn, {}, "bales").items == by_bales


def test_what_is_found_is_as_the_same_work_left_it(shelf):
    work = work_on(shelf)
    fill(work, 2)
    work.commit()

    later = work_on(shelf)
    fill(later, 3, name="later")
    later.begin(cause("last"))

    assert later.find(Barn) == [Barn(barn_id="b", bales=5)]


def test_what_was_found_and_changed_by_somebody_else_meanwhile_cannot_be_saved(shelf):
    first = work_on(shelf)
    fill(first, 2)
    first.commit()

    work = work_on(shelf)
    work.begin(cause("emptied"))
    (found,) = work.find(Barn)
    other = work_on(shelf)
    fill(other, 3, name="other")
    other.commit()
    work.save(replace(found, bales=found.bales - 2))
    work.keep(None)

    with pytest.raises(Clash):
        work.commit()


def works_behind_each_other(shelf, number):
    """Each adds a bale to what the one before will leave."""
    sight = Sight(shelf)
    for each in range(number):
        work = work_on(shelf)
        work.sight = sight
        fill(work, name=f"c{each}", mark=shelf.mark(f"c{each}"))
        yield work


def test_commits_go_together_and_what_follows_goes_once_they_are_done(shelf, monkeypatch):
    """The second process writes while the first group is under way, so that it cannot be done."""
    send, sizes = shelf.atomic.send, []
    monkeypatch.setattr(
        shelf.atomic, "send", lambda batches: sizes.append(len(batches)) or send(batches)
    )
    works, commits = works_behind_each_other(shelf, 4), []
    for work in islice(works, 2):
        commits.append(work.join())
    other = work_on(shelf)
    fill(other, 9)
    other.commit()
    work.sight.send()
    for work in works:
        commits.append(work.join())
    work.sight.send()

    assert sizes == [1, 2]
    for sent in commits:
        with pytest.raises(Clash):
            sent.wait()
    assert sizes == [1, 2]
    assert shelf.load(Barn, "b").thing.bales == 9


def test_commits_that_went_together_are_each_waited_for(shelf):
    for sent in [work.join() for work in works_behind_each_other(shelf, 3)]:
        sent.wait()

    assert shelf.load(Barn, "b").thing.bales == 3
    facts = [Posting.of(entry) for _, entry in shelf.call("xrange", shelf.outbox)]
    assert [orjson.loads(fact.body)["data"]["bales"] for fact in facts] == [1, 2, 3]


def test_two_methods_that_are_called_with_one_request_id_announce_facts_of_their_own(shelf):
    for method in ("fill", "empty"):
        work = work_on(shelf)
        once(work, method, "case-17", "", lambda work=work: work.announce(BarnSeen(barn_id="b")))

    assert len({event["id"] for event in events(shelf)}) == 2
