"""A Redis with a replica and Sentinels: the service follows the master, and counts on what a replica has."""

from __future__ import annotations

import contextlib
import uuid

import pytest
import redis

from backbone.errors import Unavailable
from backbone.host import birth
from backbone.host.birth import Birth
from backbone.settings import Settings, Unusable
from backbone.store import sentinel
from backbone.store.atomic import Atomic, Commit
from backbone.store.redis import Forgotten, connect, reaching_redis
from backbone.store.sentinel import Named, NotConfirmed, Witness, all_of, master_of
from tests.support.cluster import RedisGroup
from tests.support.doorway import Host
from tests.support.eventually import eventually


@pytest.fixture(scope="module")
def group():
    redis_group = RedisGroup(replicas=1)
    yield redis_group.start()
    redis_group.discard()


@pytest.fixture
def of(group):
    """The URL of an empty database, once master and replica are both there."""
    group.ensure_up()
    return group.new_url()


def commit(number):
    made = Commit(marks_last_s=60)
    made.set(f"{{mill}}:{number}", b"flour")
    made.mark(f"{{mill}}:done:{number}", b"")
    return made


def bake(host, event_id):
    flour = {"batch_id": event_id, "kind": event_id, "loaves": 3}
    return host.publish("green", "flour.delivered", flour, event_id=event_id)["outcome"]


def test_a_service_goes_on_with_the_redis_that_takes_over_which_has_what_was_confirmed(
    group, of, amqp_uri
):
    with Host("sample", ["bakery"], amqp_uri, of) as host:
        before = [uuid.uuid4().hex for _ in range(5)]
        assert [bake(host, each) for each in before] == ["accepted"] * 5

        killed = group.master()
        group.kill()
        eventually(lambda: group.master() not in (None, killed), 30)
        group.restart()
        eventually(lambda: host.ready("bakery"), 30)

        assert [bake(host, each) for each in before] == ["duplicate"] * 5
        assert bake(host, uuid.uuid4().hex) == "accepted"
        assert host.readyz("bakery") == {"service": "bakery", "waits_for": {}}
        assert "store_forgotten" not in host.logs()


def test_a_commit_that_no_replica_has_does_not_count_until_one_has_it(group, of, monkeypatch):
    monkeypatch.setattr(sentinel, "CONFIRMED_WITHIN_MS", 200)
    atomic = Atomic(connect(of), Witness("mill", 1, 60))
    assert atomic.send([commit("first")])()[0].said == "done"
    master = group.master()
    replica = next(each for each in group.members if each is not master)
    replica.pause()

    for again in (atomic, Atomic(connect(of), Witness("mill", 1, 60))):
        with pytest.raises(NotConfirmed, match="0 of 1"):  # it is there, on one machine alone
            again.send([commit("second")])()
    with pytest.raises(Unavailable, match="cannot be sure"), reaching_redis():
        atomic.send([commit("second")])()

    replica.resume()
    assert eventually(lambda: _said(atomic, "second")) == "seen"


def _said(atomic, number):
    with contextlib.suppress(NotConfirmed):
        return atomic.send([commit(number)])()[0].said


def test_a_master_that_was_demoted_is_left(group, of):
    atomic = Atomic(connect(of), Witness("mill", 0, 60))
    atomic.send([commit("first")])()
    old = group.master()
    with redis.Redis.from_url(old.url) as client:  # as Sentinels do, and its connections stay open
        other = next(each for each in group.members if each is not old)
        client.execute_command("REPLICAOF", "127.0.0.1", other.ports[0])
    asked = redis.Redis("127.0.0.1", group.sentinels[0].ports[0])
    with asked, contextlib.suppress(redis.ResponseError):  # they may be at it already
        asked.execute_command("SENTINEL", "FAILOVER", "park")

    def done():
        with contextlib.suppress(Unavailable), reaching_redis():
            return atomic.send([commit("second")])()[0].said

    assert eventually(done, 30) in ("done", "seen")
    assert eventually(lambda: group.master() not in (None, old), 30)


def test_a_store_without_commits_that_were_confirmed_is_an_alarm_until_it_is_accepted(
    amqp_uri, redis_url
):
    witness = Witness("mill", 0, 60)
    knows = Birth("mill", amqp_uri, witness)
    store = connect(redis_url)
    knows.confirm(store)
    atomic = Atomic(connect(redis_url, greet=knows.guard), witness)
    for number in range(3):
        atomic.send([commit(number)])()
    store.set(witness.key, 2)  # a replica took over, which had no time for the third
    atomic = Atomic(connect(redis_url, greet=knows.guard), witness)

    with pytest.raises(Forgotten, match="lacks commits"):
        atomic.send([commit("later")])()
    for each in (
        knows,
        Birth("mill", amqp_uri),
    ):  # another process is told, and one that comes later
        with pytest.raises(Forgotten, match="tenglong store accept mill"):
            each.confirm(store)
    assert store.get("{mill}:later") is None

    birth.accept(amqp_uri, "mill")
    knows.confirm(store)
    assert atomic.send([commit("later")])()[0].said == "done"


def test_a_store_that_has_all_of_it_is_none(amqp_uri, redis_url):
    witness = Witness("mill", 0, 60)
    knows = Birth("mill", amqp_uri, witness)
    knows.confirm(connect(redis_url))
    for number in range(3):  # each over a connection of its own
        Atomic(connect(redis_url, greet=knows.guard), witness).send([commit(number)])()

    assert witness.count == 3
    assert connect(redis_url).ttl(witness.key) > 0


def test_commands_reach_the_master_and_users_are_given_to_every_redis(group, of):
    master = group.master()

    assert master_of(of).startswith(f"redis://127.0.0.1:{master.ports[0]}/")
    assert len(all_of(of)) == 2
    assert master_of(master.url) == master.url
    assert all_of(master.url) == [master.url]


def test_a_url_of_sentinels_is_read_whole():
    named = Named.of("redis+sentinel://mill:p%2Cw@one:26379,two/park/3")

    assert named.sentinels == [("one", 26379), ("two", 26379)]
    assert (named.name, named.database) == ("park", 3)
    assert named.at("three", 6379) == "redis://mill:p%2Cw@three:6379/3"


@pytest.mark.parametrize(
    "rest", ["one:26379", "one:26379/", "one:x/park", "one/park/first", ",/park", "one/park?db=1"]
)
def test_a_url_that_names_no_master_is_told_what_would_be_right(rest):
    with pytest.raises(Unusable, match="host:26379,host:26379/name/0"):
        Named.of(f"redis+sentinel://{rest}")


def test_the_settings_take_sentinels_and_no_negative_number_of_replicas():
    url = "redis+sentinel://one/park"

    assert Settings(redis_url=url).checked().replicas_confirm == 1
    assert Settings(redis_url=url, replicas_confirm=0).checked().redis_url == url
    with pytest.raises(Unusable, match="REPLICAS_CONFIRM=-1"):
        Settings(replicas_confirm=-1).checked()
