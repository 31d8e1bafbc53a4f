"""What a service keeps: one commit, exact indexes, pages, history. On both stores."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.envelope import Event
from backbone.store import Kept, Shelf, connect
from backbone.work import Clash, Seen, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    plot_id: str
    town: str
    area_m2: Decimal
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotChanged:
    plot_id: str


KEPT = Kept(Plot, key="plot_id", filters=("town", "tags"), orders=("area_m2",))
START = datetime(2023, 8, 1, tzinfo=UTC)


@pytest.fixture
def redis(store_url):
    return connect(store_url)


@pytest.fixture
def shelf(redis):
    return Shelf("land", redis, [KEPT])


def commit(shelf, *plots, cause="", mark=None, at=START):
    work = Work(shelf, emits=[PlotChanged], clock=lambda: at)
    work.begin(Event(id=cause or str(uuid.uuid4()), source="/test", type="changed"))
    work.save(*plots)
    work.announce(*(PlotChanged(plot_id=plot.plot_id) for plot in plots))
    work.keep(mark)
    work.commit()


def plot(name="p", town="a", area="1", tags=()):
    return Plot(plot_id=name, town=town, area_m2=Decimal(area), tags=tags)


def everything(redis):
    """All that the store holds, to show that nothing changed."""
    return {key: redis.dump(key) for key in redis.keys("*")}


def test_a_commit_that_was_done_before_changes_nothing(shelf, redis):
    commit(shelf, plot(), mark="m")
    before = everything(redis)

    with pytest.raises(Seen):
        commit(shelf, plot(area="2"), mark="m")

    assert everything(redis) == before


def test_a_commit_on_what_somebody_else_changed_meanwhile_changes_nothing(shelf, redis):
    commit(shelf, plot())
    late = Work(shelf)
    late.begin(Event(id="late", source="/test", type="x"))
    late.save(replace(late.get(Plot, "p"), area_m2=Decimal(9)))
    late.keep(None)
    commit(shelf, plot(area="2"))
    before = everything(redis)

    with pytest.raises(Clash):
        late.commit()

    assert everything(redis) == before


def test_two_that_both_found_nothing_cannot_both_create(shelf):
    first, second = Work(shelf), Work(shelf)
    for work in (first, second):
        work.begin(Event(id=str(id(work)), source="/test", type="x"))
        assert work.get(Plot, "p") is None
        work.save(plot())
        work.keep(None)
    first.commit()

    with pytest.raises(Clash):
        second.commit()


def test_a_step_that_is_dropped_never_was(shelf, redis):
    work = Work(shelf, emits=[PlotChanged])
    work.begin(Event(id="1", source="/test", type="x"))
    work.save(plot("lost"))
    work.announce(PlotChanged(plot_id="lost"))
    work.drop()
    work.begin(Event(id="2", source="/test", type="x"))
    work.save(plot("kept"))
    work.keep(None)
    work.commit()

    assert shelf.load(Plot, "lost").version == 0
    assert shelf.load(Plot, "kept").version == 1
    assert redis.xlen(shelf.outbox) == 0


def test_a_decision_that_is_taken_again_announces_the_same_event(shelf, redis):
    for _ in range(2):
        commit(shelf, plot(area=str(uuid.uuid4().int % 1000)), cause="same")

    bodies = [entry[b"body"] for _, entry in redis.xrange(shelf.outbox)]
    assert len({body.split(b'"id":"')[1][:36] for body in bodies}) == 1


def test_a_fact_that_the_service_does_not_name_cannot_be_announced(shelf):
    work = Work(shelf)
    work.begin(Event(id="1", source="/test", type="x"))

    with pytest.raises(TypeError, match="PlotChanged"):
        work.announce(PlotChanged(plot_id="p"))


def test_a_thing_is_known_as_of_any_moment(shelf):
    moments = [START + timedelta(hours=n) for n in range(4)]
    for n, at in enumerate(moments):
        commit(shelf, plot(area=str(n + 1), town="ab"[n % 2]), at=at)

    for n, at in enumerate(moments):
        assert shelf.as_of(Plot, "p", at) == plot(area=str(n + 1), town="ab"[n % 2])
    assert shelf.as_of(Plot, "p", START - timedelta(seconds=1)) is None
    assert [entry["version"] for entry in shelf.history(Plot, "p")] == [1, 2, 3, 4]


def test_what_is_kept_for_a_time_is_forgotten_and_not_listed(redis):
    shelf = Shelf("land", redis, [Kept(Plot, key="plot_id", lifetime_days=2, history=False)])
    commit(shelf, plot())

    assert 0 < redis.ttl("{land}:plot:p") <= 2 * 86400
    assert not redis.keys("*index*")
    assert not redis.keys("*history*")


plots = st.builds(
    plot,
    name=st.sampled_from(["a", "a b", "b", "c|d", "é", "地"]),
    town=st.sampled_from(["x", "y", "x y"]),
    area=st.decimals(0, 10**6, places=2).map(str),
    tags=st.lists(st.sampled_from("tuv"), unique=True).map(tuple),
)


@given(st.lists(plots, max_size=12), st.integers(1, 4))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_any_changes_every_list_is_what_the_things_say(redis, changes, limit):
    redis.flushdb()
    shelf, model = Shelf("land", redis, [KEPT]), {}
    for each in changes:
        commit(shelf, each)
        model[each.plot_id] = each

    def listed(filters, order):
        found, page = [], shelf.page(Plot, filters, order, limit)
        found += page.items
        while page.cursor:
            page = shelf.page(Plot, filters, order, limit, page.cursor)
            found += page.items
        return found

    by_area = sorted(model.values(), key=lambda p: (p.area_m2, p.plot_id.encode()))
    assert listed({}, "area_m2") == by_area
    assert listed({}, "-area_m2") == by_area[::-1]
    assert listed({"town": "x"}, "area_m2") == [p for p in by_area if p.town == "x"]
    both = {"town": "x", "tags": "t"}
    assert listed(both, "area_m2") == [p for p in by_area if p.town == "x" and "t" in p.tags]
