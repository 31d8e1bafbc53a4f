"""`tenglong doctor` says what is wrong with an installation, and what to do."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from backbone import certificates
from backbone.amqp.connection import connection
from backbone.amqp.rights import receipts_links
from backbone.host import https
from backbone.host.health import Health, serve
from backbone.settings import Settings
from backbone.tls import Tls
from cli.contracts import version_of
from cli.doctor import certificates as ending
from cli.doctor import checks, probes, services
from cli.doctor.bindings import bindings
from cli.doctor.command import exit_code
from cli.doctor.finding import Finding
from cli.doctor.hearers import SUBSCRIBE
from cli.grant.broker import Broker
from services.installation import TOWNSHIPS, installation
from tests.support.authority import Authority
from tests.support.brokers import RedisServer
from tests.support.children import HOST, free_ports
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES

ROOT = Path(__file__).parents[3]
UNNAMED = "127.0.0.2"  # which no certificate of our authority names
WELL = ("broker", "topology", "bindings", *SERVICES, "subscriptions", "versions", "store")


@pytest.fixture(scope="module")
def installed(rabbitmq, redis_server):
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as host:
        management = {"MANAGEMENT_URL": rabbitmq.management_url, "COLUMNS": "200"}
        ports = {f"{name.upper()}_PORT": str(port) for name, port in host.ports.items()}
        yield host, {**os.environ, "AMQP_URI": uri, "REDIS_URL": url, **management, **ports}


def doctor(environment: dict[str, str], *options: str) -> tuple[int, str]:
    ran = subprocess.run(
        [ROOT / "bin" / "tenglong", "doctor", *options],
        env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def examined(environment: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """How it ended, and the worst finding of each subject."""
    code, said = doctor(environment, "--json")
    worst = sorted(
        json.loads(said), key=lambda each: ["well", "look", "broken"].index(each["state"])
    )
    return code, {each["subject"]: each for each in worst}


def test_an_installation_that_is_well_is_told_so_once_somebody_would_hear_of_its_alarms(installed):
    _, environment = installed
    code, said = doctor(environment)
    assert code == 3
    assert "0 broken" in said, said
    assert "nobody would be told of" in said
    _type(SUBSCRIBE.split("`")[1], environment)

    code, found = examined(environment)
    # whether next year's days are known is a matter of the day of this test
    assert code == {"well": 0, "look": 3}[found.pop("calendar")["state"]]
    assert {name: each["state"] for name, each in found.items()} == dict.fromkeys(WELL, "well")
    assert f"parcels: 1 of {version_of(ROOT)}" in found["versions"]["said"]


def _type(command: str, environment: dict[str, str]) -> None:
    """A command as it stands in a remedy."""
    name, *arguments = shlex.split(command)
    ran = subprocess.run(
        [ROOT / "bin" / name, *arguments],
        env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_what_is_parked_and_a_service_that_is_away_are_named_with_what_to_do(installed):
    host, environment = installed
    with connection(environment["AMQP_URI"]) as opened, opened.channel() as channel:
        channel.basic_publish(_nonsense(channel), "projects.events", "land_matched")
    eventually(lambda: host.metric("notify", "tenglong_parked_now") == 1)

    code, found = examined(environment)
    assert (code, found["notify"]["state"]) == (3, "look")
    assert "tenglong parked list notify" in found["notify"]["remedy"]

    host.pause()
    try:
        code, found = examined({**environment, "PARCELS_PORT": "9"})  # where nobody answers
    finally:
        host.resume()
    assert code == 1
    assert {found[name]["state"] for name in SERVICES} == {"broken"}
    assert "localhost:9/" in found["parcels"]["remedy"]


def _nonsense(channel):
    from amqp import Message

    return Message(b"x", content_type="application/json")


def test_a_broker_without_our_queues_says_how_they_come(installed, rabbitmq):
    _, environment = installed
    code, found = examined({**environment, "AMQP_URI": rabbitmq.new_vhost()})

    assert (code, found["topology"]["state"]) == (1, "broken")
    assert "tenglong topology" in found["topology"]["remedy"]


def test_a_lost_binding_is_found_while_nobody_is_there_to_make_it_again(rabbitmq, redis_server):
    uri = rabbitmq.new_vhost()
    environment = {**os.environ, "AMQP_URI": uri, "MANAGEMENT_URL": rabbitmq.management_url}
    subprocess.run([ROOT / "bin" / "tenglong", "topology"], env=environment, check=True, timeout=90)
    with connection(uri) as opened, opened.channel() as channel:
        channel.queue_unbind("projects.inbox.v1", "parcels.hearers", "land_released")

    _, found = examined(environment)
    assert found["bindings"]["state"] == "broken"
    assert "land_released" in found["bindings"]["said"]


@pytest.mark.parametrize(
    ("lost", "state"),
    [([], "well"), ([""], "look"), ([".#"], "look"), (["", ".#"], "broken")],
    ids=["neither", "the first", "the second", "both"],
)
def test_a_lost_binding_of_a_townships_receipts_is_found(rabbitmq, amqp_uri, lost, state):
    there = installation(Settings(amqp_uri=amqp_uri, management_url=rabbitmq.management_url))
    there.declare()
    Broker(rabbitmq.management_url, amqp_uri).keep(receipts_links(TOWNSHIPS, "330604006"))
    with connection(amqp_uri) as opened, opened.channel() as channel:
        for each in lost:
            channel.queue_unbind("receipts-330604006", "township.receipts", f"330604006{each}")

    (found,) = bindings(there, "", date(2026, 1, 1))

    assert found.state == state
    assert ("tenglong grant township 330604006" in found.remedy) is bool(lost)


@pytest.mark.parametrize(
    ("password", "why"), [("", "Not management user"), ("wrong", "Login failed")]
)
def test_a_user_whom_the_management_api_does_not_let_in_is_no_plugin_that_is_off(
    rabbitmq, amqp_uri, password, why
):
    login = urlsplit(rabbitmq.user_who_may(amqp_uri, configure="", write="", read="")).username
    url = rabbitmq.management_url.replace("guest:guest", f"{login}:{login}{password}")
    settings = Settings(amqp_uri=amqp_uri, management_url=url)

    (found,) = bindings(installation(settings), "", date(2026, 1, 1))

    assert found.state == "look"
    assert f"does not let {login} in, whom MANAGEMENT_URL names: 401, {why}" in found.said
    assert "the tag management" in found.remedy
    assert "plugin" not in found.remedy


def test_a_broker_that_does_not_answer_is_the_one_thing_said_of_it(installed):
    _, environment = installed
    code, found = examined({**environment, "AMQP_URI": "amqp://a:secret@127.0.0.1:9/x"})

    assert (code, found["broker"]["state"]) == (1, "broken")
    assert "secret" not in str(found)
    assert "topology" not in found
    assert {found[name]["state"] for name in SERVICES} == {"look"}
    assert "cannot be called without the broker; http://localhost:" in str(found["parcels"])


@pytest.mark.parametrize(
    ("told", "said", "remedy"),
    [
        ({"silent": "Connection refused"}, "Connection refused", "Is it running?"),
        ({"waits_for": {"redis": "gone"}}, "http://h:1/readyz says: redis: gone", "Mend what"),
        ({}, "says that it is ready", "the queue of its calls"),
    ],
)
def test_of_a_service_that_answers_no_call_it_is_said_what_it_says_itself_and_where(
    told, said, remedy
):
    heard = probes.Told(**{"at": "http://h:1/readyz", "waits_for": {}, "remarks": {}} | told)

    (found,) = services._called("amqp://a:b@127.0.0.1:9/", "parcels", heard).findings

    assert found.state == "broken"
    assert "parcels does not answer" in found.said
    assert said in found.said
    assert remedy in found.remedy


def test_a_broker_that_lets_an_operator_call_nothing_is_not_a_service_that_is_away(
    rabbitmq, installed
):
    _, environment = installed
    queues = "^rpc.reply-"
    uri = rabbitmq.user_who_may(
        environment["AMQP_URI"], configure=queues, write=queues, read=f"{queues}|^nameko-rpc$"
    )
    heard = probes.Told(at="http://h:1/readyz", waits_for={}, remarks={})

    (found,) = services._called(uri, "parcels", heard).findings

    assert found.state == "look"
    assert "does not let user-" in found.said
    assert "tenglong grant" in found.remedy


def test_the_probes_are_asked_where_they_are_said_to_be():
    health = Health("parcels")
    port = serve(health, HOST, 0)
    where = f"http://{HOST}:{{port}}"

    health.reporter("start")("waits for its password")
    told = probes.ask(where, "parcels", port)
    assert told.at == f"http://{HOST}:{port}/readyz"
    assert told.waits_for == {"start": "waits for its password"}
    health.reporter("start")(None)
    health.remark("grants", "GRANTS_FILE: line 3")
    told = probes.ask(where, "parcels", port)
    assert (told.waits_for, told.remarks) == ({}, {"grants": "GRANTS_FILE: line 3"})
    assert probes.ask(where, "notify", port).silent == "parcels answers there"
    assert probes.ask(f"http://{HOST}:9/{{service}}", "notify", port).silent


def test_an_operator_names_the_ports_of_the_probes_and_hears_of_a_file_of_grants(
    installed, tmp_path
):
    _, environment = installed
    file = tmp_path / "grants.toml"
    file.write_text("[[operator-wang]\n")
    given = {"PARCELS_PORT": "9", "GRANTS_FILE": str(file), "CALLERS": "named"}

    code, found = examined({**environment, **given})

    assert code == 1
    assert "http://localhost:9/readyz was asked, too" in found["parcels"]["said"]
    assert found["parcels"]["state"] == "look"
    assert "answers; nothing is parked" in found["parcels"]["said"]
    assert "Is it running? If its probes answer elsewhere" in found["parcels"]["remedy"]
    assert found["grants"]["state"] == "broken"
    assert f"{file}, line 1, column" in found["grants"]["said"]


UNREADABLE = "GRANTS_FILE: /g.toml, line 1: wrong"


@pytest.mark.parametrize(
    ("ours", "rows"), [(UNREADABLE, 0), ("GRANTS_FILE: /other.toml, line 2: wrong", 1)]
)
def test_a_broken_file_of_grants_is_said_once_however_many_services_remark_upon_it(ours, rows):
    remark = {"grants": f"{UNREADABLE}. It holds on."}
    heard = [
        probes.Told(at=f"http://h:{port}/readyz", waits_for={}, remarks=remark) for port in (1, 2)
    ]
    found = list(services._remarks(heard))

    assert [each.state for each in found] == ["broken"]
    assert "http://h:1/readyz, http://h:2/readyz: GRANTS_FILE" in found[0].said
    left = [each for each in found if not services.is_said_by(each, [broken_grants(ours)])]
    assert len(left) == rows


def broken_grants(said):
    return Finding("grants", "broken", said, "Mend it.")


def test_what_a_service_waits_for_is_told_while_the_broker_is_away():
    health = Health("parcels")
    port = serve(health, HOST, 0)
    health.reporter("start")("no connection to the broker")
    asked = services.Asked(
        uri="amqp://a:b@127.0.0.1:9/",
        ports={"parcels": port, "notify": 9},
        probes_url=f"http://{HOST}:{{port}}",
    )
    parcels, notify = services.uncalled(asked)

    assert parcels.state == "broken"
    assert "says: start: no connection to the broker" in parcels.said
    assert (notify.state, notify.subject) == ("look", "notify")
    assert "Is it running?" in notify.remedy


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), days=90)


def test_what_an_error_of_tls_says_has_no_words_of_the_inside_and_names_what_mends_it(
    authority, tmp_path
):
    strange = Authority(tmp_path)
    certificate, key = authority.certify("a-server")
    (port,) = free_ports(1)
    server = RedisServer(
        tls_port=str(port), tls_cert_file=str(certificate), tls_key_file=str(key),
        tls_ca_cert_file=str(authority.ca), tls_auth_clients="no", bind=f"{HOST} {UNNAMED}",
    ).start()  # fmt: skip
    try:
        strangers = f"rediss://{HOST}:{port}/0?ssl_ca_certs={strange.ca}"
        (found,) = checks.store(Settings(redis_url=strangers))
        unnamed = f"rediss://{UNNAMED}:{port}/0?ssl_ca_certs={authority.ca}"
        (misnamed,) = checks.store(Settings(redis_url=unnamed))
    finally:
        server.discard()

    said = checks.in_our_words(found).said
    assert "_ssl.c" in found.said
    assert "_ssl.c" not in said
    assert "[SSL:" not in said
    assert "certificate verify failed" in said
    assert "name its authority in REDIS_URL (ssl_ca_certs)" in found.remedy
    assert "Name that server in REDIS_URL as its certificate does" in misnamed.remedy


@pytest.mark.parametrize("parked", [0, 2])
def test_a_service_whose_probes_nobody_reached_is_not_called_well(parked):
    told = probes.ask(f"http://{HOST}:9", "parcels", 9)

    found = services._parked("parcels", parked, told)

    assert found.state == "look"
    assert exit_code([found]) == 3
    assert f"http://{HOST}:9/readyz was asked, too: " in found.said
    assert "--probes" in found.remedy
    assert ("tenglong parked list parcels" in found.remedy) is bool(parked)


@pytest.mark.parametrize("asks", [False, True], ids=["anybody", "who is certified"])
def test_probes_that_speak_tls_say_so_to_whoever_asks_without_and_when_their_certificate_ends(
    authority, asks
):
    files = [str(each) for each in authority.certify("probes")]
    port = serve(Health("parcels"), HOST, 0, https.Certificate(*files, str(authority.ca) * asks))

    told = probes.ask(f"http://{HOST}:{{port}}", "parcels", port)
    found = services._parked("parcels", 0, told)
    assert (found.state, "speaks TLS" in found.said) == ("look", True)
    assert f"https://{HOST}:{{port}}?ssl_ca_certs=" in found.remedy
    assert list(probes.ends(f"http://{HOST}:{{port}}", {"parcels": port})) == []

    over_tls = f"https://{HOST}:{{port}}?ssl_ca_certs={authority.ca}"
    over_tls += "&ssl_certfile={}&ssl_keyfile={}".format(*files) * asks
    assert probes.ask(over_tls, "parcels", port).silent == ""
    (end,) = probes.ends(over_tls, {"parcels": port, "notify": 9})
    (late,) = ending.certificates(Settings(), end.at - timedelta(days=3), [end])
    assert "probes of parcels, the server's: ends at" in late.said
    (ours,) = certificates.ends("probes", Tls(certfile=files[0]))
    assert end.at == ours.at


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [
        (-1, "broken", "broker, our own: ended at "),
        (3, "look", "broker, our own: ends at "),
        (20, "look", "in 20 days"),
        (22, "well", "the first to end: broker, our own: ends at "),
    ],
)
def test_a_certificate_that_ends_is_said_in_time_by_the_clock_of_the_park(
    authority, days, state, said
):
    certificate, _ = authority.certify("ours", days=40)
    settings = Settings(amqp_uri=f"amqps://u:p@h/v?ssl_certfile={certificate}")
    (end,) = certificates.ends("broker", certificates.connections(settings)["broker"])
    now = end.at - timedelta(days=days, hours=1)

    (found,) = (each for each in ending.certificates(settings, now))
    assert found.state == state
    assert said in found.said
    assert "+08:00" in found.said
    assert ("certificate-ends" in found.remedy) == (state != "well")


def test_a_certificate_that_is_not_there_is_named_and_without_tls_nothing_is_said():
    settings = Settings(http_cert_file="/nowhere/c.pem", http_key_file="/nowhere/k.pem")
    (found,) = ending.certificates(settings, datetime.now(UTC))

    assert (found.state, "/nowhere/c.pem" in found.said) == ("broken", True)
    assert list(ending.certificates(Settings(), datetime.now(UTC))) == []


def test_doctor_and_the_alert_agree_upon_what_is_soon():
    rules = (ROOT / "deploy/monitoring/rules.yaml").read_text()

    assert f"- time() < {ending.SOON.days} * 86400" in rules


OLD, NEW = "user default off +ping", "user default off resetpass allkeys allchannels +@all"


@pytest.mark.parametrize(
    ("line", "may", "states"),
    [
        (OLD, "+acl|dryrun", ["broken"]),
        (NEW, "+acl|dryrun", ["well"]),
        (OLD, "", ["look"]),
    ],
    ids=["it would lose commits", "it reads them back", "nobody can tell"],
)
def test_a_redis_that_would_not_read_its_file_back_is_found_before_it_starts_again(
    tmp_path, line, may, states
):
    users = tmp_path / "users.acl"
    users.write_text(f"{line}\nuser operator on >secret +ping +info +config|get +select {may}\n")
    server = RedisServer(aclfile=str(users)).start()
    try:
        url = server.url.replace("//", "//operator:secret@")
        found = list(checks.store(Settings(redis_url=url)))
    finally:
        server.discard()

    assert [each.state for each in found] == states
    assert all(each.remedy for each in found if each.state != "well")


def test_where_a_user_may_not_read_the_settings_of_redis_it_is_said_who_may(tmp_path):
    users = tmp_path / "users.acl"
    users.write_text(f"{NEW}\nuser service on >secret +ping +info +select +acl|dryrun\n")
    server = RedisServer(aclfile=str(users)).start()
    try:
        url = server.url.replace("//", "//service:secret@")
        (found,) = checks.store(Settings(redis_url=url))
    finally:
        server.discard()

    assert (found.state, "appendfsync" in found.said) == ("look", True)
    assert "operator's URL of Redis" in found.remedy


@pytest.mark.parametrize(("url", "looks"), [("redis://h:1/0", True), ("memory://", False)])
def test_a_setting_that_services_do_not_see_is_left_to_them_only_where_doctor_cannot_look(
    url, looks
):
    remark = Finding("appendfsync", "look", "http://h:1/readyz: it was not seen")

    assert checks._is_looked_at(remark, Settings(redis_url=url), []) is looks


def test_a_wrong_password_of_the_store_is_no_store_that_is_away(tmp_path):
    users = tmp_path / "users.acl"
    users.write_text(f"{NEW}\nuser operator on >secret +@all\n")
    server = RedisServer(aclfile=str(users)).start()
    try:
        url = server.url.replace("//", "//operator:wrong@")
        (found,) = checks.store(Settings(redis_url=url))
    finally:
        server.discard()

    assert found.state == "broken"
    assert "Redis refuses our login" in found.said
    assert "operator:***@" in found.said


def test_a_redis_that_may_lose_what_it_is_given_is_broken_or_to_be_looked_at_where_it_is_served():
    server = RedisServer(appendonly="no").start()
    try:
        (found,) = checks.store(Settings(redis_url=server.url))
        (served,) = checks.store(Settings(redis_url=server.url, store_at_risk="serve"))
    finally:
        server.discard()

    assert (found.state, found.remedy) == ("broken", "Set appendonly yes.")
    assert (served.state, served.remedy) == ("look", "Set appendonly yes.")
    (gone,) = checks.store(Settings(redis_url=server.url))
    assert gone.state == "broken"


def test_a_redis_whose_memory_is_full_is_broken_for_it_takes_no_commit():
    server = RedisServer(maxmemory="100kb").start()
    try:
        (found,) = checks.store(Settings(redis_url=server.url))
    finally:
        server.discard()

    assert found.state == "broken"
    assert "Redis is full, and refuses to write: " in found.said
    assert "maxmemory is 102,400" in found.said


@pytest.mark.parametrize(
    ("states", "code"),
    [("", 0), ("well", 0), ("well look well", 3), ("look broken well", 1), ("well broken", 1)],
)
def test_whoever_runs_it_every_night_sees_by_its_code_that_there_is_something_to_do(states, code):
    assert exit_code([Finding("store", state, "") for state in states.split()]) == code


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("amqp://park:x@broker.example.org/", ["unencrypted"]),
        ("amqps://guest:x@broker.example.org/", ["guest"]),
        ("amqps://park:x@broker.example.org/", []),
        ("amqp://guest:x@localhost/", []),
    ],
)
def test_how_the_broker_is_spoken_to_is_looked_at(uri, said):
    found = list(checks._user(uri))

    assert len(found) == len(said)
    assert all(word in each.said for word, each in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 10, 31), "well"),
        (date(2026, 11, 1), "look"),
        (date(2030, 6, 1), "look"),
    ],
)
def test_the_next_years_working_days_are_asked_for_from_november_on(today, state):
    (found,) = checks.working_days(today)

    assert found.state == state
