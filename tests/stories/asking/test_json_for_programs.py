"""What a command shows in a table, a program reads with `--json`."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from cli.app import app
from cli.plot import command as plot


def run(*words):
    ran = CliRunner().invoke(app, words, env={"AMQP_URI": "amqp://guest:hidden@localhost/%2F"})
    return ran.exit_code, json.loads(ran.stdout)


def test_settings_are_told_with_their_secrets_masked(monkeypatch):
    monkeypatch.setenv("ALARMS_TOKEN", "hidden")
    code, found = run("settings", "--json")

    named = {each["setting"]: each for each in found}
    assert (code, named["AMQP_URI"]["value"]) == (0, "amqp://guest:***@localhost/%2F")
    assert named["ALARMS_TOKEN"]["value"] == "***"
    assert named["INBOX_DAYS"]["meaning"] == "how long a message is remembered as done"


def test_the_page_of_a_plot_is_told_as_parcels_answers_it(monkeypatch):
    page = {"land_code": "330604006-0231/67", "on": "2023-08-01", "unreachable": []}
    monkeypatch.setattr(plot, "call", lambda *_, **__: page)

    assert run("plot", "330604006-0231", "--json") == (0, page)
    page["unreachable"] = ["projects"]
    assert run("plot", "330604006-0231", "--json") == (3, page)
