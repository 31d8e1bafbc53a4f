"""`tenglong soil check` shows how a table of published surveys would be recorded."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli import console
from cli.app import app

from .test_printed import TABLE


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    for each in (console.out, console.err):
        monkeypatch.setattr(each, "_width", 240)


def check(file, *options):
    return CliRunner().invoke(app, ["soil", "check", str(file), *options])


def test_each_row_is_shown_with_what_to_look_at():
    done = check(TABLE)

    assert done.exit_code == 0
    second, third = (
        line for line in done.stdout.splitlines() if "城北53" in line or "下管" in line
    )
    assert "preliminary: met" in second
    assert "高锰酸钾指数 (groundwater)" in second
    assert "phase_1: phase_1_suffices" in third
    assert "COORDINATES_MISSING, MONTH_ONLY" in third
    assert "OUTSIDE_DISTRICT" in done.stdout


def test_a_program_reads_each_row_with_its_line():
    found = json.loads(check(TABLE, "--json").stdout)

    second = next(each for each in found if each["plot"].startswith("城北53"))
    assert (second["line"], second["survey"]["phase"]) == (found.index(second) + 2, "preliminary")


def test_a_row_that_cannot_be_read_is_named_by_its_line_and_column_and_the_others_are_shown(
    tmp_path,
):
    file = tmp_path / "surveys.csv"
    lines = TABLE.read_text("utf-8").splitlines()
    file.write_text(
        "\n".join([lines[0], lines[1].replace("2019-04", "2019-13"), lines[2]]), "utf-8"
    )

    done = check(file)

    assert done.exit_code == 1
    assert "line 2: surveyed_from: Give a day or a month" in done.stderr
    assert "城北53" in done.stdout


@pytest.mark.parametrize("text", ["", "colour,size\nred,1\n"])
def test_a_file_that_is_no_such_table_is_refused_with_its_columns(tmp_path, text):
    file = tmp_path / "other.csv"
    file.write_text(text, "utf-8")

    done = check(file)

    assert done.exit_code == 2
    assert "coordinates_as_printed" in done.stderr
