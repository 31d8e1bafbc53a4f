"""The command line, as an operator types it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import kombu
import pytest
import typer

from backbone.amqp.connection import connection
from backbone.amqp.publisher import Publisher
from backbone.host.birth import Record
from backbone.messages.envelope import Event, encode
from backbone.messages.outgoing import OutgoingMessage
from backbone.settings import Settings
from backbone.store.redis import connect
from cli.app import app
from cli.console import moment
from cli.doctor import checks
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, TOWNSHIP, Story
from tests.support.township import Township

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def installed(rabbitmq, redis_server):
    """The environment of an installation that runs."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as host:
        yield host, {**os.environ, "AMQP_URI": uri, "REDIS_URL": url, "COLUMNS": "200"}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`tenglong …`, as an operator types it."""
    return _run([str(ROOT / "bin" / "tenglong"), *arguments], environment)


def serve(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m services …`"""
    return _run([sys.executable, "-m", "services", *arguments], environment)


def _run(command: list[str], environment: dict[str, str], cwd: Path = ROOT) -> Any:
    return subprocess.run(
        command, env=environment, text=True, capture_output=True, timeout=120, check=False, cwd=cwd
    )


@pytest.mark.parametrize("group", ["Publish and call", "When things break", "The installation"])
def test_the_commands_are_listed_in_groups(group):
    assert group in run({**os.environ, "COLUMNS": "200"}, "--help").stdout


def test_every_command_is_told_in_a_sentence():
    group = typer.main.get_command(app)
    told = {name: command.help for name, command in _commands(group)}

    assert set(told) >= {"publish", "call", "parked replay-all", "store accept", "settings"}
    assert [name for name, sentence in told.items() if not (sentence or "").count(".")] == []


def test_whatever_a_command_shows_a_program_can_read():
    shows_json = {"publish", "call", "parked show", "parked edit", "parked audit"}
    does_something = {
        "backup", "restore", "heartbeat", "alarms", "prospect close", "import questions", "import ledger",
        "store accept", "store totals", "grant installation", "grant days", "grant revoke", "contracts write",
    }  # fmt: skip
    commands = _commands(typer.main.get_command(app))
    without = {
        name
        for name, each in commands
        if not any("--json" in option.opts for option in each.params)
    }

    assert without == shows_json | does_something


def _commands(group, above=""):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def test_it_works_from_every_folder_through_a_link_to_it(tmp_path):
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli" / "__init__.py").write_text("raise SystemExit('this is not ours')")
    link = tmp_path / "tenglong"
    link.symlink_to(ROOT / "bin" / "tenglong")

    done = _run([str(link), "settings"], {**os.environ, "COLUMNS": "200"}, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "INBOX_DAYS" in done.stdout


def test_the_environment_and_the_image_have_it_on_their_path():
    assert "ln -sf ../../bin/tenglong .venv/bin/tenglong" in (ROOT / "bin" / "venv").read_text()
    recipe = (ROOT / "Dockerfile").read_text()
    assert "COPY bin/tenglong bin/tenglong" in recipe
    assert "ln -s /srv/tenglong/bin/tenglong /opt/tenglong/bin/tenglong" in recipe
    assert "!bin/tenglong" in (ROOT / ".dockerignore").read_text().splitlines()


def test_scripts_that_call_it_by_its_former_name_go_on_working(installed):
    _, environment = installed

    done = serve(environment, "call", "parcels", "list_parcels", "limit=1")

    assert done.returncode == 0, done.stderr
    assert "items" in json.loads(done.stdout)


def test_a_store_that_was_lost_is_accepted_by_a_command(installed):
    _, environment = installed

    unknown = run(environment, "store", "accept", "parcel")
    done = run(environment, "store", "accept", "parcels")

    assert unknown.returncode == 2
    assert "there is no service parcel" in unknown.stderr
    assert done.returncode == 0, done.stderr
    with connection(environment["AMQP_URI"]) as opened:
        # the service may have seen it by now, and then it says its own id again
        assert Record(opened, "parcels").is_there()


@pytest.mark.parametrize("form", ["", "ce-", "cloudEvents_", "cloudEvents:"])
def test_publish_shows_the_receipt(installed, form):
    host, environment = installed
    type_, data = Story(host).parcel()

    done = run(environment, "publish", TOWNSHIP, type_, json.dumps(data), "--binary", form)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "accepted"


def test_a_refused_event_ends_with_an_error_and_its_reasons(installed):
    _, environment = installed

    done = run(environment, "publish", TOWNSHIP, "parcel.registered", "{}")

    assert done.returncode == 1
    assert {reason["field"] for reason in json.loads(done.stdout)["reasons"]} >= {"data.parcel_id"}


def test_call_shows_the_answer_or_the_reason(installed):
    _, environment = installed

    listed = run(environment, "call", "parcels", "list_parcels", "limit=1")
    missing = run(environment, "call", "parcels", "get_parcel", "parcel_id=none")

    assert "items" in json.loads(listed.stdout)
    assert missing.returncode == 1
    assert "NOT_FOUND" in missing.stderr


def test_a_call_of_what_there_is_not_says_what_there_is(installed):
    _, environment = installed

    method = run(environment, "call", "parcels", "get_parcell", "parcel_id=none")
    argument = run(environment, "call", "parcels", "get_parcel", "parcelid=none")

    assert (method.returncode, argument.returncode) == (1, 1)
    assert "parcels has no method get_parcell. Did you mean get_parcel?" in method.stderr
    assert "(parcelid): There is no such field. Did you mean parcel_id?" in argument.stderr
    assert "(parcel_id): It is missing, and required." in argument.stderr
    assert "Traceback" not in method.stderr + argument.stderr


def test_a_call_that_the_command_gave_up_is_not_begun_later(installed):
    host, environment = installed
    wish = {"min_area_m2": "8000", "max_area_m2": "20000", "townships": [], "industry_codes": []}
    lead = ["lead_id=late", "name=late", "source=fund_led", f"wish={json.dumps(wish)}"]
    host.pause()
    try:
        given_up = run(
            environment, "call", "projects", "register_lead", "request_id=late", *lead,
            "--wait-s", "1",
        )  # fmt: skip
    finally:
        host.resume()

    assert given_up.returncode == 1
    assert "projects did not answer within 1 s" in given_up.stderr
    later = run(
        environment, "call", "projects", "get_lead", "lead_id=late"
    )  # the next in the queue
    assert "NOT_FOUND" in later.stderr


def test_a_parked_message_is_listed_shown_and_discarded(installed):
    host, environment = installed
    publisher = Publisher(environment["AMQP_URI"])
    publisher.publish([OutgoingMessage("projects.events", "land_matched", b"no fact at all")])
    publisher.close()
    parked_id = eventually(lambda: host.call("notify", "list_parked"))[0]["parked_id"]

    assert parked_id in run(environment, "parked", "list", "notify").stdout
    shown = json.loads(run(environment, "parked", "show", "notify", parked_id).stdout)
    assert shown["text"] == "no fact at all"
    assert shown["cause"] == "NOT_JSON"
    replayed = run(environment, "parked", "replay", "notify", parked_id, "--by", "me")
    assert replayed.returncode == 1
    assert "NOT_JSON" in replayed.stderr
    done = run(
        environment, "parked", "discard", "notify", parked_id, "--by", "me", "--reason", "no fact"
    )
    assert done.returncode == 0, done.stderr
    audit = json.loads(run(environment, "parked", "audit", "notify").stdout)
    assert (audit[0]["action"], audit[0]["reason"]) == ("discarded", "no fact")


def test_the_list_of_what_is_parked_says_when_there_is_more(installed):
    host, environment = installed
    publisher = Publisher(environment["AMQP_URI"])
    for body in (b"no fact", b"no fact either"):
        publisher.publish([OutgoingMessage("projects.events", "land_matched", body)])
    publisher.close()
    parked = eventually(lambda: len(found := host.call("notify", "list_parked")) == 2 and found)

    done = run(environment, "parked", "list", "notify", "--json", "--limit", "1")

    assert [each["parked_id"] for each in json.loads(done.stdout)] == [parked[0]["parked_id"]]
    assert "there are more: --limit" in done.stderr
    for each in parked:
        host.call("notify", "discard_parked", parked_id=each["parked_id"], by="me", reason="a test")


def test_a_parked_message_is_edited_from_a_file_and_then_done(installed, tmp_path):
    host, environment = installed
    fact = Event(
        id="due-2", source="/services/notify", type="notify.delivery_due", data={"delivery": "none"}
    )
    publisher = Publisher(environment["AMQP_URI"])
    publisher.publish([OutgoingMessage("notify.events", "delivery_due", encode(fact))])
    publisher.close()

    def parked_of(cause):
        found = [p for p in host.call("notify", "list_parked") if p["event_id"] == "due-2"]
        return [each["parked_id"] for each in found if each["cause"] == cause]

    (parked_id,) = eventually(lambda: parked_of("INVALID"))
    body = run(environment, "parked", "show", "notify", parked_id, "--body").stdout
    file = tmp_path / "mended.json"
    file.write_text(body.replace('"delivery"', '"delivery_id"'))
    edit = ["parked", "edit", "notify", parked_id, f"@{file}", "--by", "me"]
    done = run(environment, *edit, "--reason", "the field was misspelt")
    assert done.returncode == 0, done.stderr
    mended = json.loads(done.stdout)["parked_id"]

    assert run(environment, "parked", "replay", "notify", mended, "--by", "me").returncode == 0
    eventually(
        lambda: parked_of("NOT_FOUND")
    )  # it got past the contract: there is no such delivery
    again = run(environment, *edit, "--reason", "twice")
    assert again.returncode == 1
    assert "NOT_FOUND" in again.stderr
    host.call("notify", "discard_parked", parked_id=mended, by="me", reason="never due")


def test_everything_is_replayed_by_one_command_and_what_cannot_go_is_named(installed):
    host, environment = installed
    due = Event(
        id="due-1",
        source="/services/notify",
        type="notify.delivery_due",
        data={"delivery_id": "of-nothing"},
    )
    publisher = Publisher(environment["AMQP_URI"])
    publisher.publish(
        [
            OutgoingMessage("notify.events", "delivery_due", encode(due)),
            OutgoingMessage("projects.events", "land_matched", b"no fact at all either"),
        ]
    )
    publisher.close()

    def of_cause(cause):
        return [each for each in host.call("notify", "list_parked") if each["cause"] == cause]

    eventually(lambda: of_cause("NOT_FOUND") and of_cause("NOT_JSON"))
    done = run(environment, "parked", "replay-all", "notify", "--by", "me", "--per-second", "50")

    assert done.returncode == 3
    assert "replayed 1, left 1" in done.stdout
    assert of_cause("NOT_JSON")[0]["parked_id"] in done.stderr
    eventually(lambda: [each["replays"] for each in of_cause("NOT_FOUND")] == [1])


def test_settings_are_listed_with_passwords_masked(installed):
    _, environment = installed

    shown = run(environment, "settings").stdout

    assert "INBOX_DAYS" in shown
    assert ":guest@" not in shown


def test_settings_that_would_forget_too_early_keep_a_service_from_starting(installed):
    _, environment = installed

    done = serve({**environment, "INBOX_DAYS": "3"}, "parcels")

    assert done.returncode == 2
    assert "INBOX_DAYS" in done.stderr


def test_a_port_that_is_none_is_named(installed):
    _, environment = installed

    done = serve({**environment, "PARCELS_PORT": "abc"}, "parcels")

    assert done.returncode == 2
    assert "PARCELS_PORT=abc" in done.stderr


def test_the_topology_is_declared_by_a_command(installed):
    _, environment = installed

    assert "parcels.inbox.v1" in run(environment, "topology").stdout


def test_a_service_whose_port_is_taken_says_which_and_ends_with_an_error(installed):
    _, environment = installed
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = serve({**environment, "HTTP_HOST": "127.0.0.1", "PARCELS_PORT": port}, "parcels")

    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr
    assert "PARCELS_PORT" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_command_needs_the_broker_alone(installed):
    _, environment = installed
    broker_alone = {name: value for name, value in environment.items() if name != "REDIS_URL"}

    assert run(broker_alone, "call", "parcels", "list_parcels", "limit=1").returncode == 0
    assert run(broker_alone, "parked", "audit", "parcels").returncode == 0
    assert run(broker_alone, "settings").returncode == 0


@pytest.mark.parametrize(
    "command",
    [["topology"], ["call", "parcels", "list_parcels"], ["parked", "list", "parcels"],
     ["publish", TOWNSHIP, "parcel.registered", "{}"]],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_command_that_reaches_no_broker_says_where_it_looked(installed, command):
    _, environment = installed
    nobody = {**environment, "AMQP_URI": "amqp://guest:secret@127.0.0.1:9/%2F"}

    done = run(nobody, *command)

    assert done.returncode == 1
    assert "no connection to amqp://guest:***@127.0.0.1:9/" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_publish_to_a_broker_without_our_exchanges_says_how_they_come(installed, rabbitmq):
    _, environment = installed
    empty = {**environment, "AMQP_URI": rabbitmq.new_vhost()}

    done = run(empty, "publish", TOWNSHIP, "parcel.registered", "{}")

    assert done.returncode == 1
    assert "no exchange 'township.receipts'" in done.stderr
    assert "tenglong topology" in done.stderr


def test_while_the_brokers_memory_is_full_a_command_ends_in_time_and_what_is_there_is_decided(
    installed, rabbitmq
):
    """Also what a service may not decide as it comes otherwise: the first that it hears of a township. It
    stood still meanwhile, longer perhaps than the broker waits for it, and then comes under the alarm."""
    host, environment = installed
    looked_at = Settings(amqp_uri=environment["AMQP_URI"], management_url=rabbitmq.management_url)
    with Township(environment["AMQP_URI"], code := "330604007") as township:
        host.pause()
        try:
            event_id = township.publish(*Story(host, code).parcel())
            rabbitmq.memory_is_full(True)
            host.resume()
            done = run(environment, "call", "parcels", "list_parcels", "--wait-s", "1")
            broken = [each.said for each in checks.broker(looked_at) if each.state == "broken"]
            accepted = "tenglong_accepted_total"
            eventually(lambda: host.metric("parcels", accepted, publisher=code) == 1, 60)
            waiting = eventually(lambda: host.metric("parcels", "tenglong_outbox_depth"))
        finally:
            host.resume()
            rabbitmq.memory_is_full(False)
        assert township.receipt(event_id, 120)["outcome"] == "accepted"

    assert done.returncode == 1
    assert "parcels did not answer within 1 s" in done.stderr
    assert broken == [f"RabbitMQ lets nobody publish, for memory is short on {rabbitmq.node}"]
    assert waiting > 0, "the receipt and the facts"


def test_what_is_parked_is_listed_for_programs_too(installed):
    _, environment = installed

    assert json.loads(run(environment, "parked", "list", "parcels", "--json").stdout) == []


@pytest.mark.parametrize("queue", ["parcels.inbox.v1", "enterprises.inbox.v1", "parcels.strays.v1"])
def test_a_queue_that_somebody_deleted_comes_back_and_its_service_goes_on(installed, queue):
    host, environment = installed
    with kombu.Connection(environment["AMQP_URI"]) as connection:
        connection.channel().queue_delete(queue)

    story = Story(host)
    for type_, data in (story.parcel(), story.enterprise()):
        done = run(environment, "publish", TOWNSHIP, type_, json.dumps(data), "--wait-s", "50")
        assert json.loads(done.stdout)["outcome"] == "accepted", done.stdout


def test_the_totals_of_the_register_are_shown_beside_those_of_the_zone(installed):
    host, environment = installed
    story = Story(host)
    story.tell([story.parcel()])

    shown = run(environment, "totals", "--by", "township", "--by", "in_zone")
    found = json.loads(run(environment, "totals", "--json", "--zone", "survey").stdout)

    assert shown.returncode == 0, shown.stderr
    (group,) = [each for each in found["groups"] if each["of"] == {"township": TOWNSHIP}]
    mu = f"{Decimal(group['area_mu']):.2f}"
    rows = [line.split() for line in shown.stdout.splitlines() if TOWNSHIP in line]
    (row,) = [row for row in rows if "yes" in row]
    assert [row[each] for each in (1, -4, -2)] == [TOWNSHIP, str(group["count"]), mu]
    assert "not confirmed" in shown.stdout
    assert f"as known at {moment(found['as_known_at'])[:10]}" in shown.stdout


def test_an_operator_has_the_totals_counted_anew(installed):
    host, environment = installed
    story = Story(host)
    story.tell([story.parcel()])
    host.call("parcels", "totals")  # whoever asks first has them counted
    redis = connect(environment["REDIS_URL"])
    for key in redis.hkeys("{parcels}:totals:parcel"):
        redis.hset("{parcels}:totals:parcel", key, 7)

    drifted = run(environment, "store", "totals", "parcels")
    again = run(environment, "store", "totals", "parcels")
    none = run(environment, "store", "totals", "projects")
    nowhere = run({**environment, "REDIS_URL": "memory://x"}, "store", "totals", "parcels")

    assert drifted.returncode == 0, drifted.stderr
    assert "counted, other than they were" in drifted.stdout
    assert "counted, as they were" in again.stdout
    assert "projects keeps no totals" in none.stdout
    assert nowhere.returncode == 2
    assert "REDIS_URL" in nowhere.stderr
