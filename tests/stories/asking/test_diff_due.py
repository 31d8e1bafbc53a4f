"""What nobody reports: what the calendar alone makes due, late or over between two days."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.diff import dues
from cli.diff.dues import all_due, dues_compared
from cli.diff.shown import dues_of
from cli.due import asking

from .test_what_is_due import AWAY, Office

PAGE = (Path(__file__).parents[3] / "docs" / "overview.md").read_text("utf-8")


@pytest.fixture
def office(monkeypatch):
    office = Office()
    monkeypatch.setattr(asking, "asking", lambda _: office.ask)
    return office


def tenglong(*given):
    return CliRunner().invoke(app, ["diff", "due", *given], env={"COLUMNS": "200"})


def found(*given, code=0):
    done = tenglong(*given, "--json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def brief(dues):
    return [(each["what"], each["became"], each["before"], each["after"]) for each in dues]


def test_what_became_late_by_the_calendar_alone_is_told_with_who_acts_and_by_which_rule(office):
    told = found("--from", "2023-12-29", "--to", "2023-12-30")

    assert (brief(told["dues"]), told["unreachable"]) == ([("hand_over", "late", 0, 1)], [])
    shown = tenglong("--from", "2023-12-29", "--to", "2023-12-30").stdout
    for said in (
        "2023-12-29",
        "late",
        "1 day ",
        "service_desk",
        "request_clocks: service.hand_over",
    ):
        assert said in shown


def test_what_came_to_be_due_and_what_did_while_nobody_looked_are_told_by_their_days(office):
    assert brief(found("--from", "2023-08-01", "--to", "2023-12-29")["dues"]) == [
        ("approval", "late", None, 120),
        ("hand_over", "due", None, 0),
        ("target", "due", None, 0),
        ("target", "due", None, 0),
    ]
    assert found("--from", "2024-02-01", "--to", "2024-02-02")["dues"] == []
    shown = tenglong("--from", "2024-02-01", "--to", "2024-02-02").stdout
    assert shown == "Nothing is otherwise.\n"


def test_what_only_ends_and_is_on_the_list_no_more_is_over(office):
    [first, *others], _ = all_due(office.ask, "2023-12-29")

    [over] = dues_compared([first, *others], others)
    assert (over["became"], over["thing_id"], over["after"]) == ("over", first["thing_id"], None)
    assert dues_of([over]).row_count == 1


def test_however_much_is_due_all_of_it_is_compared(office, monkeypatch):
    whole = found("--from", "2023-08-01", "--to", "2023-12-29")
    monkeypatch.setattr(dues, "AT_ONCE", 1)

    assert found("--from", "2023-08-01", "--to", "2023-12-29") == whole


def test_a_service_that_does_not_answer_is_named_and_its_part_is_taken_for_no_change(
    office, monkeypatch
):
    office.problems["projects"] = AWAY
    told = found("--from", "2023-12-29", "--to", "2024-02-01", code=3)

    assert (brief(told["dues"]), told["unreachable"]) == (
        [("hand_over", "late", 0, 34)],
        ["projects"],
    )
    assert "projects does not answer" in tenglong("--from", "2023-12-29").stderr

    def fell_silent(service, question):
        office.problems = {"projects": AWAY} if question["on"] == "2024-02-01" else {}
        return office.ask(service, question)

    monkeypatch.setattr(asking, "asking", lambda _: fell_silent)
    assert found("--from", "2023-12-29", "--to", "2024-02-01", code=3) == told


def test_when_no_service_answers_there_is_nothing_to_compare(office):
    office.problems = dict.fromkeys(asking.SERVICES, AWAY)
    assert tenglong("--from", "2023-12-29").exit_code == 1


@pytest.mark.parametrize(
    ("days", "code", "said"),
    [
        (("2023-12-29", "2023-12-29"), 2, "2023-12-29 is not before 2023-12-29"),
        (("2023-12-29", "tomorrow"), 2, "tomorrow is no day; give it as YYYY-MM-DD"),
        (("x", "2023-12-29"), 2, "x is no day; give it as YYYY-MM-DD"),
    ],
)
def test_days_that_cannot_be_compared_are_told_with_what_would_be_right(office, days, code, said):
    ran = tenglong("--from", days[0], "--to", days[1])

    assert (ran.exit_code, said in " ".join(ran.output.replace("│", " ").split())) == (code, True)


def test_the_command_of_the_page_does_as_it_says(office):
    [line] = re.findall(r"^tenglong diff due .*$", PAGE, re.M)

    assert tenglong(*shlex.split(line)[3:]).exit_code == 0
