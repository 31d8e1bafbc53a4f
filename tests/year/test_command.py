"""`tenglong year` writes a year, and plays one that was written."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.year import commands
from year.plan import of_size
from year.stream import year

from .test_playing import FakeDoor, call, event


def run(*arguments: str):
    return CliRunner().invoke(app, ["year", *arguments], env={"COLUMNS": "200"})


@pytest.fixture
def door(monkeypatch):
    """In place of the broker: what it is given, it answers."""
    opened = FakeDoor()
    opened.close = lambda: None
    monkeypatch.setattr(commands, "broker_uri", lambda: "amqp://there")
    monkeypatch.setattr(commands, "BrokerDoor", lambda *_: opened)
    return opened


def test_it_is_written_to_a_file_or_to_the_output(tmp_path):
    file, asked = tmp_path / "year.jsonl", ("--seed", "3", "--plots", "40", "--firms", "50")
    assert run(*asked, "--out", str(file)).exit_code == 0
    lines = file.read_text("utf-8").splitlines()

    assert lines == list(year(of_size(3, 40, 50)))
    assert run(*asked).stdout.splitlines() == lines


def test_a_park_that_cannot_be_is_refused_with_what_would_be_right():
    done = run("--plots", "3")

    assert done.exit_code == 2
    assert "40 plots or more" in done.output


def test_the_help_says_how_small_a_park_may_be():
    text = " ".join(run("--help").output.split())

    assert "how many plots, 40 or more" in text
    assert "as many as plots or more" in text


@pytest.mark.parametrize(("lines", "is_said"), [([event(1), call(1)], True), ([event(1)], False)])
def test_the_table_says_what_a_command_that_was_done_before_counts_as(
    door, tmp_path, lines, is_said
):
    file = tmp_path / "year.jsonl"
    file.write_text("\n".join(lines), "utf-8")

    done = run("play", str(file))

    assert ("done before gets its first answer again" in " ".join(done.stdout.split())) is is_said


def test_what_came_of_the_playing_is_told(door, tmp_path):
    file = tmp_path / "year.jsonl"
    file.write_text("\n".join([event(1), call(1), event(2)]), "utf-8")
    door.outcomes = {"e2": ["refused"]}
    done = run("play", str(file), "--json", "--patience-s", "0.2")
    found = json.loads(done.stdout)

    assert done.exit_code == 1
    assert (found["events"]["sent"], found["events"]["accepted"]) == (2, 1)
    assert found["commands"]["accepted"] == 1
    assert found["reasons"] == [{"what": "parcel.registered", "code": "USCC_CHECK", "times": 1}]


def test_it_is_shown_as_a_table_and_ends_well_when_all_went_well(door):
    done = run("--plots", "40", "--play")

    assert done.exit_code == 0
    assert [line for line in done.stdout.splitlines() if "commands" in line]
    assert "a second" in done.stdout
    assert len(door.done) == sum(1 for _ in year(of_size(1, 40)))


def test_a_file_that_is_not_there_is_named():
    done = run("play", "nowhere.jsonl")

    assert done.exit_code == 2
    assert "nowhere.jsonl cannot be read" in done.output


@pytest.mark.parametrize(
    ("line", "said"), [("{", "line 2 is no JSON object"), ("{}", "line 2 has neither")]
)
def test_a_line_that_is_none_of_a_year_is_named(door, tmp_path, line, said):
    file = tmp_path / "year.jsonl"
    file.write_text(f"{event(1)}\n{line}\n", "utf-8")
    done = run("play", str(file))

    assert done.exit_code == 2
    assert said in done.output


def test_to_write_and_to_play_are_two_things(tmp_path):
    done = run("--play", "--out", str(tmp_path / "year.jsonl"))

    assert done.exit_code == 2
    assert "--out or --play" in done.output


def test_without_a_broker_it_says_so(monkeypatch):
    monkeypatch.delenv("AMQP_URI", raising=False)
    done = run("--plots", "40", "--play")

    assert done.exit_code == 2
    assert "AMQP_URI is not set" in done.output
