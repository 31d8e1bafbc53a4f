"""One ledger of deadlines: what is due in three services, on one page, by its day."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from backbone.errors import Unavailable
from cli.app import app
from cli.due import asking
from cli.due.shown import table_of
from tests.enterprises.requests.desk import Desk as ServiceDesk
from tests.enterprises.requests.desk import received
from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.projects.platforms.zone import VALLEY, Zone

AWAY = Unavailable("it is stopped")


class Office:
    """The three services as of New Year 2024; one may be away, or refuse the question."""

    def __init__(self) -> None:
        self.parcels, self.enterprises, self.projects = Parcels(), ServiceDesk("2023-12-28"), Zone()
        for report in reports.survey(), reports.identified(), reports.planned("land_reserve"):
            self.parcels.report(*report)
        self.enterprises.report("received", received())
        self.problems: dict[str, Exception] = {}

    def ask(self, service, question):
        if service in self.problems:
            raise self.problems[service]
        return getattr(self, service).read("due", **question)


@pytest.fixture
def office(monkeypatch):
    office = Office()
    monkeypatch.setattr(asking, "asking", lambda _: office.ask)
    return office


def tenglong(*given):
    return CliRunner().invoke(app, ["due", *given], env={"COLUMNS": "200"})


def found(*given):
    done = tenglong(*given, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def brief(page):
    return [(due["service"], due["what"], due["due_on"]) for due in page["dues"]]


def test_what_is_due_in_all_services_stands_on_one_page_by_its_day(office):
    page = found("--on", "2023-12-29", "--within", "5")

    days = [due["due_on"] for due in page["dues"]]
    assert days == sorted(days)
    assert {due["service"] for due in page["dues"]} == {"parcels", "enterprises", "projects"}
    assert brief(page)[-3:] == [
        ("enterprises", "hand_over", "2023-12-29"),
        ("projects", "target", "2023-12-31"),
        ("projects", "target", "2023-12-31"),
    ]
    assert (page["dues_found"], page["late_found"], page["unreachable"]) == (4, 1, [])


def test_a_person_sees_the_late_first_under_its_day_with_who_has_it_and_by_which_rule(office):
    page = found("--on", "2023-12-29", "--within", "5")
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(table_of(page))
    shown = console.export_text()

    rows = ("120 days late", "2023-12-29", "2023-12-31")
    places = [shown.index(f"│ {each}") for each in rows]
    assert places == sorted(places)
    for told in (
        "service_desk",
        "request_clocks: service.hand_over",
        "working days [工作日]",
        f"platform {VALLEY}.investment",
        "next: missed on 2024-01-01",
    ):
        assert told in shown


def test_a_person_is_told_how_much_there_is_and_that_it_goes_on(office):
    asked = ("--on", "2023-12-29", "--within", "5")

    assert "4 due, 1 of them late" in tenglong(*asked).stdout
    assert "There is more: --after" not in tenglong(*asked).stdout
    assert "There is more: --after '2023-08-31|parcels" in tenglong(*asked, "--limit", "1").stdout


@pytest.mark.parametrize(
    ("asked", "services"),
    [
        (["--late"], ["parcels"]),
        (["--for", "service_desk"], ["enterprises"]),
        (["--for", "330604001"], ["projects", "projects"]),
        (["--for", reports.XIAOYUE], ["parcels", "enterprises"]),
        (["--for", "330604001", "--late"], []),
    ],
)
def test_an_office_a_township_or_the_late_alone_are_asked_for(office, asked, services):
    page = found("--on", "2023-12-29", "--within", "5", *asked)

    assert [due["service"] for due in page["dues"]] == services


def test_page_after_page_has_everything_once(office):
    asked = ("--on", "2023-12-29", "--within", "5")
    whole, pages, after = found(*asked)["dues"], [], ""
    while after is not None:
        page = found(*asked, "--limit", "1", "--after", after)
        pages += page["dues"]
        after = page["cursor"]

    assert pages == whole


def test_a_service_that_is_away_is_named_and_the_others_part_is_told(office):
    office.problems["projects"] = AWAY

    page = found("--on", "2023-12-29")
    shown = " ".join(tenglong("--on", "2023-12-29").stdout.split())

    assert page["unreachable"] == ["projects"]
    assert [each["code"] for each in page["unreachable_reasons"]] == ["NO_ANSWER"]
    assert {due["service"] for due in page["dues"]} == {"parcels", "enterprises"}
    assert "missing [缺失]: projects did not answer in time" in shown


def test_a_service_that_cannot_be_read_is_named_with_what_it_was(office):
    office.problems["parcels"] = KeyError("due")

    [reason] = found("--on", "2023-12-29")["unreachable_reasons"]

    assert (reason["code"], reason["field"]) == ("NO_USABLE_ANSWER", "parcels")
    assert "KeyError" in reason["sentence"]


def test_when_no_service_answers_the_command_fails_and_says_why(office):
    office.problems = dict.fromkeys(asking.SERVICES, AWAY)

    done = tenglong()

    assert done.exit_code == 1
    said = " ".join(done.output.split())
    assert all(f"{service} did not answer" in said for service in asking.SERVICES)


def test_a_question_that_a_service_refuses_is_answered_with_what_would_be_right(office):
    done = tenglong("--on", "tomorrow")

    assert done.exit_code == 1
    assert "INVALID (on): Give the day as YYYY-MM-DD: 2023-08-01." in " ".join(done.output.split())


PAGE = (Path(__file__).parents[2] / "docs" / "land-desk.md").read_text("utf-8")


@pytest.mark.parametrize("line", re.findall(r"^tenglong due.*$", PAGE, re.M))
def test_the_commands_of_the_page_do_as_it_says(office, line):
    done = tenglong(*shlex.split(line)[2:])

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("{") == ("--json" in line)
