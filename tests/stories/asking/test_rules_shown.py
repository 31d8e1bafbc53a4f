"""An operator looks up by which rules the park works, on any day."""

from __future__ import annotations

import json
import tomllib

import pytest
from typer.testing import CliRunner

from cli.rules.commands import app
from cli.rules.files import books
from services.installation import HOMES
from services.parcels.screening.law import CRITERIA


def run(*words):
    return CliRunner().invoke(app, words, env={"COLUMNS": "200"})


def test_every_rulebook_of_every_service_is_listed_with_its_editions():
    found = json.loads(run("--json").stdout)

    assert {each["service"] for each in found} == set(HOMES)
    named = {(each["service"], each["rulebook"]): each for each in found}
    assert named["parcels", "criteria"]["editions"] == [str(day) for day in CRITERIA.editions]
    assert named["enterprises", "request_clocks"]["about"].startswith("The clocks of service")
    listed = run().stdout
    assert all(each.topic in listed for each in books())


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        ("2020-01-01", "2023-08-01", "2025-05-31"),  # before the first one the first one holds
        ("2025-05-31", "2023-08-01", "2025-05-31"),
        ("2025-06-01", "2025-06-01", None),
    ],
)
def test_the_edition_of_a_day_is_shown_with_the_days_on_which_it_is_in_force(on, first, last):
    found = json.loads(run("show", "request_clocks", "--on", on, "--json").stdout)

    assert (found["first_day"], found["last_day"]) == (first, last)
    assert found["edition"]["service"]["steps"][0]["days"] == 1


def test_it_reads_as_its_file_with_the_sources_that_the_rules_rest_on():
    shown = run("show", "criteria", "--on", "2023-07-31").stdout

    assert "# parcels.criteria, in force from 2021-01-01 on" in shown
    assert tomllib.loads(shown)  # so it can be changed and handed in
    assert CRITERIA.folder.joinpath("2021-01-01.toml").read_text("utf-8") in shown
    assert "source = " in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("criterai",), "did you mean criteria?"),
        (("xyzzy",), "there are alerts, amendments, "),
        (("ledger",), "say enterprises.ledger or parcels.ledger or projects.ledger"),
        (("criteria", "--on", "31.7.2023"), "31.7.2023 is no day; give it as YYYY-MM-DD"),
    ],
)
def test_a_name_or_a_day_that_there_is_not_is_told_with_what_would_be_right(words, said):
    ran = run("show", *words)

    assert ran.exit_code == 2
    assert said in " ".join(ran.output.replace("│", " ").split())
