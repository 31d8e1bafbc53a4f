"""A Redis with a replica and Sentinels: the service follows the master, and counts on what a replica has."""

from __future__ import annotations

import contextlib
import uuid
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import redis

from backbone.amqp.connection import connection
from backbone.errors import Unavailable
from backbone.host import birth
from backbone.host.birth import Birth, Record
from backbone.settings import Settings, Unusable, from_environment
from backbone.store import sentinel
from backbone.store.atomic import Atomic, Commit
from backbone.store.redis import Forgotten, connect, reaching_redis
from backbone.store.sentinel import AtSentinels, Named, NotConfirmed, Witness, all_of, master_of
from tests.support.authority import Authority
from tests.support.cluster import Lock, RedisGroup
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
        eventually(lambda: group.master() not in (None, killed))
        group.restart()
        group.settle()  # before it has a replica again, nothing counts
        eventually(lambda: host.ready("bakery"))

        assert [bake(host, each) for each in before] == ["duplicate"] * 5
        assert bake(host, uuid.uuid4().hex) == "accepted"
        assert host.readyz("bakery") == {"service": "bakery", "waits_for": {}}
        assert "store_forgotten" not in host.logs()


def test_a_commit_that_no_replica_has_does_not_count_until_one_has_it(group, of, monkeypatch):
    atomic = Atomic(connect(of), Witness("mill", 1, 60))
    assert atomic.send([commit("first")])()[0].said == "done"
    monkeypatch.setattr(sentinel, "CONFIRMED_WITHIN_MS", 200)
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


def test_nothing_leaves_the_outbox_before_a_replica_has_it(group, of, amqp_uri):
    with Host("sample", ["bakery"], amqp_uri, of) as host:
        assert bake(host, uuid.uuid4().hex) == "accepted"
        master, late = group.master(), uuid.uuid4().hex
        replica = next(each for each in group.members if each is not master)
        replica.pause()
        flour = {"batch_id": late, "kind": late, "loaves": 3}
        said = host.publish("green", "flour.delivered", flour, event_id=late, wait_s=3)
        store = redis.Redis.from_url(master_of(of))
        eventually(lambda: store.xlen("{bakery}:outbox") == 2)  # its fact and its receipt lie there
        told = [each for each in host.receipts() if each["event_id"] == late]
        replica.resume()

        assert (said.get("outcome"), told) == (None, []), "it is done, and nobody is told"
        eventually(lambda: [each for each in host.receipts() if each["event_id"] == late])
        assert len([each for each in host.receipts() if each["event_id"] == late]) == 1


def test_a_store_is_recorded_once_a_replica_has_its_birth_mark(group, of, amqp_uri, monkeypatch):
    monkeypatch.setattr(sentinel, "CONFIRMED_WITHIN_MS", 200)
    knows, store = Birth("mill", amqp_uri, Witness("mill", 1, 60)), connect(of)
    replica = next(each for each in group.members if each is not group.master())
    replica.pause()
    with pytest.raises(NotConfirmed):
        knows.confirm(store)
    with connection(amqp_uri) as opened:
        assert not Record(opened, "mill").is_there(), "the next master may lack the mark"

    replica.resume()
    eventually(lambda: _is_known(knows, store))
    with connection(amqp_uri) as opened:
        assert Record(opened, "mill").is_there()


def _is_known(knows, store):
    with contextlib.suppress(NotConfirmed):
        knows.confirm(store)
        return True


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

    assert eventually(done) in ("done", "seen")
    assert eventually(lambda: group.master() not in (None, old))


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

    assert witness.count == int(connect(redis_url).get(witness.key)) > 3  # the mark is one
    assert connect(redis_url).ttl(witness.key) > 0


def test_commands_reach_the_master_and_users_are_given_to_every_redis(group, of):
    master = group.master()

    assert master_of(of).startswith(f"redis://127.0.0.1:{master.ports[0]}/")
    assert len(all_of(of)) == 2
    assert master_of(master.url) == master.url
    assert all_of(master.url) == [master.url]


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """Redis and Sentinels that ask for passwords, and for a certificate of a private authority."""
    redis_group = RedisGroup(replicas=1, lock=Lock(Authority(tmp_path_factory.mktemp("authority"))))
    yield redis_group.start()
    redis_group.discard()


def test_a_service_works_with_sentinels_and_redis_that_ask_for_passwords_and_certificates(
    locked, amqp_uri
):
    locked.ensure_up()
    url = locked.new_url()
    assert master_of(url).startswith("rediss://")
    for each in all_of(url):
        with redis.Redis.from_url(each) as client:
            assert client.ping()

    with Host("sample", ["bakery"], amqp_uri, url) as host:
        assert bake(host, uuid.uuid4().hex) == "accepted"


def test_a_master_that_asks_for_a_password_and_a_certificate_is_left_for_the_next(locked):
    locked.ensure_up()
    client = connect(locked.new_url())
    client.set("kept", 1)
    first, asked = locked.settle(), locked.sentinels[0]
    with redis.Redis("127.0.0.1", asked.ports[0], **asked.login) as sentinel_client:
        sentinel_client.execute_command("SENTINEL", "FAILOVER", "park")

    def written():
        with contextlib.suppress(Unavailable), reaching_redis():
            return locked.master() not in (None, first) and client.incr("kept") > 1

    assert eventually(written, 60)


@pytest.mark.parametrize(
    "lacks", [("ssl_certfile", "ssl_keyfile"), ("ssl_ca_certs",), ("sentinel_password",)]
)
def test_sentinels_name_the_master_to_nobody_who_cannot_show_who_it_is(locked, lacks):
    locked.ensure_up()
    where = urlsplit(locked.new_url())
    given = {name: value for name, value in parse_qsl(where.query) if name not in lacks}
    url = where._replace(query=urlencode(given)).geturl()

    with pytest.raises(Unavailable, match="does not answer"), reaching_redis():
        connect(url).ping()


def test_another_password_of_the_sentinels_is_read_from_its_file(locked, tmp_path):
    locked.ensure_up()
    file = tmp_path / "redis-url"
    file.write_text(locked.new_url() + "\n")
    client = connect(from_environment({"REDIS_URL_FILE": str(file)}).redis_url)
    assert client.ping()
    sentinels = [redis.Redis("127.0.0.1", each.ports[0], **each.login) for each in locked.sentinels]
    for each in sentinels:
        each.acl_setuser("other", enabled=True, passwords="+new", commands=["+@all"])

    file.write_text(file.read_text().replace("of-sentinels", "new&sentinel_username=other"))
    client.connection_pool.disconnect()
    for each in sentinels:  # whoever asked with the first password has to log in again
        each.client_kill_filter(user="default", skipme=True)

    assert client.ping()
    assert "other" in [row["user"] for each in sentinels for row in each.client_list()]


def test_who_asks_the_sentinels_is_a_user_or_a_password_alone():
    asks = "redis+sentinel://one/park?sentinel_password=p%26w"

    assert AtSentinels(asks).get_credentials() == ("p&w",)
    assert AtSentinels(f"{asks}&sentinel_username=mill").get_credentials() == ("mill", "p&w")


def test_a_url_of_sentinels_over_tls_says_so_of_each_redis():
    named = Named.of(
        "rediss+sentinel://mill:pw@one/park/3?ssl_ca_certs=/ca.pem&sentinel_password=x"
    )

    assert named.at("two", 6380) == "rediss://mill:pw@two:6380/3?ssl_ca_certs=%2Fca.pem"


def test_a_url_of_sentinels_is_read_whole():
    named = Named.of("redis+sentinel://mill:p%2Cw@one:26379,two/park/3")

    assert named.sentinels == [("one", 26379), ("two", 26379)]
    assert (named.name, named.database) == ("park", 3)
    assert named.at("three", 6379) == "redis://mill:p%2Cw@three:6379/3"


@pytest.mark.parametrize(
    "rest",
    ["one:26379", "one:26379/", "one:x/park", "one/park/first", ",/park", "one/park?db=1"],
)
def test_a_url_that_names_no_master_is_told_what_would_be_right(rest):
    with pytest.raises(Unusable, match="host:26379,host:26379/name/0"):
        Named.of(f"redis+sentinel://{rest}")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis+sentinel://one/park?ssl_ca_certs=/ca", "rediss\\+sentinel:// alone"),
        ("rediss+sentinel://one/park?ssl_ca_cert=/ca", "ssl_ca_cert as it cannot be"),
    ],
)
def test_what_a_url_of_sentinels_says_wrongly_of_tls_is_told(url, said):
    with pytest.raises(Unusable, match=said):
        Named.of(url)


def test_the_settings_take_sentinels_and_no_negative_number_of_replicas():
    url = "redis+sentinel://one/park"

    assert Settings(redis_url=url).checked().replicas_confirm == 1
    assert Settings(redis_url=url, replicas_confirm=0).checked().redis_url == url
    with pytest.raises(Unusable, match="REPLICAS_CONFIRM=-1"):
        Settings(replicas_confirm=-1).checked()
