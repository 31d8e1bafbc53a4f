"""One piece of work: steps decided together, written whole or not at all. On both stores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.errors import NotFound, Unavailable
from backbone.messages.envelope import Event
from backbone.messages.outgoing import OutgoingMessage
from backbone.rpc.methods import once
from backbone.settings import Settings
from backbone.store.collection import Collection
from backbone.store.commit_group import AlreadyDone, Conflict
from backbone.store.read_ahead import ReadAhead
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork

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
def repository(store_url):
    return Repository(
        "hay", connect(store_url), [Collection(Barn, key="barn_id", orders=("bales",))]
    )


def work_on(repository, **more):
    return UnitOfWork(repository, emits=(BarnFilled, BarnSeen), clock=lambda: NOON, **more)


def cause(name="c", **more):
    return Event(id=name, source="/farms/green", type="bale.cut", **more)


def fill(work, bales=1, barn="b", name="c", mark=None):
    """One step: bales come into a barn, and everybody is told."""
    work.begin(cause(name))
    before = work.get(Barn, barn) or Barn(barn_id=barn)
    after = replace(before, bales=before.bales + bales)
    work.save(after)
    work.announce(BarnFilled(barn_id=barn, bales=after.bales))
    work.close_step(mark)


def told(repository):
    return [OutgoingMessage.of(entry) for _, entry in repository.redis.xrange(repository.outbox)]


def events(repository):
    return [orjson.loads(posting.body) for posting in told(repository)]


def test_a_later_step_sees_what_an_earlier_one_decided_and_both_are_in_the_history(repository):
    work = work_on(repository)
    fill(work, 2, name="first")
    fill(work, 3, name="second")
    work.commit()

    assert (repository.load(Barn, "b").version, repository.load(Barn, "b").thing.bales) == (2, 5)
    history = repository.history(Barn, "b")
    assert [(h["version"], h["changed"]["bales"]) for h in history] == [(1, 2), (2, 5)]
    assert [h["by"]["id"] for h in history] == ["first", "second"]
    assert repository.page(Barn, {}, "bales").items == [Barn(barn_id="b", bales=5)]


def test_the_history_names_the_event_behind_a_change_and_the_facts_that_it_led_to(repository):
    work = work_on(repository)
    fill(work)
    work.commit()

    entry = repository.history(Barn, "b")[0]
    caused = {"source": "/farms/green", "id": "c", "type": "bale.cut", "caller": None, "time": None}
    assert entry["by"] == caused
    assert entry["facts"] == ["barn_filled"]
    assert datetime.fromisoformat(entry["at"]) == NOON


def test_nothing_is_seen_of_a_work_before_its_commit(repository):
    fill(work_on(repository), mark="m")

    assert repository.redis.keys("*") == []


def test_one_step_that_was_done_before_holds_back_the_whole_commit(repository):
    earlier = work_on(repository)
    fill(earlier, barn="a", mark=repository.mark("done"))
    earlier.commit()
    work = work_on(repository)
    fill(work, barn="new", mark=repository.mark("fresh"))
    fill(work, barn="a", mark=repository.mark("done"))

    with pytest.raises(AlreadyDone) as seen:
        work.commit()

    assert seen.value.mark == repository.mark("done")
    assert repository.load(Barn, "new").version == 0
    assert not repository.redis.exists(repository.mark("fresh"))
    assert len(told(repository)) == 1


def test_a_commit_whose_answer_was_lost_and_that_is_sent_again_announces_once(repository):
    work = work_on(repository)
    fill(work, mark=repository.mark("m"))
    work.commit()

    with pytest.raises(AlreadyDone):
        work.commit()

    assert len(told(repository)) == 1
    assert repository.load(Barn, "b").version == 1


def test_what_was_only_read_is_checked_too(repository):
    work, other = work_on(repository), work_on(repository)
    work.begin(cause())
    work.get(Barn, "rule")
    work.save(Barn(barn_id="b"))
    work.close_step(None)
    fill(other, barn="rule")
    other.commit()

    with pytest.raises(Conflict):
        work.commit()

    assert repository.load(Barn, "b").version == 0


def test_after_a_clash_the_work_starts_over_with_what_is_there_now(repository):
    work, other = work_on(repository), work_on(repository)
    fill(work, 1)
    fill(other, 10)
    other.commit()
    with pytest.raises(Conflict):
        work.commit()

    work.renew()
    fill(work, 1)
    work.commit()

    assert repository.load(Barn, "b").thing.bales == 11


def test_saving_what_is_there_already_makes_no_new_version(repository):
    for _ in range(2):
        work = work_on(repository)
        work.begin(cause())
        work.save(Barn(barn_id="b", bales=1))
        work.close_step(None)
        work.commit()

    assert repository.load(Barn, "b").version == 1
    assert len(repository.history(Barn, "b")) == 1


def test_the_mark_keeps_the_answer_for_its_lifetime(repository):
    work = work_on(repository, lifetime_s=100)
    work.begin(cause())
    work.close_step(repository.mark("m"), {"outcome": "accepted"})
    work.commit()

    assert orjson.loads(repository.redis.get(repository.mark("m"))) == {"outcome": "accepted"}
    assert 0 < repository.redis.ttl(repository.mark("m")) <= 100


def test_a_fact_has_the_same_id_whenever_its_cause_is_decided_and_another_for_each_fact(repository):
    for _ in range(2):
        work = work_on(repository)
        work.begin(cause("one"))
        work.announce(BarnFilled(barn_id="b", bales=1), BarnFilled(barn_id="b", bales=2))
        work.announce(BarnSeen(barn_id="b"))
        work.close_step(None)
        work.commit()

    ids = [event["id"] for event in events(repository)]
    assert ids[:3] == ids[3:]
    assert len(set(ids)) == 3


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), unique=True, min_size=2))
def test_facts_of_different_causes_never_share_an_id(causes):
    work = work_on(Repository("hay", connect("memory://ids"), []))
    fact = BarnSeen(barn_id="b")
    made = {
        work.as_event(Event(id=name, source=source, type="t"), fact, 0, 0).id
        for name, source in causes
    }

    assert len(made) == len(causes)


def test_a_fact_belongs_to_the_chain_of_its_cause(repository):
    work = work_on(repository)
    work.begin(cause("c", correlation_id="chain"))
    work.announce(BarnSeen(barn_id="b"))
    work.close_step(None)
    work.commit()

    fact = events(repository)[0]
    assert (fact["correlationid"], fact["causationid"]) == ("chain", "c")
    assert (fact["source"], fact["type"], fact["subject"]) == (
        "/services/hay",
        "hay.barn_seen",
        "b",
    )


def test_of_the_facts_of_one_commit_a_later_one_has_a_later_time(repository):
    work = work_on(repository)
    for name in "abc":
        fill(work, name=name)
    work.commit()

    times = [datetime.fromisoformat(event["time"]) for event in events(repository)]
    assert times == sorted(set(times))
    assert times[0] == NOON


def test_only_a_fact_that_somebody_hears_must_find_a_queue(repository):
    work = work_on(repository, heard=frozenset({"barn_filled"}))
    work.begin(cause())
    work.announce(BarnFilled(barn_id="b", bales=1), BarnSeen(barn_id="b"))
    work.close_step(None)
    work.commit()

    assert [(p.routing_key, p.mandatory) for p in told(repository)] == [
        ("barn_filled", True),
        ("barn_seen", False),
    ]


def test_a_fact_for_later_carries_its_delay(repository):
    work = work_on(repository)
    work.begin(cause())
    work.announce_later(BarnSeen(barn_id="b"), 90.5)
    work.close_step(None)
    work.commit()

    assert [posting.delay_s for posting in told(repository)] == [90.5]


def test_a_posting_comes_out_of_the_outbox_as_it_went_in(repository):
    posting = OutgoingMessage(
        "e", "k", b"\x00\xff", "x/y", {"n": 1, "t": "地"}, mandatory=False, delay_s=2
    )
    repository.redis.xadd(repository.outbox, posting.entry())

    assert told(repository) == [posting]


def test_outside_a_step_nothing_can_be_changed(repository):
    with pytest.raises(RuntimeError, match="this is a read"):
        work_on(repository).save(Barn(barn_id="b"))


def test_what_is_required_and_not_there_is_named_with_the_field_that_asked(repository):
    with pytest.raises(NotFound) as problem:
        work_on(repository).require(Barn, "nowhere", "data.barn_id")

    assert problem.value.reasons[0].field == "data.barn_id"


def test_a_decision_answers_the_next_state_and_its_facts(repository):
    work = work_on(repository)
    work.begin(cause())
    after = work.change(Barn, "b", lambda now: (Barn(barn_id="b", bales=7), BarnSeen(barn_id="b")))
    work.close_step(None)
    work.commit()

    assert after == repository.load(Barn, "b").thing == Barn(barn_id="b", bales=7)
    assert len(told(repository)) == 1


def test_the_store_is_asked_once_however_often_a_work_looks_for_the_same(repository, monkeypatch):
    fill(before := work_on(repository))
    before.commit()
    asked = []
    call = repository.call
    monkeypatch.setattr(
        repository, "call", lambda *given, **more: asked.append(1) or call(*given, **more)
    )
    work = work_on(repository)

    first, again = work.find(Barn), work.find(Barn)

    once = len(asked)
    assert first == again == [Barn(barn_id="b", bales=1)]
    fill(work)
    assert [barn.bales for barn in work.find(Barn)] == [2]  # as this work knows it
    assert len(asked) == once
    work.find(Barn, order="-bales")
    assert len(asked) > once


def test_what_is_taken_for_new_and_is_there_is_a_clash_and_loses_nothing(repository):
    fill(before := work_on(repository), 5)
    before.commit()
    work = work_on(repository)
    work.takes_for_new = True
    work.begin(cause("d"))
    work.save(Barn(barn_id="b", bales=1))
    work.close_step(None)

    with pytest.raises(Conflict):
        work.commit()

    assert repository.load(Barn, "b").thing.bales == 5


def test_finding_walks_over_all_pages_up_to_the_limit(repository):
    work = work_on(repository)
    for number in range(30):
        fill(work, number, barn=f"b{number:02}")
    work.commit()

    assert len(work.find(Barn)) == 30
    assert [barn.bales for barn in work.find(Barn, limit=3, order="-bales")] == [29, 28, 27]


def test_the_day_is_the_day_in_the_park():
    assert day_in(Settings()) == date(2023, 8, 1)


def test_the_day_of_an_installation_elsewhere_is_the_day_there():
    assert day_in(Settings(time_zone="Europe/Berlin")) == date(2023, 7, 31)


def day_in(settings: Settings) -> date:
    """The day of a unit of work on an evening in Berlin, when it is past midnight in Shanghai."""
    evening = datetime(2023, 7, 31, 16, 30, tzinfo=UTC)
    repository = Repository("hay", connect("memory://day"), [])
    return UnitOfWork(repository, clock=lambda: evening, zone=settings.zone).today


def test_a_store_that_does_not_answer_is_unavailable():
    work = work_on(
        Repository("hay", connect("redis://127.0.0.1:1/0", 0.1), [Collection(Barn, key="barn_id")])
    )
    work.begin(cause())

    with pytest.raises(Unavailable):
        work.get(Barn, "b")


steps = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 9), st.sampled_from(["keep", "drop"])),
    max_size=8,
)


@given(st.lists(steps, max_size=5))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_however_steps_share_commits_the_things_and_their_past_are_those_of_a_plain_list(
    repository, commits
):
    repository.redis.flushdb()
    past: dict[str, list[tuple[datetime, Barn]]] = {}
    for hour, together in enumerate(commits):
        at = NOON + timedelta(hours=hour)
        work = UnitOfWork(repository, emits=(BarnFilled,), clock=lambda at=at: at)
        for number, (barn, bales, end) in enumerate(together):
            work.begin(cause(f"{hour}.{number}"))
            now = work.get(Barn, barn) or Barn(barn_id=barn)
            work.save(replace(now, bales=now.bales + bales))
            if end == "drop":
                work.drop()
                continue
            work.close_step(repository.mark(str(hour), str(number)))
            before = past.get(barn, [(at, Barn(barn_id=barn))])[-1][1]
            past.setdefault(barn, []).append((at, replace(before, bales=before.bales + bales)))
        work.commit()

    for barn, states in past.items():
        assert repository.load(Barn, barn).thing == states[-1][1]
        for at, _ in states:
            expected = [thing for moment, thing in states if moment <= at][-1]
            assert repository.as_of(Barn, barn, at) == expected
    by_bales = sorted((s[-1][1] for s in past.values()), key=lambda b: (b.bales, b.barn_id))
    assert repository.page(Barn, {}, "bales").items == by_bales


def test_what_is_found_is_as_the_same_work_left_it(repository):
    work = work_on(repository)
    fill(work, 2)
    work.commit()

    later = work_on(repository)
    fill(later, 3, name="later")
    later.begin(cause("last"))

    assert later.find(Barn) == [Barn(barn_id="b", bales=5)]


def test_what_was_found_and_changed_by_somebody_else_meanwhile_cannot_be_saved(repository):
    first = work_on(repository)
    fill(first, 2)
    first.commit()

    work = work_on(repository)
    work.begin(cause("emptied"))
    (found,) = work.find(Barn)
    other = work_on(repository)
    fill(other, 3, name="other")
    other.commit()
    work.save(replace(found, bales=found.bales - 2))
    work.close_step(None)

    with pytest.raises(Conflict):
        work.commit()


def works_behind_each_other(repository, number):
    """Each adds a bale to what the one before will leave."""
    read_ahead = ReadAhead(repository)
    for each in range(number):
        work = work_on(repository)
        work.read_ahead = read_ahead
        fill(work, name=f"c{each}", mark=repository.mark(f"c{each}"))
        yield work


def test_commits_go_together_and_what_follows_goes_once_they_are_done(repository, monkeypatch):
    """The second process writes while the first group is under way, so that it cannot be done."""
    send, sizes = repository.atomic.send, []
    monkeypatch.setattr(
        repository.atomic, "send", lambda batches: sizes.append(len(batches)) or send(batches)
    )
    works, commits = works_behind_each_other(repository, 4), []
    for work in islice(works, 2):
        commits.append(work.join())
    other = work_on(repository)
    fill(other, 9)
    other.commit()
    work.read_ahead.send()
    for work in works:
        commits.append(work.join())
    work.read_ahead.send()

    assert sizes == [1, 2]
    for sent in commits:
        with pytest.raises(Conflict):
            sent.wait()
    assert sizes == [1, 2]
    assert repository.load(Barn, "b").thing.bales == 9


def test_commits_that_went_together_are_each_waited_for(repository):
    for sent in [work.join() for work in works_behind_each_other(repository, 3)]:
        sent.wait()

    assert repository.load(Barn, "b").thing.bales == 3
    facts = [OutgoingMessage.of(entry) for _, entry in repository.call("xrange", repository.outbox)]
    assert [orjson.loads(fact.body)["data"]["bales"] for fact in facts] == [1, 2, 3]


def test_two_methods_that_are_called_with_one_request_id_announce_facts_of_their_own(repository):
    for method in ("fill", "empty"):
        work = work_on(repository)
        once(work, method, "case-17", "", lambda work=work: work.announce(BarnSeen(barn_id="b")))

    assert len({event["id"] for event in events(repository)}) == 2
