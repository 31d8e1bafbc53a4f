"""An operator asks by the command line what would follow, also while a service is silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.rpc.admin import OPERATIONS
from cli.whatif import commands
from services.installation import HOMES
from tests.chaos.town import Town

from .test_what_if import Supposing

SAMPLE = Path(__file__).parents[2] / "contracts" / "samples" / "parcels" / "parcel_registered.json"
FACT = ("fact", "parcels.parcel_registered", f"@{SAMPLE}")  # enterprises and projects hear it
REFUSED = ("report", "330604006", "parcel.registered", '{"parcel_id": "7"}')
CALL = ("call", "parcels", "record_soil", "parcel_id=330604006-0231")
NOBODY_HEARS = ("fact", "notify.delivery_settled", "{}")


@pytest.fixture(scope="module")
def supposing() -> Supposing:
    return Supposing(Town())


@pytest.fixture
def what_if(supposing, monkeypatch):
    """The command, answered by the services of an empty town but for `what_if.silent`."""
    silent: set[str] = set()

    def ask(service: str, method: str, _wait_s: float, **arguments: Any) -> Any:
        if service in silent:
            return None
        return OPERATIONS[method](supposing.hosts[service], **arguments)

    monkeypatch.setattr(commands, "call_if_there", ask)

    def run(*words: str) -> Any:
        return CliRunner().invoke(commands.app, words, env={"COLUMNS": "200"})

    run.silent = silent
    return run


def test_whoever_runs_it_sees_by_its_code_whether_something_is_missing_or_refused(what_if):
    assert [what_if(*each).exit_code for each in (FACT, REFUSED, NOBODY_HEARS)] == [0, 1, 1]
    what_if.silent.add("projects")
    assert [what_if(*each).exit_code for each in (FACT, REFUSED, NOBODY_HEARS)] == [3, 1, 3]
    assert "projects does not answer" in what_if(*FACT).stderr


@pytest.mark.parametrize("asked", [FACT, REFUSED, CALL])
def test_a_program_reads_who_was_silent_beside_what_the_others_say(what_if, asked):
    assert json.loads(what_if(*asked, "--json").stdout)["unreachable"] == []
    what_if.silent |= {*HOMES}
    ran = what_if(*asked, "--json")

    assert ran.exit_code == 3
    silent = ["parcels"] if asked is CALL else [*HOMES]
    assert json.loads(ran.stdout) == {"unreachable": silent}
