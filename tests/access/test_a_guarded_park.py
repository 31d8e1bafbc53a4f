"""Users with the least rights do all of the park's work, from the first start on; nobody else gets in."""

from __future__ import annotations

import json
import uuid
from contextlib import ExitStack
from datetime import date
from urllib.parse import quote, urlsplit

import kombu
import pytest
import redis
import requests
from amqp.exceptions import AccessRefused, NotAllowed, PreconditionFailed

from backbone.amqp.topology import DELIVERY, delayed
from backbone.settings import Settings
from cli.doctor import checks
from cli.doctor.bindings import bindings
from client import NotFound, Park, Unavailable
from demo.story import Plot
from services import access
from services.installation import HOMES, installation
from tests.support.eventually import eventually
from tests.support.internal import calling
from tests.support.processes import ServiceProcess
from tests.support.township import Township

from .conftest import tenglong

TOWNSHIP = "330604006"
SERVICES = {f"service-{name}" for name in HOMES}


def handed(answer) -> dict[str, str]:
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def office(guarded) -> str:
    return handed(guarded.grant("township", TOWNSHIP, "--json"))["amqp_uri"]


@pytest.fixture(scope="module")
def gis(guarded) -> str:
    granted = (
        "--calls",
        "*.list_*",
        "--calls",
        "parcels.overview",
        "--calls",
        "parcels.record_soil",
        "--calls",
        "*.*_history",
    )
    return handed(guarded.grant("system", "gis", *granted, "--json"))["amqp_uri"]


@pytest.fixture(scope="module")
def wang(guarded) -> str:
    return handed(guarded.grant("operator", "wang", "--json"))["amqp_uri"]


@pytest.fixture(scope="module")
def plot(office) -> Plot:
    """A plot that was remediated, as its township reported it."""
    found = Plot(uuid.uuid4().hex[:8], TOWNSHIP, date(2023, 7, 28))
    with Township(office, TOWNSHIP, is_guest=False) as township:
        sent = [township.publish(*report) for report in found.reports()]
        assert {township.receipt(each)["outcome"] for each in sent} == {"accepted"}
    return found


def test_a_plot_goes_from_the_report_to_the_alert(plot, gis):
    case = {"case_id": plot.case_id}
    with Park(gis) as park:
        eventually(lambda: park.projects.list_listings(filter=case)["items"])
        eventually(lambda: _alerts_of(park, plot))


def _alerts_of(park: Park, plot: Plot) -> list[str]:
    found = park.notify.list_alerts(limit=200)["items"]
    return [each["kind"] for each in found if plot.case_id in str(each["data"])]


def test_services_ask_each_other_what_they_are_let_ask(plot, gis):
    with Park(gis) as park:
        assert park.parcels.overview(on=date(2023, 7, 31))["unreachable"] == []


def test_the_history_of_a_parcel_says_which_system_wrote(plot, gis):
    soil = {
        "recorded_on": date(2023, 8, 1),
        "evidence_ids": ["E-1"],
        "on_registry": False,
        "survey_reviewed": True,
        "survey_filed": True,
        "case_open": False,
    }
    with Park(gis) as park:
        park.parcels.record_soil(parcel_id=plot.parcel_id, **soil)
        by = [each["by"] for each in park.parcels.parcel_history(parcel_id=plot.parcel_id)]
    callers = {each["type"]: each["caller"] for each in by}
    assert callers["rpc.record_soil"] == "system-gis"
    assert callers["parcel.registered"] is None


def test_on_record_stands_who_called_and_not_who_was_claimed(guarded, wang):
    with kombu.Connection(guarded.rabbitmq.uri("zone")) as connection:
        connection.Producer().publish(b"\xff", exchange="", routing_key="parcels.inbox.v1")
    command = {"AMQP_URI": wang}
    parked = eventually(
        lambda: handed(tenglong("parked", "list", "parcels", "--json", **command)), 30
    )
    given = [parked[0]["parked_id"], "--by", "somebody else", "--reason", "unreadable bytes"]

    done = tenglong("parked", "discard", "parcels", *given, **command)

    assert done.returncode == 0, done.stderr
    audit = json.loads(tenglong("call", "parcels", "parked_audit", **command).stdout)
    assert audit[0]["by"] == "operator-wang for somebody else"
    assert "somebody else" not in guarded.services["parcels"].output.read_text()


def test_the_operator_of_the_first_start_sees_whether_all_is_well(guarded):
    home = guarded.secrets / "operator-first"
    login = ":".join(guarded.login("operator-first"))
    management = guarded.rabbitmq.management_url.replace(
        ":".join(guarded.login("administrator")), login
    )
    looked = tenglong(
        "doctor",
        "--json",
        AMQP_URI=(home / "amqp-uri").read_text().strip(),
        REDIS_URL=(home / "redis-url").read_text().strip(),
        MANAGEMENT_URL=management,
    )
    found = {each["subject"]: each for each in json.loads(looked.stdout)}
    assert [each for each in found.values() if each["state"] == "broken"] == []
    assert found["bindings"]["state"] == found["store"]["state"] == "well"
    assert "would be told" in found["subscriptions"]["said"]


def test_what_was_not_granted_is_refused_by_the_broker(gis, office, plot):
    with Park(gis) as park, pytest.raises(Unavailable, match="ACCESS_REFUSED"):
        park.parcels.get_parcel(parcel_id=plot.parcel_id, timeout=30)
    with kombu.Connection(office, transport_options={"confirm_publish": True}) as connection:
        as_another = {"exchange": "township.events", "routing_key": "330604007.parcel.registered"}
        with pytest.raises(AccessRefused, match="330604007"):
            connection.Producer().publish({}, **as_another)


@pytest.mark.parametrize("way", ["bound", "alternate", "dead letter"])
def test_a_township_that_goes_round_the_entrance_reports_for_nobody(guarded, office, way):
    """By an exchange or a queue of its own the broker holds it to no key."""
    own = f"receipts-{TOWNSHIP}-{way}"
    _report_round(guarded, office, own, "township.events", way)


@pytest.mark.parametrize(
    ("who", "own"),
    [("heartbeat", "receipts-heartbeat-own"), ("installer", f"receipts-{TOWNSHIP}-own")],
)
def test_nor_does_anybody_else_who_may_have_dead_letters_sent_there(guarded, who, own):
    _report_round(guarded, guarded.uri(who), own, "township.events", "dead letter")


INBOX = "parcels.inbox.v1"


@pytest.mark.parametrize(
    ("who", "where", "way"),
    [
        ("enterprises", (DELIVERY, INBOX), "dead letter"),
        ("enterprises", delayed(INBOX, 1), "dead letter"),
        ("enterprises", (DELIVERY, INBOX), "bound"),
        ("projects", (DELIVERY, INBOX), "dead letter"),
        ("notify", (DELIVERY, INBOX), "dead letter"),
        ("enterprises", (DELIVERY, INBOX), "copied"),
    ],
)
def test_a_service_that_was_taken_over_feeds_no_tries_to_another(guarded, who, where, way):
    """Those are believed in what they say of where they first came from."""
    _report_round(guarded, guarded.uri(who), "rpc.reply-own", *where, way)


def _report_round(guarded, uri, own, target, *more):
    """Report a plot of another township by a way round, and see it parked and taken by nobody."""
    other, way, own = Plot(uuid.uuid4().hex[:8], "330604007"), more[-1], f"{own}-{uuid.uuid4()}"
    first = {"x-exchange": "township.events", "x-routing-key": f"330604007.{other.parcel()[0]}"}
    key = more[0] if more[1:] else first["x-routing-key"]
    event = {
        "specversion": "1.0",
        "id": uuid.uuid4().hex,
        "source": "/townships/330604007",
        "type": other.parcel()[0],
        "time": "2023-08-01T09:30:00+08:00",
        "data": other.parcel()[1],
    }
    with kombu.Connection(uri) as connection, Park(guarded.uri("operator-first")) as park:
        if way == "copied":
            own, first["BCC"], key = target, [key], "enterprises.nothing.v1"
        else:
            _go_round(connection, own, target, key, way)
        connection.Producer().publish(
            event, exchange=own, routing_key=key, headers=first, serializer="json"
        )
        parked = eventually(lambda: _parked_under(park, key))
        with pytest.raises(NotFound):
            park.parcels.get_parcel(parcel_id=other.parcel_id)
        for each in parked:
            park.parcels.discard_parked(parked_id=each, by="a test", reason="tried")
        if way != "copied":
            _clear(connection, own)


def test_a_township_that_has_its_report_copied_to_another_service_holds_up_nobody(guarded, office):
    """RabbitMQ 3 holds a user to the key that it publishes under, and not to those of this header."""
    heard, (type_, data) = "enterprise.registered", Plot(uuid.uuid4().hex[:8], TOWNSHIP).parcel()
    key = f"{TOWNSHIP}.{type_}"
    event = {
        "specversion": "1.0",
        "id": uuid.uuid4().hex,
        "source": f"/townships/{TOWNSHIP}",
        "type": type_,
        "time": "2023-08-01T09:30:00+08:00",
        "data": data,
    }
    with kombu.Connection(office) as connection, Park(guarded.uri("operator-first")) as park:
        connection.Producer().publish(
            event,
            exchange="township.events",
            routing_key=key,
            headers={"CC": [f"{TOWNSHIP}.{heard}"]},
            serializer="json",
        )
        for each in eventually(lambda: _parked_under(park, key, "enterprises")):
            park.enterprises.discard_parked(parked_id=each, by="a test", reason="tried")
    with Township(office, TOWNSHIP, is_guest=False) as township:
        assert township.receipt(township.publish(heard, {}), 60)["outcome"] == "refused"


@pytest.mark.parametrize("way", ["bound", "alternate", "dead letter", "copied"])
def test_a_system_that_goes_round_the_exchange_of_calls_is_refused(guarded, gis, way):
    _call_round(gis, way)


@pytest.mark.parametrize("who", ["alarms", "operator-first", "enterprises"])
def test_so_is_everybody_else_who_calls(guarded, who):
    _call_round(guarded.uri(who), "dead letter")


def _call_round(uri, way):
    own = f"rpc.reply-{uuid.uuid4()}"
    with kombu.Connection(uri) as connection:
        channel = connection.channel()
        reply = kombu.Queue(f"rpc.reply-{uuid.uuid4()}", exclusive=True, channel=channel)
        reply.declare()
        reply.bind_to("nameko-rpc", reply.name)
        key, headers = "parcels.list_parked", {}
        if way == "copied":  # of a call that was granted
            own, headers, key = "nameko-rpc", {"BCC": [key]}, "nobody.list_parcels"
        else:
            _go_round(connection, own, "nameko-rpc", key, way)
        connection.Producer().publish(
            {"args": [], "kwargs": {}},
            exchange=own,
            routing_key=key,
            headers=headers,
            reply_to=reply.name,
            user_id=urlsplit(uri).username,
            serializer="json",
        )
        answer = json.loads(eventually(lambda: reply.get(no_ack=True)).body)
        if way != "copied":
            _clear(connection, own)

    assert answer["error"]["exc_args"][0][0]["code"] == "CALL_NOT_DIRECT"


def _go_round(connection, name, target, key, way):
    """An exchange of one's own, from which the broker leads to another exchange by itself."""
    channel = connection.channel()
    alternate = {"alternate-exchange": target} if way == "alternate" else None
    channel.exchange_declare(name, "direct", auto_delete=False, arguments=alternate)
    if way == "bound":
        channel.exchange_bind(target, name, key)
    if way == "dead letter":
        ends = {
            "x-message-ttl": 1,
            "x-dead-letter-exchange": target,
            "x-dead-letter-routing-key": key,
        }
        channel.queue_declare(f"{name}.q", durable=True, auto_delete=False, arguments=ends)
        channel.queue_bind(f"{name}.q", name, key)


def _clear(connection, name):
    channel = connection.channel()
    channel.exchange_delete(name)
    channel.queue_delete(f"{name}.q")


def _parked_under(park, key, service="parcels"):
    found = getattr(park, service).list_parked(limit=100)
    return [each["parked_id"] for each in found if each["routing_key"] == key]


@pytest.mark.parametrize(
    ("who", "exchange", "key", "claimed"),
    [
        ("office", "township.events", f"{TOWNSHIP}.parcel.registered", "township-330604007"),
        ("gis", "nameko-rpc", "parcels.list_parcels", "operator-wang"),
    ],
)
def test_nobody_sends_a_message_in_the_name_of_another_user(request, who, exchange, key, claimed):
    uri = request.getfixturevalue(who)
    own = urlsplit(uri).username
    with kombu.Connection(uri, transport_options={"confirm_publish": True}) as connection:
        where = {"exchange": exchange, "routing_key": key, "retry": False}
        connection.Producer().publish({}, user_id=own, reply_to="rpc.reply-x", **where)
        with pytest.raises(PreconditionFailed, match=claimed):
            connection.Producer().publish({}, user_id=claimed, reply_to="rpc.reply-x", **where)


def test_an_answer_that_a_granted_user_bound_no_queue_for_is_counted(guarded, gis):
    def unbound() -> float:
        return guarded.services["parcels"].metric("parcels", "tenglong_answers_not_bound_total")

    before = unbound()
    with kombu.Connection(gis) as connection:
        name = f"rpc.reply-{uuid.uuid4().hex}"
        queue = kombu.Queue(name, exclusive=True, channel=connection.channel())
        queue.declare()
        connection.Producer().publish(
            {"args": [], "kwargs": {}},
            exchange="nameko-rpc",
            routing_key="parcels.list_parcels",
            reply_to=name,
            retry=False,
        )
        eventually(lambda: unbound() > before)
        assert queue.get(no_ack=True) is None
    with Park(gis) as park:
        assert "items" in park.parcels.list_parcels(limit=1)


def test_a_stock_nameko_client_calls_and_declares_no_exchange(guarded, plot, monkeypatch):
    uri = handed(guarded.grant("system", "oa", "--calls", "parcels.get_parcel", "--json"))[
        "amqp_uri"
    ]
    monkeypatch.setattr(kombu.Exchange, "passive", True)
    with calling(uri) as park:
        assert park.parcels.get_parcel(parcel_id=plot.parcel_id)["parcel_id"] == plot.parcel_id


def test_an_operator_publishes_nothing_and_a_township_publishes_from_the_shell(
    guarded, office, wang, tmp_path
):
    report = tmp_path / "parcel.json"
    given = Plot(uuid.uuid4().hex[:8], TOWNSHIP, date(2023, 7, 28)).parcel()[1]
    report.write_text(json.dumps(given))
    publish = ("publish", TOWNSHIP, "parcel.registered", f"@{report}")

    assert "accepted" in tenglong(*publish, AMQP_URI=office).stdout
    refused = tenglong(*publish, AMQP_URI=wang)
    assert refused.returncode == 1
    assert "does not let operator-wang do this (ACCESS_REFUSED" in on_one_line(refused.stderr)
    assert "no connection" not in refused.stderr


def test_a_report_that_an_operator_may_not_issue_names_the_command_that_grants_it(wang):
    refused = tenglong("report", "weekly", "--on", "2023-07-26", "--issue", AMQP_URI=wang)

    assert refused.returncode == 1
    told = "An administrator grants it: `tenglong grant operator wang --calls parcels.issue_report`"
    assert told in on_one_line(refused.stderr)


def test_a_wrong_password_on_the_command_line_is_a_refused_login(wang):
    right = urlsplit(wang).password
    refused = tenglong("parked", "list", "parcels", AMQP_URI=wang.replace(right, "x" * 32))
    assert refused.returncode == 1
    assert "RabbitMQ refuses the login of operator-wang" in on_one_line(refused.stderr)
    assert "operator-wang:***@" in refused.stderr


def test_a_wrong_password_at_the_management_api_is_thought_of(guarded):
    right = guarded.management("administrator")
    wrong = right.replace(urlsplit(right).password, "x" * 32)
    refused = tenglong(
        "grant", "list", "--management", wrong, AMQP_URI=guarded.uri("administrator")
    )
    assert refused.returncode == 1
    assert "does not let administrator do this" in on_one_line(refused.stderr)
    assert "its password is another" in on_one_line(refused.stderr)
    assert "x" * 32 not in refused.stderr


def test_granting_again_brings_the_rights_of_this_release_to_redis_too(guarded):
    url = handed(guarded.grant("operator", "zhou", "--json"))["redis_url"]
    administrator = redis.Redis.from_url(guarded.store("administrator"))
    administrator.execute_command("ACL", "SETUSER", "operator-zhou", "-acl|dryrun", "+keys")
    asked = ("ACL", "DRYRUN", "default", "SET", "a", "1")
    with redis.Redis.from_url(url) as operator:
        with pytest.raises(redis.exceptions.NoPermissionError):
            operator.execute_command(*asked)

        assert guarded.grant("operator", "zhou").returncode == 0

        assert operator.execute_command(*asked) in (b"OK", "OK")  # with the password that it had
        with pytest.raises(redis.exceptions.NoPermissionError):
            operator.keys("*")


# --- the users themselves


def test_nobody_with_a_known_password_is_there(guarded):
    names = {each["name"] for each in guarded.rabbitmq.at("users")}
    assert "guest" not in names
    assert {"administrator", "installer", "service-parcels", "service-notify"} <= names
    where = redis.connection.parse_url(guarded.redis.url)
    for login in ({}, {"username": "default"}, {"username": "default", "password": "guest"}):
        with pytest.raises(redis.exceptions.AuthenticationError):
            redis.Redis(**where | login).ping()
    probe = redis.Redis(**where, username="probe", password="-")
    assert probe.ping()
    with pytest.raises(redis.exceptions.NoPermissionError):
        probe.get("{parcels}:birth")


def test_a_redis_that_is_killed_has_every_commit_again_though_nobody_may_write_without_a_name(
    guarded,
):
    url = (guarded.secrets / "administrator" / "redis-url").read_text().strip()
    with redis.Redis.from_url(url) as administrator:
        administrator.eval("for i = 1, 2 do redis.call('SET', 'tried:' .. i, i) end", 0)
    guarded.redis.kill()
    guarded.redis.restart()

    with redis.Redis.from_url(url) as administrator:
        assert administrator.mget("tried:1", "tried:2") == [b"1", b"2"]
        administrator.delete("tried:1", "tried:2")
    for process in guarded.services.values():
        process.wait_ready(60)


def test_a_service_reaches_the_keys_of_its_own_store_alone(guarded):
    own = (guarded.secrets / "notify" / "redis-url").read_text().strip()
    store = redis.Redis.from_url(own)
    assert store.get("{notify}:birth")
    for forbidden in (
        lambda: store.get("{parcels}:birth"),
        lambda: store.eval("return redis.call('GET', '{parcels}:birth')", 0),
        store.flushall,
        lambda: store.keys("*"),
        lambda: store.config_set("appendonly", "no"),
    ):
        with pytest.raises(redis.exceptions.ResponseError):
            forbidden()
    assert guarded.services["notify"].get("notify", "/readyz").json().get("remarks", {}) == {}


@pytest.mark.parametrize("service", HOMES)
def test_whoever_copies_the_stores_copies_each_of_them_with_the_rights_it_was_shipped(
    guarded, service, tmp_path
):
    copy = ("--file", str(tmp_path / "copy"))
    done = tenglong("backup", service, *copy, REDIS_URL=guarded.store("backup"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "copy").stat().st_size > 0


@pytest.mark.parametrize(
    ("wrong", "said"), [("amqp-uri", "broker"), ("redis-url", "redis")], ids=["RabbitMQ", "Redis"]
)
def test_a_service_with_a_wrong_password_says_so_at_its_start(guarded, wrong, said, tmp_path):
    for file in ("amqp-uri", "redis-url"):
        right = (guarded.secrets / "notify" / file).read_text()
        login = urlsplit(right.strip()).password
        (tmp_path / file).write_text(right.replace(login, "wrong") if file == wrong else right)
    files = {"AMQP_URI_FILE": "amqp-uri", "REDIS_URL_FILE": "redis-url"}
    notify = ServiceProcess(
        ["notify"], "", "", **{name: str(tmp_path / file) for name, file in files.items()}
    )

    def waits_for() -> dict[str, str]:
        try:
            return notify.get("notify", "/readyz").json()["waits_for"]
        except requests.ConnectionError:
            return {}

    try:
        eventually(waits_for)  # its process is up
        # within ten seconds on a machine that has time
        eventually(lambda: "efuses" in waits_for().get(said, ""), 30)
        assert "wrong password" in str(waits_for())  # which is not repeated
        told = waits_for()
        assert next(iter(told)) == said  # the cause stands first, and once
        assert str(told).count("efuses") == 1
    finally:
        notify.discard()


def test_a_lost_binding_is_made_again_by_the_service_whose_queue_it_leads_to(guarded):
    with kombu.Connection(guarded.rabbitmq.uri("zone")) as connection:
        channel = connection.channel()
        for key in ("land_released", "land_released.#"):
            channel.queue_unbind("projects.inbox.v1", "parcels.hearers", key)

    def bound() -> bool:
        found = guarded.rabbitmq.at("bindings/zone/e/parcels.hearers/q/projects.inbox.v1")
        return {"land_released", "land_released.#"} <= {each["routing_key"] for each in found}

    eventually(bound)


def test_a_service_that_was_not_granted_what_its_release_announces_waits_and_says_for_what(
    guarded, office
):
    """As in an upgrade without `tenglong grant service`."""
    less = {"exchange": "parcels.events", "write": "^(land_released)$", "read": "^[#*]$"}
    guarded.rabbitmq._manage("PUT", "topic-permissions/zone/service-parcels", less)
    parcel = Plot(uuid.uuid4().hex[:8], TOWNSHIP, date(2023, 7, 28)).parcel()

    def refused() -> bool:
        said = guarded.services["parcels"].get("parcels", "/readyz").json()
        return "access to topic 'parcel_registered'" in str(said)

    with Township(office, TOWNSHIP, is_guest=False) as township:
        sent = township.publish(*parcel)
        eventually(refused)
        assert guarded.grant("service", "parcels").returncode == 0
        assert township.receipt(sent)["outcome"] == "accepted"


def test_a_queue_of_receipts_is_there_before_the_township_is_and_bounded(guarded, office):
    found = guarded.rabbitmq.at(f"queues/zone/receipts-{TOWNSHIP}")
    assert found["arguments"]["x-queue-type"] == "quorum"
    assert _held(guarded, f"receipts-{TOWNSHIP}") == ("receipts", 100_000)


def test_a_queue_of_receipts_that_somebody_deleted_is_named_with_what_makes_it_again(
    guarded, office
):
    home = guarded.secrets / "operator-first"
    uri, management = (home / "amqp-uri").read_text().strip(), guarded.management("operator-first")
    there = installation(Settings(amqp_uri=uri, management_url=management))
    guarded.rabbitmq._manage("DELETE", f"queues/zone/receipts-{TOWNSHIP}")
    (found,) = bindings(there, "", date(2026, 1, 1))
    assert found.state == "broken"
    assert f"township {TOWNSHIP} has no queue receipts-{TOWNSHIP}" in found.said

    handed(guarded.grant(*found.remedy.split("`")[1].split()[2:], "--json"))
    (found,) = bindings(there, "", date(2026, 1, 1))
    assert found.state == "well"


def test_a_line_of_the_grants_file_that_names_nobody_is_said_with_whom_it_may_mean(
    guarded, tmp_path
):
    home, file = guarded.secrets / "operator-first", tmp_path / "grants.toml"
    settings = Settings(
        amqp_uri=(home / "amqp-uri").read_text().strip(),
        management_url=guarded.management("operator-first"),
    )
    file.write_text("[[operator-frist]]\n[[operator-first]]\n[[alarms]]\n[[system]]\n")

    (found,) = checks.grants(str(file), settings)
    assert (found.subject, found.state) == ("grants", "look")
    assert "[[operator-frist]] names nobody" in found.said
    assert "Was operator-first meant?" in found.remedy

    file.write_text("[[operator-first]]\n")
    assert [each.state for each in checks.grants(str(file), settings)] == ["well"]


@pytest.mark.parametrize("lost", ["", ".#"])
def test_a_receipt_comes_once_though_the_broker_lost_one_of_its_two_bindings(guarded, office, lost):
    queue = f"receipts-{TOWNSHIP}"
    with kombu.Connection(guarded.rabbitmq.uri("zone")) as connection:
        connection.default_channel.queue_unbind(queue, "township.receipts", f"{TOWNSHIP}{lost}")
    with Township(office, TOWNSHIP, is_guest=False) as township:
        one, other = (township.publish("no.such_type", {}) for _ in range(2))
        said = [township.receipt(each)["event_id"] for each in (one, other)]
        # The two may be answered in either order. The third is sent when both were.
        last = township.publish("no.such_type", {})
        township.receipt(last)
    assert said == [one, other]

    kept = _receipts_until(office, last)
    assert (kept.count(one), kept.count(other)) == (1, 1)

    handed(guarded.grant("township", TOWNSHIP, "--json"))
    found = guarded.rabbitmq.at(f"bindings/zone/e/township.receipts/q/{queue}")
    assert {each["routing_key"] for each in found} == {TOWNSHIP, f"{TOWNSHIP}.#"}


def _receipts_until(uri: str, last: str) -> list[str]:
    """Of which events the queue of the township kept receipts, up to this one."""
    with kombu.Connection(uri) as connection:
        queue = connection.SimpleQueue(kombu.Queue(f"receipts-{TOWNSHIP}", no_declare=True))
        found: list[str] = []
        while last not in found:
            message = queue.get(timeout=30)
            message.ack()
            found.append(json.loads(message.body)["data"]["event_id"])
        return found


def _held(guarded, queue: str) -> tuple[str, int]:
    """The policy that bounds a queue, and how many messages it lets in; it is told a moment later."""
    found = eventually(lambda: _with_policy(guarded.rabbitmq.at(f"queues/zone/{queue}")))
    definition = found["effective_policy_definition"]
    assert definition["max-length-bytes"] == 500_000_000
    return found["operator_policy"], definition["max-length"]


def _with_policy(queue):
    return queue if queue.get("operator_policy") else None


@pytest.mark.parametrize("kind", ["quorum", "classic"])
def test_a_system_that_stops_reading_fills_its_own_queue_and_no_disk(guarded, kind):
    system = ("system", f"slow-{kind}", "--hears", "parcels.land_released", "--json")
    uri, name = handed(guarded.grant(*system)), f"slow-{kind}.facts"
    with kombu.Connection(uri["amqp_uri"]) as connection:
        queue = kombu.Queue(
            name, channel=connection.channel(), queue_arguments={"x-queue-type": kind}
        )
        queue.queue_declare()
        assert _held(guarded, name) == (f"hears-slow-{kind}", 100_000)
        queue.delete()


def test_calls_answers_receipts_and_queues_are_bounded_from_the_first_start(guarded):
    assert guarded.bounds_at_first.keys() == {"calls", "answers", "receipts"}
    assert guarded.limits_at_first == [{"vhost": "zone", "value": {"max-queues": 2_000}}]
    limits = guarded.limits_of_users_at_first
    assert limits.keys() == guarded.users_at_first - {"administrator"}  # who could lift them
    most = {user: each["max-connections"] for user, each in limits.items()}
    assert {user for user, connections in most.items() if connections == 100} == SERVICES
    assert {connections for user, connections in most.items() if user not in SERVICES} == {20}


def test_a_flood_of_calls_and_answers_that_nobody_reads_are_bounded(guarded, gis):
    assert _held(guarded, "rpc-parcels") == ("calls", 10_000)
    with kombu.Connection(gis) as connection:
        name = f"rpc.reply-{uuid.uuid4().hex}"
        queue = kombu.Queue(name, channel=connection.channel(), durable=True)
        queue.queue_declare()
        assert _held(guarded, name) == ("answers", 10_000)
        queue.delete()


def test_nobody_declares_queues_without_end(guarded, office):
    def most() -> int:
        [limits] = guarded.rabbitmq.at("vhost-limits/zone")
        return limits["value"]["max-queues"]

    assert most() == 2_000
    guarded.rabbitmq._manage("PUT", "vhost-limits/zone/max-queues", {"value": 1})
    with kombu.Connection(office) as connection:
        queue = kombu.Queue(f"receipts-{TOWNSHIP}.more", channel=connection.channel())
        with pytest.raises(PreconditionFailed, match="limit"):
            queue.queue_declare()
    handed(guarded.grant("township", TOWNSHIP, "--json"))
    assert most() == 2_000


@pytest.mark.parametrize(
    "user", ["system-many", "operator-first"], ids=["granted", "of the first start"]
)
def test_a_user_has_no_more_connections_than_it_may(guarded, user):
    if user == "operator-first":
        uri = guarded.uri(user)
    else:
        granted = guarded.grant("system", "many", "--calls", "parcels.describe", "--json")
        uri = handed(granted)["amqp_uri"]
    opened = []
    with ExitStack() as all_of_them:

        def open_one() -> bool:
            connection = all_of_them.enter_context(kombu.Connection(uri))
            try:
                connection.connect()
            except NotAllowed:
                return True
            opened.append(connection)
            return len(opened) > 40  # enough to see that nobody counts

        eventually(open_one)
    assert 20 <= len(opened) <= 22  # the broker counts a moment later


def test_granting_again_changes_rights_and_keeps_the_password(guarded):
    uri = handed(guarded.grant("system", "press", "--calls", "parcels.get_parcel", "--json"))
    granted = guarded.grant("system", "press", "--hears", "parcels.land_released", "--json")
    assert "It may call no longer: parcels.get_parcel." in granted.stderr
    again = handed(granted)
    assert "password" not in again
    with kombu.Connection(uri["amqp_uri"]) as connection:
        channel = connection.channel()
        queue = kombu.Queue("press.facts", channel=channel, auto_delete=True)
        queue.queue_declare()
        queue.bind_to("parcels.events", "land_released")
        with pytest.raises(AccessRefused):
            queue.bind_to("parcels.events", "parcel_split")

    less = guarded.grant("system", "press", "--calls", "parcels.get_parcel")
    assert "It hears no longer: parcels.land_released." in on_one_line(less.stderr)


def test_a_user_gets_another_password_and_is_taken_away(guarded):
    first = handed(guarded.grant("system", "short", "--calls", "parcels.describe", "--json"))
    second = handed(guarded.grant("rotate", "system-short", "--json"))
    assert second["password"] != first["password"]
    assert _gets_in(second["amqp_uri"])
    assert not _gets_in(first["amqp_uri"])

    gone = guarded.grant("revoke", "system-short")

    assert gone.returncode == 0
    assert not _gets_in(second["amqp_uri"])
    again = guarded.grant("revoke", "system-short")
    assert again.returncode == 1
    assert "There is no user system-short" in again.stderr


def test_an_operator_whom_redis_does_not_know_is_told_how_it_comes_to_know_him(guarded):
    handed(guarded.grant("operator", "late", "--json"))
    administrator = redis.Redis.from_url(guarded.store("administrator"))
    administrator.execute_command("ACL", "DELUSER", "operator-late")

    assert "grant rotate operator-late" in guarded.grant("operator", "late").stderr

    handed(guarded.grant("rotate", "operator-late", "--json"))
    assert "Redis does not know" not in guarded.grant("operator", "late").stderr


def test_another_password_of_the_administrator_holds_at_broker_store_and_management_alike(guarded):
    old = guarded.store("administrator")
    new = handed(guarded.grant("rotate", "administrator", "--json"))
    home = guarded.secrets / "administrator"
    for file in ("amqp-uri", "redis-url", "management-url"):
        (home / file).write_text(new[file.replace("-", "_")] + "\n")
    guarded.rabbitmq.administrator(*guarded.login("administrator"))

    assert new["management_url"] == guarded.rabbitmq.management_url
    assert guarded.grant("list").returncode == 0
    assert redis.Redis.from_url(new["redis_url"]).ping()
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(old).ping()
    assert guarded.grant("revoke", "administrator").returncode == 2


def test_those_whom_redis_alone_knows_get_other_passwords_and_are_taken_away(guarded):
    administrator = redis.Redis.from_url(guarded.store("administrator"))
    line = access.copier().redis
    administrator.execute_command("ACL", "SETUSER", "shangyu.backup", "on", ">known", *line)
    for name in ("backup", "watcher"):
        old, new = guarded.store(name), handed(guarded.grant("rotate", name, "--json"))
        assert new.keys() == {"user", "password", "redis_url"}
        (guarded.secrets / name / "redis-url").write_text(new["redis_url"] + "\n")
        assert redis.Redis.from_url(guarded.store(name)).ping()
        with pytest.raises(redis.exceptions.AuthenticationError):
            redis.Redis.from_url(old).ping()

    assert guarded.grant("revoke", "shangyu.backup").returncode == 0

    assert administrator.execute_command("ACL", "GETUSER", "shangyu.backup") is None
    gone = guarded.grant("rotate", "sentinel")  # it is there where Sentinels are
    assert gone.returncode == 1
    assert "There is no user sentinel" in gone.stderr


def test_nobody_whom_redis_knows_is_changed_at_the_broker_alone(guarded):
    at = {
        "AMQP_URI": guarded.uri("administrator"),
        "MANAGEMENT_URL": guarded.rabbitmq.management_url,
    }
    before = guarded.rabbitmq.at("users")
    for what, name in (
        ("rotate", "administrator"),
        ("rotate", "operator-first"),
        ("revoke", "operator-first"),
        ("revoke", "service-notify"),
        ("revoke", "backup"),
    ):
        done = tenglong("grant", what, name, **at)
        assert done.returncode == 1
        assert f"Redis knows {name}, too: set REDIS_URL" in done.stderr
    assert guarded.rabbitmq.at("users") == before


def test_a_user_that_is_left_in_redis_alone_is_taken_away_there(guarded):
    url = handed(guarded.grant("operator", "left", "--json"))["redis_url"]
    guarded.rabbitmq._manage("DELETE", "users/operator-left")
    assert redis.Redis.from_url(url).ping()

    assert guarded.grant("revoke", "operator-left").returncode == 0

    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(url).ping()


def test_a_service_goes_on_with_another_password_without_a_restart(guarded):
    notify = guarded.services["notify"]
    pid = notify.child.process.pid
    home = guarded.secrets / "notify"
    new = handed(guarded.grant("rotate", "service-notify", "--json"))
    (home / "amqp-uri").write_text(new["amqp_uri"] + "\n")
    (home / "redis-url").write_text(new["redis_url"] + "\n")

    for each in guarded.rabbitmq.at("connections"):
        if each["user"] == "service-notify":
            guarded.rabbitmq._manage("DELETE", f"connections/{quote(each['name'], safe='')}")
    store = redis.Redis.from_url(
        (guarded.secrets / "administrator" / "redis-url").read_text().strip()
    )
    assert store.client_kill_filter(user="service-notify")

    with Park(
        handed(guarded.grant("system", "desk", "--calls", "notify.list_alerts", "--json"))[
            "amqp_uri"
        ]
    ) as park:
        eventually(lambda: "items" in park.notify.list_alerts(limit=1))
    notify.wait_ready()
    assert notify.child.process.pid == pid
    assert "refused" not in notify.tail()


def test_what_was_changed_stays_so_when_broker_and_store_are_started_again(guarded):
    """Both read what stood in their files at the first start."""
    new = handed(guarded.grant("rotate", "service-notify", "--json"))
    gone = guarded.uri("alarms")
    assert guarded.grant("revoke", "alarms").returncode == 0
    home = guarded.secrets / "notify"
    (home / "amqp-uri").write_text(new["amqp_uri"] + "\n")
    (home / "redis-url").write_text(new["redis_url"] + "\n")

    for server in (guarded.rabbitmq, guarded.redis):
        server.kill()
        server.restart()

    assert _gets_in(new["amqp_uri"])
    assert not _gets_in(gone)
    assert redis.Redis.from_url(new["redis_url"]).ping()
    for process in guarded.services.values():
        process.wait_ready(60)


def _gets_in(uri: str) -> bool:
    try:
        with kombu.Connection(uri) as connection:
            connection.connect()
    except (kombu.exceptions.OperationalError, AccessRefused):
        return False
    return True


def test_the_list_of_users_says_who_has_other_rights_than_this_release_gives(guarded, office):
    listed = {each["user"]: each for each in handed(guarded.grant("list", "--json"))}
    name = f"township-{TOWNSHIP}"
    assert listed[name]["rights"] == "as of this release"
    assert listed["service-parcels"]["rights"] == "as of this release"
    wider = {"configure": ".*", "write": ".*", "read": ".*"}
    for each in (name, "heartbeat"):
        guarded.rabbitmq._manage("PUT", f"permissions/zone/{each}", wider)

    listed = {each["user"]: each for each in handed(guarded.grant("list", "--json"))}

    assert listed[name]["remedy"] == f"tenglong grant township {TOWNSHIP}"
    assert listed["heartbeat"]["remedy"] == "tenglong grant heartbeat"
    for each in (name, "heartbeat"):
        handed(guarded.grant(*listed[each]["remedy"].split()[2:], "--json"))
    listed = {each["user"]: each for each in handed(guarded.grant("list", "--json"))}
    assert listed[name]["rights"] == listed["heartbeat"]["rights"] == "as of this release"


def test_an_operator_who_lacks_what_this_release_reads_is_told_of_with_all_that_it_was_granted(
    guarded,
):
    def listed() -> dict[str, str]:
        rows = {each["user"]: each for each in handed(guarded.grant("list", "--json"))}
        return rows["operator-old"]

    granted = ("operator", "old", "--calls", "parcels.correct_split")
    handed(guarded.grant(*granted, "--json"))
    assert listed()["rights"] == "as granted"
    reply = guarded.rabbitmq.at("topic-permissions/zone/operator-old")[0]["read"]
    less = "^(parcels\\.get_parcel|parcels\\.correct_split)$"
    keys = {"exchange": "nameko-rpc", "write": less, "read": reply}
    guarded.rabbitmq._manage("PUT", "topic-permissions/zone/operator-old", keys)

    assert listed()["rights"] == "others"
    assert listed()["remedy"] == f"tenglong grant {' '.join(granted)}"

    handed(guarded.grant(*granted, "--json"))
    assert listed()["rights"] == "as granted"
    narrower = {"configure": "^$", "write": "^$", "read": "^$"}
    guarded.rabbitmq._manage("PUT", "permissions/zone/operator-old", narrower)
    assert listed()["rights"] == "others"


def test_without_an_administrator_nothing_is_granted(guarded, wang):
    login = urlsplit(wang).netloc.rpartition("@")[0]
    where = urlsplit(guarded.rabbitmq.management_url)
    management = f"http://{login}@{where.netloc.rpartition('@')[2]}"
    refused = guarded.grant("system", "rogue", "--calls", "*.*", "--management", management)
    assert refused.returncode == 1
    assert "administrator" in refused.stderr
    assert "system-rogue" not in {each["name"] for each in guarded.rabbitmq.at("users")}
