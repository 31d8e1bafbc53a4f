"""docs/contracts/permissions.md, tried cell by cell at broker and stores: what it allows works, all else
is refused."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import amqp
import kombu
import pytest
import redis
from amqp.exceptions import AccessRefused, AMQPError

from backbone.amqp.rights import Act, Attempt
from cli.grant.broker import Broker
from services import access, access_stores, access_table, wiring
from services.contracts import contracts
from services.installation import HOMES

USERS = access_table.users(wiring.read(), [each.as_json() for each in contracts()])
STORE_USERS = access_stores.users(wiring.read())
OWN_QUEUES = ("gis.land", "rpc.reply-mine", "receipts-330604006", "receipts-330604007")
PASSWORD = "of-this-test"


@pytest.fixture(scope="session")
def cells(guarded, empty_zone) -> str:
    """An empty zone with every user let in, and queues of theirs."""
    administrator = empty_zone
    with kombu.Connection(administrator) as connection:
        for queue in OWN_QUEUES:
            classic = {"x-queue-type": "classic"}
            kombu.Queue(
                queue, channel=connection.channel(), queue_arguments=classic, auto_delete=False
            ).declare()
        for service in access_table.HOMES:
            kombu.Exchange(
                f"{service}.store", type="fanout", channel=connection.channel()
            ).declare()
    broker = Broker(guarded.rabbitmq.management_url, administrator)
    for user in USERS:
        broker.put(_renamed(user), PASSWORD)
    return administrator


def _renamed(user):
    """The services that run keep their passwords."""
    return replace(user, name=f"cells-{user.name}")


@pytest.mark.parametrize("user", USERS, ids=lambda user: user.name)
def test_a_user_may_do_what_the_table_says_and_nothing_else(user, cells):
    where = urlsplit(cells)
    host = where.netloc.rpartition("@")[2]
    uri = urlunsplit(where._replace(netloc=f"cells-{user.name}:{PASSWORD}@{host}"))
    wrong = []
    with kombu.Connection(uri) as connection:
        for row in access_table.rows():
            attempt = row.by(user)
            was_let = tried(connection, attempt)
            if was_let is not user.rights.may(attempt):
                wrong.append(f"{row.meaning}: {'let' if was_let else 'refused'}")
    assert wrong == []


def tried(connection: kombu.Connection, attempt: Attempt) -> bool:
    """Whether the broker let us. What it refuses for another reason it would have let us do."""
    channel = connection.channel()
    try:
        _try(channel, attempt)
    except AccessRefused:
        return False
    except AMQPError as problem:
        if problem.code not in (405, 406):  # cannot be done so, by anybody
            raise
        return True
    channel.close()
    return True


def _try(channel: amqp.Channel, attempt: Attempt) -> None:
    match attempt.act:
        case Act.PUBLISH:
            channel.confirm_select()
            message = amqp.Message("{}")
            channel.basic_publish_confirm(message, attempt.name, routing_key=attempt.key)
        case Act.BIND:
            channel.queue_bind(attempt.to, attempt.name, attempt.key)
            channel.queue_unbind(attempt.to, attempt.name, attempt.key)
        case Act.CONSUME:
            channel.basic_get(attempt.name)
        case Act.CONFIGURE:
            is_queue = attempt.name.startswith("rpc-") or attempt.name in (*OWN_QUEUES, "somebodys")
            is_queue |= attempt.name.endswith(".v1")
            if is_queue:  # of another kind than it is, which only who may declare it is told
                channel.queue_declare(attempt.name, durable=False, arguments={"x-max-length": 7})
            else:
                channel.exchange_declare(attempt.name, "headers", durable=False)
        case Act.LISTEN:
            name = _own_exchange(channel, attempt.to)
            channel.exchange_bind(name, attempt.name, attempt.key)
            channel.exchange_unbind(name, attempt.name, attempt.key)
        case Act.LEAD:
            channel.exchange_bind(attempt.to, _own_exchange(channel, attempt.name), "key")
        case Act.ALTERNATE:
            _own_exchange(channel, attempt.name, {"alternate-exchange": attempt.to})
        case Act.DEAD_LETTER:
            ends = {"x-dead-letter-exchange": attempt.to, "x-dead-letter-routing-key": "key"}
            channel.queue_declare(f"{attempt.name}-{uuid4()}", exclusive=True, arguments=ends)


def _own_exchange(channel: amqp.Channel, name: str, arguments: dict[str, str] | None = None) -> str:
    """One that nobody declared in another way."""
    name = f"{name}-{uuid4()}"
    channel.exchange_declare(name, "direct", auto_delete=False, arguments=arguments)
    return name


@pytest.fixture(scope="module")
def store(guarded):
    """Redis, as its administrator, with a copy of every user."""
    client = redis.Redis.from_url(
        (guarded.secrets / "administrator" / "redis-url").read_text().strip()
    )
    for user in STORE_USERS:
        client.execute_command("ACL", "SETUSER", f"cells-{user.name}", "on", *user.redis)
    yield client
    for user in STORE_USERS:
        client.execute_command("ACL", "DELUSER", f"cells-{user.name}")


@pytest.mark.parametrize("user", STORE_USERS, ids=lambda user: user.name)
def test_redis_judges_each_user_as_the_table_says(user, store):
    """By ACL DRYRUN: Redis says what it would do, and does nothing."""
    wrong = []
    for each in access_stores.attempts():
        said = store.execute_command("ACL", "DRYRUN", f"cells-{user.name}", *each.command)
        was_let = said in (b"OK", "OK")
        assert was_let or b"permission" in said, said
        if was_let is not access_stores.may(user.redis, each):
            wrong.append(f"{each.meaning}: {'let' if was_let else 'refused'}")
    assert wrong == []


@pytest.mark.parametrize("name", access_table.HOMES)
def test_a_service_sees_no_setting_of_a_redis_with_replicas_and_all_else_as_of_one_without(name):
    alone, followed = (
        access.service(name, wiring.read(), has_replicas=each).redis for each in (False, True)
    )
    differ = [
        each.meaning
        for each in access_stores.attempts()
        if access_stores.may(alone, each) is not access_stores.may(followed, each)
    ]
    assert differ == ["see a setting"]


def test_whoever_reaches_a_store_reaches_little_of_it():
    may = {
        each.meaning: {user.name for user in STORE_USERS if access_stores.may(user.redis, each)}
        - {"administrator"}
        for each in access_stores.attempts()
    }
    assert may["write the store of parcels"] == {"service-parcels"}
    assert may["read the store of parcels"] == {"service-parcels", "backup"}
    for alone in ("empty it", "change a setting", "let somebody in", "read what is no service's"):
        assert may[alone] == set()


def test_what_a_user_is_let_do_is_little():
    """Not reckoned from the rights: who may at all do what harms most."""
    may = {
        row.meaning: {
            user.name
            for user in USERS
            if user.name != "administrator" and user.rights.may(row.by(user))
        }
        for row in access_table.rows()
    }
    assert may["announce parcels.land_released"] == {"service-parcels"}
    assert may["announce projects.listing_awarded"] == {"service-projects"}
    for name in HOMES:
        assert may[f"announce what is not on the card of {name}"] == set()
        assert may[f"have all facts of parcels go to {name}"] <= {"service-notify", "installer"}
    assert may["have parcels.land_released go to projects"] == {"service-projects", "installer"}
    assert may["have parcels.land_released go to enterprises"] == {"installer"}
    assert may["have parcels.parcel_split go to projects"] == {"installer"}
    assert may["have reports of plots go to enterprises"] == {"installer"}
    assert may["report as 330604006"] == {"township-330604006", "service-parcels"}
    assert may["report as 330604007"] == {"service-parcels"}  # it keeps what nobody heard
    assert may["call parcels.discard_parked"] == {"operator-wang"}
    assert may["call parcels.record_soil"] == set()
    assert may["call notify.raise_alarm"] == {"alarms"}
    assert may["send a heartbeat"] == {"heartbeat", "service-parcels"}
    assert may["report under the heartbeat's name"] == {"service-parcels"}
    both = {"township-330604006", "installer"}
    assert may["have the receipts for 330604006 by a second binding"] == both
    assert may["have the receipts for 330604007 by a second binding"] == {"installer"}
    assert may["have everybody's receipts"] == {"installer"}
    assert may["put a message into the inbox of projects"] == {"installer"}
    for meaning, users in may.items():
        if meaning.startswith("declare or delete") and meaning not in NOT_OURS:
            assert users == {"installer"}, meaning
    assert may["have every call and answer"] == set()
    assert may["take the calls of notify"] == {"service-notify", "installer"}
    services = {f"service-{name}" for name in HOMES}
    to = "have dead letters of one's own go to"
    entrance = {"township-330604006", "heartbeat", "service-parcels", "installer"}
    assert may[f"{to} township.events"] == entrance
    assert may[f"{to} nameko-rpc"] == {user.name for user in USERS} - NEVER_CALL
    assert may[f"{to} tenglong_celery_delayed_delivery"] == services | {"installer"}
    assert may[f"{to} parcels.events"] == {"service-parcels", "installer"}
    assert may[f"{to} any queue"] == {"installer"}


NOT_OURS = {
    "declare or delete one's queue of answers",
    "declare or delete the queue of receipts of 330604006",
    "declare or delete a queue of gis",
    "declare or delete any other queue",
}
NEVER_CALL = {"township-330604006", "heartbeat", "administrator"}
