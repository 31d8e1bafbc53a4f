"""Copying a store, putting it back, and holding the services against each other, as an operator types it."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from rich.console import Console

from cli.reconcile import commands
from cli.reconcile.comparing import Account, Forgotten, Missing, Restored
from cli.reconcile.shown import show
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story

ROOT = Path(__file__).parents[3]
NOON = datetime(2023, 8, 14, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def installed(rabbitmq, redis_server) -> Iterator[tuple[Host, dict[str, str]]]:
    """The environment of a park in which a plot was released."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as host:
        story = Story(host)
        story.tell(story.reports())
        story.listing()
        yield host, {**os.environ, "AMQP_URI": uri, "REDIS_URL": url, "COLUMNS": "200"}


def tenglong(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "bin" / "tenglong"), *arguments]
    return subprocess.run(
        command, env=environment, text=True, capture_output=True, timeout=90, check=False
    )


def test_a_copy_says_of_which_moment_it_is_and_how_much(installed, tmp_path):
    _, environment = installed
    path = tmp_path / "parcels.backup"
    before = datetime.now(UTC).replace(microsecond=0)
    done = tenglong(environment, "backup", "parcels", "--file", str(path))

    assert done.returncode == 0, done.stderr
    said = done.stdout.removeprefix(f"{path}: parcels as of ").split(", ")
    assert said[0].endswith("+08:00")
    assert before <= datetime.fromisoformat(said[0])
    assert int(said[1].removesuffix(" keys")) > 20


def test_a_store_that_is_at_work_is_not_written_over(installed, tmp_path):
    host, environment = installed
    path = tmp_path / "parcels.backup"
    tenglong(environment, "backup", "parcels", "--file", str(path))
    done = tenglong(environment, "restore", "parcels", "--file", str(path), "--overwrite")

    assert done.returncode == 1
    assert "A process of parcels works on this store now" in done.stderr
    assert host.ready("parcels")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["backup", "bakery", "--file", "x"], 2, "there is no service bakery"),
        (["restore", "parcels", "--file", "/nowhere/x"], 1, "There is no file /nowhere/x"),
        (["restore", "parcels", "--file", __file__], 1, "is damaged, or no backup"),
        (
            ["backup", "parcels", "--file", "/nowhere/x"],
            1,
            "/nowhere/x cannot be written: No such file",
        ),
        (["reconcile", "--send"], 2, "say who does this: --by"),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, list) else "",
)
def test_what_cannot_be_done_is_told_in_a_sentence(installed, arguments, code, says):
    _, environment = installed
    done = tenglong(environment, *arguments)

    assert done.returncode == code
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_store_in_memory_has_no_copies(tmp_path):
    environment = {**os.environ, "REDIS_URL": "", "AMQP_URI": ""}
    del environment["REDIS_URL"], environment["AMQP_URI"]
    done = tenglong(environment, "backup", "parcels", "--file", str(tmp_path / "x"))

    assert done.returncode == 2
    assert "REDIS_URL is not set" in done.stderr


def test_in_a_park_to_which_nothing_happened_nothing_is_missing(installed):
    _, environment = installed

    def is_over() -> bool:
        done = tenglong(environment, "reconcile")
        assert done.returncode == 0, done.stderr
        assert "Nothing is missing." in done.stderr
        return " 0 facts compared" not in f" {done.stderr}"

    eventually(is_over, 60, every=2)


def test_what_is_settled_or_sent_is_said_and_nothing_that_it_is_not(monkeypatch, capsys):
    lost = Missing("parcels", "notify", "parcels.parcel_registered", "id", None, "1-0", False)
    deeds: list[tuple[str, str]] = []

    def ends(account: Account, **options: bool) -> tuple[int, str]:
        monkeypatch.setattr(commands, "_compared", lambda: account)
        try:
            commands.reconcile(by="li", **options)
            code = 0
        except typer.Exit as ended:
            code = ended.exit_code
        return code, " ".join(capsys.readouterr().err.split())

    monkeypatch.setattr(
        commands, "call", lambda service, deed, *_, **__: deeds.append((service, deed))
    )
    monkeypatch.setattr(commands, "send", lambda *_: 1)
    settled = ends(Account((), 7, (), ()), settle=True)
    assert settled == (0, "No service was put back from a copy: there is nothing to settle.")
    code, said = ends(Account((), 7, (lost,), ()), settle=True)
    assert (code, said[:20], deeds) == (1, "Nothing is settled. ", [])
    code, said = ends(Account((), 7, (lost,), ()), again=True)
    assert (code, "in a minute, look again" in said, "are missing" in said) == (1, True, False)


def shown(account: Account) -> str:
    out = Console(file=io.StringIO(), width=300)
    show(account, out)
    return out.file.getvalue()  # type: ignore[attr-defined]


def test_an_operator_reads_which_receipts_are_void_and_what_townships_send_again():
    restored = Restored(
        "parcels",
        NOON,
        NOON + timedelta(hours=2),
        NOON - timedelta(minutes=1),
        ("parcel.registered",),
    )
    said = shown(Account((restored,), 0, (), ()))

    assert "put back at 2023-08-14T14:00:00+08:00 from a copy of 2023-08-14T12:00:00+08:00" in said
    assert (
        "Receipts of parcels from 2023-08-14T11:59:00+08:00 to 2023-08-14T14:00:00+08:00 are void"
        in said
    )
    assert "parcel.registered" in said
    assert "request_id" in said


def test_an_operator_reads_what_is_missing_where_by_kind():
    def fact(number: int, to: str, *, is_parked: bool = False) -> Missing:
        what = ("parcels.land_released", str(number), f"330604006-{number}", f"{number}-0")
        return Missing("parcels", to, *what, is_parked)

    said = shown(
        Account(
            (), 9, (fact(1, "projects"), fact(2, "projects"), fact(2, "notify", is_parked=True)), ()
        )
    )

    rows = [
        [cell.strip() for cell in row.split("│")[1:-1]] for row in said.splitlines() if "│" in row
    ]
    assert ["parcels", "projects", "parcels.land_released", "2", "0", "330604006-2"] in rows
    assert ["parcels", "notify", "parcels.land_released", "0", "1", "330604006-2"] in rows


def test_an_operator_reads_what_others_did_because_of_what_was_forgotten():
    what = ("parcels.land_released", "f-1", NOON, "listing", "L-2023-0007")
    said = shown(Account((), 9, (), (Forgotten("parcels", "projects", *what),) * 51))

    assert "2023-08-14T12:00:00+08:00" in said
    assert "listing L-2023-0007" in said
    assert "and 1 more" in said
