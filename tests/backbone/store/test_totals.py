"""How many things there are, kept in the commit: always what walking all of them would say."""

from __future__ import annotations

import os
import random
import sys
import threading
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.errors import Unavailable
from backbone.messages.envelope import Event
from backbone.store import totals
from backbone.store.collection import Collection
from backbone.store.commit_group import AlreadyDone, Conflict
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.totals import Total
from backbone.store.unit_of_work import UnitOfWork
from tests.support.children import Child
from tests.support.eventually import eventually

from ..counting import KEPT, Plot, change

BEFORE = replace(KEPT, totals=(), sums=())  # as a version before kept them
KEY = "{land}:totals:plot"


@pytest.fixture
def redis(store_url):
    return connect(store_url)


@pytest.fixture
def repository(redis):
    return Repository("land", redis, [KEPT])


def commit(repository, *plots, mark=None):
    work = UnitOfWork(repository)
    work.begin(Event(id="1", source="/test", type="changed"))
    work.save(*plots)
    work.close_step(mark)
    work.commit()


def plot(name="p", town="a", area="1", **more):
    area = None if area is None else Decimal(area)
    return Plot(plot_id=name, town=town, area_m2=area, **more)


def walked(repository):
    """What the totals should be: every plot looked at."""
    groups = defaultdict(list)
    page = repository.page(Plot, {}, "key", 1000)
    for each in page.items:
        groups[each.town, str(each.in_use).lower()].append(each.area_m2 or Decimal(0))
    assert page.cursor is None
    return [
        Total(values, len(areas), {"area_m2": sum(areas)})
        for values, areas in sorted(groups.items())
    ]


def told(repository):
    return totals.read(repository, Plot)


def test_a_store_without_things_has_no_totals(repository):
    assert told(repository) == []


def test_things_are_counted_and_summed_by_the_values_of_their_fields(repository):
    commit(repository, plot("1"), plot("2", area="0.000001"), plot("3", "b", None, in_use=True))

    assert told(repository) == [
        Total(("a", "false"), 2, {"area_m2": Decimal("1.000001")}),
        Total(("b", "true"), 1, {"area_m2": Decimal(0)}),
    ]


def test_a_thing_that_changes_leaves_its_group_with_what_it_had(repository):
    commit(repository, plot(area="7"))
    told(repository)
    commit(repository, plot(town="b", area="9"))

    assert told(repository) == [Total(("b", "false"), 1, {"area_m2": Decimal(9)})]


def test_a_commit_that_was_done_before_counts_once(repository):
    told(repository)
    commit(repository, plot(), mark="m")
    with pytest.raises(AlreadyDone):
        commit(repository, plot("another"), mark="m")

    assert [each.count for each in told(repository)] == [1]


def test_a_commit_on_what_somebody_else_changed_meanwhile_counts_nothing(repository):
    told(repository)
    late = UnitOfWork(repository)
    late.begin(Event(id="late", source="/test", type="x"))
    late.save(plot(area="9"))
    late.close_step(None)
    commit(repository, plot(area="2"))
    with pytest.raises(Conflict):
        late.commit()

    assert told(repository) == walked(repository)


def test_of_several_steps_in_one_commit_the_last_state_counts(repository):
    told(repository)
    work = UnitOfWork(repository)
    for number in range(3):
        work.begin(Event(id=str(number), source="/test", type="x"))
        work.save(plot(town="abc"[number], area=str(number)))
        work.close_step(None)
    work.begin(Event(id="dropped", source="/test", type="x"))
    work.save(plot("dropped"))
    work.drop()
    work.commit()

    assert told(repository) == [Total(("c", "false"), 1, {"area_m2": Decimal(2)})]


plots = st.builds(
    plot,
    name=st.sampled_from("pqrs"),
    town=st.sampled_from(["x", "x y", "地", ""]),
    area=st.none() | st.decimals(0, 10**9, places=6).map(str),
    in_use=st.booleans(),
)


@given(st.lists(st.tuples(plots, st.booleans()), max_size=15))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_changes_the_totals_are_what_a_walk_says(redis, changes):
    redis.flushdb()
    repository = Repository("land", redis, [KEPT])
    for each, is_asked in changes:
        commit(repository, each)
        if is_asked:
            assert told(repository) == walked(repository)

    assert told(repository) == walked(repository)


def test_things_from_before_totals_were_kept_are_counted_when_somebody_first_asks(
    repository, redis
):
    commit(Repository("land", redis, [BEFORE]), plot("1"), plot("2", "b"), plot("3", "b"))
    commit(repository, plot("3", "a"), plot("4", area="5"))  # less than nothing in b, as yet

    assert told(repository) == walked(repository)
    assert sum(each.count for each in told(repository)) == 4


def test_a_version_that_keeps_no_totals_runs_beside_us_and_what_it_did_is_counted_anew(
    repository, redis
):
    commit(repository, plot("1"))
    told(repository)
    commit(Repository("land", redis, [BEFORE]), plot("2"))

    totals.build(repository, Plot)

    assert told(repository) == walked(repository)


def test_what_is_committed_while_totals_are_counted_counts_once(repository, redis, monkeypatch):
    commit(repository, plot("1"), plot("2"))
    stored = repository.stored

    def meanwhile(cls, identity, raw):
        """Between the moment that is counted and the end of the count."""
        monkeypatch.setattr(repository, "stored", stored)
        commit(Repository("land", redis, [KEPT]), plot("1", "b", "8"), plot("3"))
        return stored(cls, identity, raw)

    monkeypatch.setattr(repository, "stored", meanwhile)
    totals.build(repository, Plot)

    assert told(repository) == walked(repository)


def test_what_is_added_between_the_ids_and_their_things_is_counted_too(
    repository, redis, monkeypatch
):
    commit(repository, plot("1"))
    call = repository.call

    def meanwhile(command, *args, **options):
        found = call(command, *args, **options)
        if command == "zrange":
            monkeypatch.setattr(repository, "call", call)
            commit(Repository("land", redis, [KEPT]), plot("2"))
        return found

    monkeypatch.setattr(repository, "call", meanwhile)
    totals.build(repository, Plot)

    assert told(repository) == walked(repository)


def test_who_counts_anew_while_somebody_else_does_makes_him_begin_again(
    repository, redis, monkeypatch
):
    commit(repository, plot("1"))
    stored = repository.stored

    def meanwhile(cls, identity, raw):
        monkeypatch.setattr(repository, "stored", stored)
        totals.build(Repository("land", redis, [KEPT]), Plot)
        return stored(cls, identity, raw)

    monkeypatch.setattr(repository, "stored", meanwhile)
    totals.build(repository, Plot)

    assert [each.count for each in told(repository)] == [1]


def test_who_finds_others_counting_again_and_again_is_told_so(repository, redis, monkeypatch):
    commit(repository, plot("1"))
    stored = repository.stored

    def meanwhile(cls, identity, raw):
        redis.hset(KEY, totals.BUILDING, "somebody else")
        return stored(cls, identity, raw)

    monkeypatch.setattr(repository, "stored", meanwhile)

    with pytest.raises(Unavailable, match="counted anew"):
        told(repository)


def test_a_count_that_was_broken_off_is_begun_again(repository, redis):
    commit(repository, plot("1"))
    told(repository)
    totals._snapshot(repository, KEPT, KEY, "one that was killed")
    commit(repository, plot("2"))

    assert told(repository) == walked(repository)


@pytest.mark.parametrize("damage", ["another kind of key", "a number that is too large"])
def test_totals_that_cannot_be_added_to_tear_no_commit(repository, redis, damage):
    commit(repository, plot("1"))
    told(repository)
    if damage == "another kind of key":
        redis.delete(KEY)
        redis.rpush(KEY, "x")
    else:
        redis.hset(KEY, "a\x1ffalse\x1f#", 2**63 - 1)

    commit(repository, plot("2"))

    assert repository.load(Plot, "2").version == 1
    assert told(repository) == walked(repository)


def test_a_thing_that_is_forgotten_by_itself_has_no_totals():
    with pytest.raises(ValueError, match="no totals"):
        Collection(Plot, key="plot_id", totals=("town",), lifetime_days=2)


def test_many_at_once_count_what_there_is(redis_url):
    def work(first):
        repository = Repository("land", connect(redis_url), [KEPT])
        for number in range(first, first + 50):
            change(repository, number)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    repository = Repository("land", connect(redis_url), [KEPT])
    assert told(repository) == walked(repository)


def test_nothing_is_counted_twice_or_lost_when_processes_and_redis_are_killed(
    redis_server, tmp_path
):
    """Each process begins with the number at which the one before was killed, done or not."""
    redis_server.ensure_up()
    url, chance, at = redis_server.new_url(), random.Random(1), 0
    repository = Repository("land", connect(url), [KEPT])
    told(repository)
    for blow in range(6):
        output = tmp_path / f"output {blow}"
        env = {**os.environ, "PYTHONPATH": os.getcwd()}
        child = Child(
            [sys.executable, "-W", "ignore", "-m", "tests.backbone.counting", url, str(at)],
            env, output,
        )  # fmt: skip
        enough = at + chance.randrange(20, 60)
        eventually(lambda at=at, enough=enough, output=output: reached(output, at) >= enough)
        if blow % 2:
            redis_server.kill()
            redis_server.ensure_up()
        child.kill()
        at = reached(output, at)

    assert told(repository) == walked(repository)
    assert sum(each.count for each in walked(repository)) == 20


def reached(output: Path, at: int) -> int:
    """The number that it has begun: the one after the last whole line."""
    lines = output.read_text().splitlines(keepends=True)
    done = [int(line) for line in lines if line.endswith("\n") and line.strip().isdigit()]
    return done[-1] + 1 if done else at
