"""What an operator types, and what a service or the operator is told."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from cli.app import app
from cli.given import argument_of, json_of


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("township=330604006", "330604006"),
        ('township="330604006"', "330604006"),
        ("township=null", None),
        ("request_id=77", "77"),
        ("limit=20", 20),
        ("code=330604001002GB00017", "330604001002GB00017"),
    ],
)
def test_a_township_is_given_as_it_is_written(typed, told):
    name, _, _ = typed.partition("=")
    assert argument_of(typed) == (name, told)


@pytest.mark.parametrize("read", [json_of, lambda typed: argument_of(f"wish={typed}")])
def test_what_is_nested_without_end_is_no_argument(read):
    with pytest.raises(typer.BadParameter, match="more than 32 deep"):
        read("[" * 100_000)


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("rules show criteria --on {}", "--on"),
        ("clauses check 本地 --on {}", "--on"),
        ("clauses check 本地 --reviewed-on {}", "--reviewed-on"),
        ("notices check plots.csv --on {}", "--on"),
        ("diff due --from {}", "--from"),
        ("township times --since {}", "--since"),
        ("publish 330604006 parcel.registered {{}} --time {}T09:30:00+08:00", "--time"),
        ("grant days operator-wang --until {} --file grants.toml", "--until"),
    ],
)
def test_of_a_day_that_its_month_does_not_have_every_command_says_the_last_one(
    tmp_path, monkeypatch, typed, option
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plots.csv").write_text("id,price_printed\nA,1361\n", "utf-8")
    done = CliRunner().invoke(app, typed.format("2026-02-30").split(), env={"COLUMNS": "200"})

    assert done.exit_code == 2
    assert (
        f"value for {option}: There is no such day; the last of its month is 2026-02-28."
        in " ".join(done.output.replace("│", " ").split())
    )
