"""What a service keeps: one commit, exact indexes, pages, history. On both stores."""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.errors import Damaged, Invalid, Unavailable
from backbone.messages.envelope import Event
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.atomic import Atomic, Commit, Verdict
from backbone.store.collection import Collection, sortable
from backbone.store.commit_group import AlreadyDone, Conflict
from backbone.store.redis import connect
from backbone.store.repository import Repository, fits
from backbone.store.unit_of_work import UnitOfWork
from tests.support.children import Child, free_ports
from tests.support.eventually import eventually


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    plot_id: str
    town: str
    area_m2: Decimal
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotChanged:
    plot_id: str


KEPT = Collection(Plot, key="plot_id", filters=("town", "tags"), orders=("area_m2",))
START = datetime(2023, 8, 1, tzinfo=UTC)


@pytest.fixture
def redis(store_url):
    return connect(store_url)


@pytest.fixture
def repository(redis):
    return Repository("land", redis, [KEPT])


def commit(repository, *plots, cause="", mark=None, at=START):
    work = UnitOfWork(repository, emits=[PlotChanged], clock=lambda: at)
    work.begin(Event(id=cause or str(uuid.uuid4()), source="/test", type="changed"))
    work.save(*plots)
    work.announce(*(PlotChanged(plot_id=plot.plot_id) for plot in plots))
    work.close_step(mark)
    work.commit()


def plot(name="p", town="a", area="1", tags=()):
    return Plot(plot_id=name, town=town, area_m2=Decimal(area), tags=tags)


def everything(redis):
    """All that the store holds, to show that nothing changed."""
    return {key: redis.dump(key) for key in redis.keys("*")}


def test_a_commit_that_was_done_before_changes_nothing(repository, redis):
    commit(repository, plot(), mark="m")
    before = everything(redis)

    with pytest.raises(AlreadyDone):
        commit(repository, plot(area="2"), mark="m")

    assert everything(redis) == before


def test_a_commit_on_what_somebody_else_changed_meanwhile_changes_nothing(repository, redis):
    commit(repository, plot())
    late = UnitOfWork(repository)
    late.begin(Event(id="late", source="/test", type="x"))
    late.save(replace(late.get(Plot, "p"), area_m2=Decimal(9)))
    late.close_step(None)
    commit(repository, plot(area="2"))
    before = everything(redis)

    with pytest.raises(Conflict):
        late.commit()

    assert everything(redis) == before


def test_two_that_both_found_nothing_cannot_both_create(repository):
    first, second = UnitOfWork(repository), UnitOfWork(repository)
    for work in (first, second):
        work.begin(Event(id=str(id(work)), source="/test", type="x"))
        assert work.get(Plot, "p") is None
        work.save(plot())
        work.close_step(None)
    first.commit()

    with pytest.raises(Conflict):
        second.commit()


def test_a_step_that_is_dropped_never_was(repository, redis):
    work = UnitOfWork(repository, emits=[PlotChanged])
    work.begin(Event(id="1", source="/test", type="x"))
    work.save(plot("lost"))
    work.announce(PlotChanged(plot_id="lost"))
    work.drop()
    work.begin(Event(id="2", source="/test", type="x"))
    work.save(plot("kept"))
    work.close_step(None)
    work.commit()

    assert repository.load(Plot, "lost").version == 0
    assert repository.load(Plot, "kept").version == 1
    assert redis.xlen(repository.outbox) == 0


def test_a_decision_that_is_taken_again_announces_the_same_event(repository, redis):
    for _ in range(2):
        commit(repository, plot(area=str(uuid.uuid4().int % 1000)), cause="same")

    bodies = [OutgoingMessage.of(entry).body for _, entry in redis.xrange(repository.outbox)]
    assert len({body.split(b'"id":"')[1][:36] for body in bodies}) == 1


def test_a_fact_that_the_service_does_not_name_cannot_be_announced(repository):
    work = UnitOfWork(repository)
    work.begin(Event(id="1", source="/test", type="x"))

    with pytest.raises(TypeError, match="PlotChanged"):
        work.announce(PlotChanged(plot_id="p"))


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


def test_what_is_kept_for_a_time_is_forgotten_and_not_listed(redis):
    repository = Repository(
        "land", redis, [Collection(Plot, key="plot_id", lifetime_days=2, history=False)]
    )
    commit(repository, plot())

    assert 0 < redis.ttl("{land}:plot:p") <= 2 * 86400
    assert not redis.keys("*index*")
    assert not redis.keys("*history*") + redis.keys("*changes*")


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
    repository, model = Repository("land", redis, [KEPT]), {}
    for each in changes:
        commit(repository, each)
        model[each.plot_id] = each

    def listed(filters, order):
        found, page = [], repository.page(Plot, filters, order, limit)
        found += page.items
        while page.cursor:
            page = repository.page(Plot, filters, order, limit, page.cursor)
            found += page.items
        return found

    by_area = sorted(model.values(), key=lambda p: (p.area_m2, p.plot_id.encode()))
    assert listed({}, "area_m2") == by_area
    assert listed({}, "-area_m2") == by_area[::-1]
    assert listed({"town": "x"}, "area_m2") == [p for p in by_area if p.town == "x"]
    both = {"town": "x", "tags": "t"}
    assert listed(both, "area_m2") == [p for p in by_area if p.town == "x" and "t" in p.tags]


FIELDS = {"area_m2": lambda p: p.area_m2, "key": lambda p: p.plot_id.encode()}


def walked(repository, filters, order, limit):
    """All pages, one after the other."""
    page = repository.page(Plot, filters, order, limit)
    found = list(page.items)
    while page.cursor:
        page = repository.page(Plot, filters, order, limit, page.cursor)
        found += page.items
    return found


@given(
    st.lists(plots, max_size=12),
    st.fixed_dictionaries(
        {},
        optional={
            "town": st.sampled_from(["x", "y", "x y", "nowhere"]),
            "tags": st.sampled_from("tuv"),
        },
    ),
    st.sampled_from(["key", "area_m2", "updated_at"]),
    st.booleans(),
    st.integers(1, 5),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_filter_in_every_order_lists_what_a_sorted_dict_would(
    redis, changes, filters, order, descending, limit
):
    redis.flushdb()
    repository, model, moments = Repository("land", redis, [KEPT]), {}, {}
    for hour, each in enumerate(changes):
        if model.get(each.plot_id) != each:
            moments[each.plot_id] = hour
        commit(repository, each, at=START + timedelta(hours=hour))
        model[each.plot_id] = each

    values = FIELDS | {"updated_at": lambda p: moments[p.plot_id]}
    expected = sorted(
        (
            p
            for p in model.values()
            if filters.get("town", p.town) == p.town
            and ("tags" not in filters or filters["tags"] in p.tags)
        ),
        key=lambda p: (values[order](p), p.plot_id.encode()),
        reverse=descending,
    )
    assert walked(repository, filters, "-" * descending + order, limit) == expected


@given(st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=30), st.integers(1, 4))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_walk_has_no_gap_and_no_repetition_though_things_are_added_meanwhile(
    redis, numbers, limit
):
    redis.flushdb()
    repository, half = Repository("land", redis, [KEPT]), len(numbers) // 2
    there, added = numbers[:half], numbers[half:]
    commit(repository, *(plot(f"{number:02}") for number in there))
    page = repository.page(Plot, {}, "key", limit)
    found = list(page.items)
    while page.cursor:
        if added:
            commit(repository, plot(f"{added.pop():02}"))
        page = repository.page(Plot, {}, "key", limit, page.cursor)
        found += page.items

    names = [each.plot_id for each in found]
    assert names == sorted(set(names))
    assert {f"{number:02}" for number in there} <= set(names)


def test_many_things_that_do_not_fit_are_passed_over_in_bounded_steps(repository, monkeypatch):
    monkeypatch.setattr("backbone.store.repository.SCAN_AT_ONCE", 2)
    monkeypatch.setattr("backbone.store.repository.SCAN_AT_MOST", 5)
    commit(repository, *(plot(f"{n:02}", town="a", tags=("tu"[n % 2],)) for n in range(20)))
    commit(repository, *(plot(f"x{n:02}", town="b", tags=("t",)) for n in range(20)))

    first = repository.page(Plot, {"town": "a", "tags": "t"}, "key", 10)

    assert len(first.items) < 10
    assert first.cursor
    assert len(walked(repository, {"town": "a", "tags": "t"}, "key", 3)) == 10


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAAAAAAAAAA", "=" * 9])
def test_a_cursor_that_is_none_is_named(repository, cursor):
    with pytest.raises(Invalid) as problem:
        repository.page(Plot, {}, "key", 10, cursor)

    assert problem.value.reasons[0].field == "cursor"


def test_a_cursor_of_another_list_is_refused(repository):
    commit(repository, plot("a"), plot("b"))
    cursor = repository.page(Plot, {}, "key", 1).cursor

    for filters, order in (({"town": "a"}, "key"), ({}, "-key")):
        with pytest.raises(Invalid):
            repository.page(Plot, filters, order, 1, cursor)


def test_a_past_moment_shows_a_state_that_there_was_though_a_clock_was_behind(repository):
    """Two processes' clocks are never quite the same."""
    commit(repository, plot(area="1", town="a"), at=START)
    commit(repository, plot(area="2", town="b"), at=START + timedelta(seconds=2))
    commit(repository, plot(area="3", town="b"), at=START + timedelta(seconds=1))

    seen = repository.as_of(Plot, "p", START + timedelta(seconds=1.5))

    assert seen in [plot(area="1", town="a"), plot(area="3", town="b")]


def test_values_that_differ_sort_as_they_are_and_none_comes_first():
    day = datetime(2023, 8, 1, 9, tzinfo=UTC)
    rising = [
        [None, Decimal("0.000001"), Decimal(2), 10, Decimal("99999999999.999999")],
        [None, day.date(), (day + timedelta(days=1)).date()],
        [day, day.astimezone(timezone(timedelta(hours=8))) + timedelta(seconds=1)],
        ["", "a", "a b", "b", "地"],
    ]

    for values in rising:
        texts = [sortable(value) for value in values]
        assert texts == sorted(texts)
        assert len(set(texts)) == len(texts)


@given(
    st.decimals(0, 10**15, places=6, allow_nan=False),
    st.decimals(0, 10**15, places=6, allow_nan=False),
)
def test_numbers_sort_by_their_size_to_the_last_of_six_places(one, other):
    assert (one < other) == (sortable(one) < sortable(other))


def test_a_store_in_memory_is_shared_by_its_name_alone():
    one, same, other = (connect(f"memory://{START}{name}") for name in ("a", "a", "b"))
    one.set("k", "v")

    assert same.get("k") == b"v"
    assert other.get("k") is None


def test_a_connection_that_redis_closed_is_opened_anew_and_costs_no_command(redis_url):
    store = connect(redis_url)
    store.set("a", 1)
    assert connect(redis_url).client_kill_filter(_id=store.client_id()) == 1

    assert store.get("a") == b"1"


def test_of_two_writes_in_one_commit_the_later_one_counts(redis):
    batch = Commit(marks_last_s=60)
    batch.set("set, then deleted", b"1")
    batch.delete("set, then deleted")
    batch.delete("deleted, then set")
    batch.set("deleted, then set", b"2")
    batch.add("set", "added, then removed")
    batch.remove("set", "added, then removed")
    batch.remove("set", "removed, then added")
    batch.add("set", "removed, then added", 3)

    assert [verdict.said for verdict in Atomic(redis).send([batch])()] == ["done"]

    assert redis.get("set, then deleted") is None
    assert redis.get("deleted, then set") == b"2"
    assert redis.zrange("set", 0, -1, withscores=True) == [(b"removed, then added", 3)]


def test_of_commits_that_go_together_none_is_tried_behind_one_that_cannot_be_done(redis):
    def batch(number, version):
        batch = Commit(outbox="outbox", marks_last_s=60)
        batch.mark(f"mark {number}", b"said")
        batch.expect_version("document", version)
        batch.set("document", f"{number} {number}".encode())
        batch.append("outbox", {"number": str(number)})
        return batch

    one, two, clashes, behind = batch(1, 0), batch(2, 1), batch(3, 7), batch(3, 2)

    done, follows, clash = Atomic(redis).send([one, two, clashes, behind])()
    assert (done.said, follows.said, clash) == ("done", "done", Verdict("clash", 0))
    assert (done.before, follows.before) == (b"", done.appended[0][0])
    assert redis.get("document") == b"2 2"
    assert [entry[b"number"] for _, entry in redis.xrange("outbox")] == [b"1", b"2"]
    assert Atomic(redis).send([one, behind])() == [Verdict("seen", 0)]
    assert [verdict.said for verdict in Atomic(redis).send([behind])()] == ["done"]


def test_a_commit_may_be_larger_than_one_command_can_be(redis):
    batch = Commit()
    members = [f"{number:06}" for number in range(10_000)]
    for member in members:
        batch.add("many", member)
        batch.append("stream", {"member": member} if int(member) % 2 else {"a": "1", "b": "2"})
        batch.push("list", member.encode())
    Atomic(redis).send([batch])()

    assert [member.decode() for member in redis.zrange("many", 0, -1)] == members
    assert [member.decode() for member in redis.lrange("list", 0, -1)] == members
    assert [entry.get(b"member") for _, entry in redis.xrange("stream")] == [
        member.encode() if int(member) % 2 else None for member in members
    ]
    for member in members:
        batch.remove("many", member)
    Atomic(redis).send([batch])()
    assert redis.zcard("many") == 0


@pytest.fixture
def guarded(tmp_path):
    """The URLs of a Redis that is reached by TLS, with a password, or through its own socket."""
    key, certificate, local = (tmp_path / name for name in ("key", "certificate", "socket"))
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names,
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    (port,) = free_ports(1)
    server = Child(
        ["redis-server", "--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no",
         "--tls-cert-file", str(certificate), "--tls-key-file", str(key),
         "--tls-ca-cert-file", str(certificate), "--requirepass", "secret",
         "--unixsocket", str(local), "--save", ""],
        os.environ, tmp_path / "output",
    )  # fmt: skip
    eventually(local.exists)
    yield {
        "rediss": f"rediss://:secret@localhost:{port}/0?ssl_ca_certs={certificate}",
        "unix": f"unix://:secret@{local}?db=0",
    }
    server.kill()


@pytest.mark.parametrize("scheme", ["rediss", "unix"])
def test_redis_is_reached_by_tls_and_by_its_own_socket(guarded, scheme):
    redis = connect(guarded[scheme])

    commit(Repository("land", redis, [KEPT]), plot())

    assert Repository("land", redis, [KEPT]).load(Plot, "p").thing == plot()


@pytest.mark.parametrize("scheme", ["rediss", "unix"])
def test_such_a_connection_that_redis_closed_costs_no_command_either(guarded, scheme):
    redis = connect(guarded[scheme])
    redis.set("a", 1)
    assert connect(guarded[scheme]).client_kill_filter(_id=redis.client_id()) == 1

    assert redis.get("a") == b"1"


def test_a_database_that_redis_does_not_have_is_waited_for(redis_server):
    """Somebody has to mend the URL; no message is to be parked for it meanwhile."""
    repository = Repository("mill", connect(redis_server.url.removesuffix("/0") + "/99999"), [])

    with pytest.raises(Unavailable, match="DB index is out of range"):
        repository.call("get", "sack")


@pytest.mark.parametrize(
    "document",
    [
        b"rubbish", b"", b"1", b"1 2023-08-01", b"x 2023-08-01 {}", b"1 2023-08-01 {", b"1 2023-08-01 {}",
        b"1 \xff {}",
        b'1 2023-08-01 {"plot_id": "p", "town": 7, "area_m2": "1"}', b"1 2023-08-01 []", b"1 2023-08-01 \xff",
    ],
)  # fmt: skip
def test_a_damaged_document_says_which_thing_and_which_key_cannot_be_read(
    repository, redis, document
):
    commit(repository, plot())
    redis.set("{land}:plot:p", document)

    for read in (
        lambda: repository.load(Plot, "p"),
        lambda: repository.page(Plot, {"town": "a"}),
        lambda: UnitOfWork(repository).get(Plot, "p"),
    ):
        with pytest.raises(
            Damaged, match=r"The plot p cannot be read: .* \{land\}:plot:p is damaged"
        ):
            read()


def test_a_key_that_holds_something_else_is_damaged_and_not_a_defect_of_ours(repository, redis):
    commit(repository, plot())
    redis.delete("{land}:plot:p")
    redis.rpush("{land}:plot:p", "x")

    with pytest.raises(Damaged, match=r"\{land\}:plot:p is damaged"):
        repository.load(Plot, "p")


@pytest.mark.parametrize(
    "entry", ["{", "3", "[1]", '{"version": 1}', '[1, "", ["s", "i", "t"], 5, []]']
)
def test_a_damaged_history_names_its_key(repository, redis, entry):
    commit(repository, plot())
    redis.rpush("{land}:changes:plot:p", entry)

    for read in (lambda: repository.history(Plot, "p"), lambda: repository.as_of(Plot, "p", START)):
        with pytest.raises(Damaged, match=r"\{land\}:changes:plot:p is damaged"):
            read()


@pytest.mark.parametrize(
    "entry", [{"change": "{"}, {"change": "3"}, {"else": "{}"}, {"change": "{}"}]
)
def test_a_damaged_history_of_an_earlier_version_names_its_key(repository, redis, entry):
    redis.xadd("{land}:history:plot:p", entry)

    for read in (lambda: repository.history(Plot, "p"), lambda: repository.as_of(Plot, "p", START)):
        with pytest.raises(Damaged, match=r"\{land\}:history:plot:p is damaged"):
            read()


@pytest.mark.parametrize("form", ["history", "changes"])
def test_a_history_key_that_holds_something_else_is_damaged(repository, redis, form):
    redis.set(f"{{land}}:{form}:plot:p", "x")

    with pytest.raises(Damaged, match=rf"\{{land\}}:{form}:plot:p is damaged"):
        repository.history(Plot, "p")


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
