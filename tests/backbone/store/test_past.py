"""A thing is known as of any moment, also as an earlier version wrote it."""

from __future__ import annotations

import json
from datetime import timedelta

from backbone.messages.envelope import Event
from backbone.store.repository import fits
from backbone.store.unit_of_work import UnitOfWork

from .plots import START, Plot, commit, plot


def test_a_thing_is_known_as_of_any_moment(repository):
    moments = [START + timedelta(hours=n) for n in range(4)]
    for n, at in enumerate(moments):
        commit(repository, plot(area=str(n + 1), town="ab"[n % 2]), at=at)

    for n, at in enumerate(moments):
        assert repository.as_of(Plot, "p", at) == plot(area=str(n + 1), town="ab"[n % 2])
    assert repository.as_of(Plot, "p", START - timedelta(seconds=1)) is None
    assert [entry["version"] for entry in repository.history(Plot, "p")] == [1, 2, 3, 4]


def test_many_things_are_known_as_of_a_moment_as_they_are_one_by_one(
    repository, redis, monkeypatch
):
    """Also those of which an earlier version kept the history, in a round trip for every 200."""
    ids = [f"p{number}" for number in range(201)]
    for number, each in enumerate(ids):
        commit(repository, plot(each), at=START + timedelta(hours=number % 3))
        commit(repository, plot(each, area="7"), at=START + timedelta(hours=number % 5))
    whole = {"plot_id": "p", "town": "a", "tags": []}
    as_the_version_before_wrote_it(redis, 1, START, area_m2="1", **whole)
    asked = [*ids, "p", "nowhere"]

    for hour in range(-1, 5):
        moment = START + timedelta(hours=hour)
        one_by_one = {each: repository.as_of(Plot, each, moment) for each in asked}
        there = {each: thing for each, thing in one_by_one.items() if thing}
        assert repository.as_of_many(Plot, asked, moment) == there
    assert len(there) == 202
    trips = counted_pipelines(redis, monkeypatch)
    repository.as_of_many(Plot, asked, START)
    assert len(trips) == 2
    assert repository.as_of_many(Plot, [], START) == {}
    assert len(trips) == 2


def test_the_histories_of_many_things_are_those_of_each_in_a_round_trip_for_every_200(
    repository, redis, monkeypatch
):
    ids = [f"p{number}" for number in range(201)]
    for each in ids:
        commit(repository, plot(each), at=START)
    one_by_one = [(each, repository.history(Plot, each)) for each in (*ids, "nowhere")]

    trips = counted_pipelines(redis, monkeypatch)
    assert list(repository.histories(Plot, [*ids, "nowhere"])) == one_by_one
    assert len(trips) == 2
    assert one_by_one[-1] == ("nowhere", [])


def test_all_things_of_a_kind_are_known_as_of_a_moment_as_they_are_one_by_one(repository):
    """In the order of their ids; filters are of what is so now."""
    ids = [f"p{number:03}" for number in range(205)]
    for number, each in enumerate(ids):
        commit(
            repository,
            plot(each, town="ab"[number % 2], tags=("x",) * (number % 2)),
            at=START + timedelta(hours=number % 3),
        )
        for hour in range(3, 3 + number % 4):
            at = START + timedelta(hours=hour)
            commit(repository, plot(each, area=str(hour), town="ab"[hour % 2], tags=("x",)), at=at)

    for filters in ({}, {"town": "a"}, {"town": "a", "tags": "x"}):
        there = [each for each in ids if fits(repository.load(Plot, each).thing, filters)]
        for hour in (-1, 0, 2, 4):
            moment = START + timedelta(hours=hour)
            one_by_one = [repository.as_of(Plot, each, moment) for each in there]
            assert repository.all_as_of(Plot, moment, filters) == [*filter(None, one_by_one)]


def counted_pipelines(redis, monkeypatch):
    """One for each round trip from now on."""
    trips, pipeline = [], redis.pipeline
    monkeypatch.setattr(redis, "pipeline", lambda: trips.append(1) or pipeline())
    return trips


def test_a_past_moment_shows_a_state_that_there_was_though_a_clock_was_behind(repository):
    """Two processes' clocks are never quite the same."""
    commit(repository, plot(area="1", town="a"), at=START)
    commit(repository, plot(area="2", town="b"), at=START + timedelta(seconds=2))
    commit(repository, plot(area="3", town="b"), at=START + timedelta(seconds=1))

    seen = repository.as_of(Plot, "p", START + timedelta(seconds=1.5))

    assert seen in [plot(area="1", town="a"), plot(area="3", town="b")]


def as_the_version_before_wrote_it(redis, version, at, **changed):
    change = {
        "version": version,
        "at": at.isoformat(timespec="microseconds"),
        "by": {"source": "/test", "id": f"old {version}", "type": "changed"},
        "changed": changed,
        "facts": ["plot_changed"],
    }
    redis.xadd("{land}:history:plot:p", {"change": json.dumps(change)})
    document = {"plot_id": "p", "town": "a", "area_m2": changed["area_m2"], "tags": []}
    redis.set("{land}:plot:p", f"{version} {change['at']} {json.dumps(document)}")


def test_who_called_stands_where_an_older_version_reads_past_it(repository):
    work = UnitOfWork(repository, clock=lambda: START)
    work.begin(Event(id="r-1", source="/rpc/land/buy", type="buy", publisher="operator-wang"))
    work.save(plot(area="1"))
    work.close_step(None)
    work.commit()

    (entry,) = repository.redis.lrange("{land}:changes:plot:p", 0, -1)
    version, _, by, _, facts, caller = json.loads(entry)
    assert (version, by, facts, caller) == (1, ["/rpc/land/buy", "r-1", "buy"], [], "operator-wang")

    fourth = [
        2,
        START.isoformat(),
        [*by, "operator-li"],
        {"area_m2": "2"},
        [],
    ]  # as it was for some days
    repository.redis.rpush("{land}:changes:plot:p", json.dumps(fourth))
    callers = [change["by"]["caller"] for change in repository.history(Plot, "p")]
    assert callers == ["operator-wang", "operator-li"]


def test_a_store_of_the_version_before_goes_on_with_its_histories(repository, redis):
    moments = [START + timedelta(hours=n) for n in range(4)]
    whole = {"plot_id": "p", "town": "a", "tags": []}
    as_the_version_before_wrote_it(redis, 1, moments[0], area_m2="1", **whole)
    as_the_version_before_wrote_it(redis, 2, moments[1], area_m2="2")
    assert [entry["version"] for entry in repository.history(Plot, "p")] == [1, 2]
    assert repository.as_of(Plot, "p", moments[0]) == plot(area="1")

    commit(repository, plot(area="3"), at=moments[2])
    as_the_version_before_wrote_it(
        redis, 4, moments[3], area_m2="4"
    )  # it runs beside us for a while

    changes = repository.history(Plot, "p")
    assert [entry["version"] for entry in changes] == [1, 2, 3, 4]
    assert {tuple(entry) for entry in changes} == {("version", "at", "by", "changed", "facts")}
    caused = {"source": "/test", "id": "old 1", "type": "changed", "caller": None, "time": None}
    assert changes[0]["by"] == caused
    assert [repository.as_of(Plot, "p", at) for at in moments] == [plot(area=a) for a in "1234"]
    assert redis.xlen("{land}:history:plot:p") == 3, "nothing more is written in the old form"
