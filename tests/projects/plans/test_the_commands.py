"""What `tenglong plan` shows a person."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.plan import commands

from .office import PLAN, Office


@pytest.fixture
def asked(monkeypatch):
    office = Office(plots=[{"parcel_id": "330604006-9", "plan_use": "public", "area_mu": "1"}])
    office.publish()

    def call(service, method, **arguments):
        assert service == "projects"
        return office.read(method, **arguments)

    office.moment = office.moment.replace(hour=10)
    monkeypatch.setattr(commands, "call", call)
    return lambda *given: CliRunner().invoke(app, ["plan", *given], env={"COLUMNS": "160"})


def test_the_versions_of_a_plan_are_shown(asked):
    done = asked("show", PLAN)
    assert done.exit_code == 0
    assert "industrial_warehouse (auction): 20" in done.stdout
    assert json.loads(asked("show", PLAN, "--json").stdout)["plan_id"] == PLAN


def test_progress_is_shown_with_what_is_outside_the_plan(asked):
    done = asked("progress", PLAN, "--on", "2023-08-01")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert "330604006-9: not released" in lines
    assert "not in the plan 330604006-0231: offered, 17.6715 mu" in lines
    assert "stock land: – of what is contracted (no goal)" in lines
    [total] = [line for line in lines if "│ total" in line]
    assert [each.strip() for each in total.split("│")[2:4]] == ["100", "0"]
    as_json = asked("progress", PLAN, "--json", "--known-at", "2023-08-01T10:00:00+08:00").stdout
    assert json.loads(as_json)["outside"]["offered_mu"] == "17.6715"
