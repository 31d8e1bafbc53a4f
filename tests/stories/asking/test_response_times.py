"""From report to effect: how long each township's reports took, and what waits longest for what."""

from __future__ import annotations

import io
import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from backbone.errors import Unavailable
from cli.app import app
from cli.responses import asking
from cli.responses.shown import shown, times_table, told_late, waiting_table
from tests.enterprises.requests.desk import Desk, moment, received
from tests.parcels import reports
from tests.parcels.conftest import Parcels
from tests.parcels.reports import XIAOYUE

NINE = datetime(2023, 9, 1, 1, 0, tzinfo=UTC)
PARKED = {
    "parked_id": "p-1",
    "parked_at": "2023-08-31T03:00:00+00:00",
    "event_id": "e-7",
    "cause": "WAITS_BEHIND",
    "exchange": "township.events",
    "routing_key": f"{XIAOYUE}.parcel.registered",
    "sentence": "It waits behind p-0, an earlier message of the same subject.",
}
OF_A_SERVICE = PARKED | {"exchange": "tenglong.projects", "routing_key": "projects.listing_drafted"}


class Office:
    """parcels with a report that took a minute and one that waits, enterprises with one of two hours."""

    def __init__(self) -> None:
        self.parcels, self.enterprises = Parcels(), Desk("2023-09-01")
        for given, number in ((reports.survey(), 0), (reports.planned(), 1)):
            self.parcels.clock = lambda: NINE + timedelta(minutes=1)
            self.parcels.hear(
                "township", *given, publisher=XIAOYUE, id=f"e-{number}", time=NINE
            ).or_raise()
        sent = moment("2023-09-01") - timedelta(hours=2)
        self.enterprises.report("received", received(), time=sent)
        self.away: tuple[str, ...] = ()

    def ask(self, service, method, **given):
        if service in self.away:
            raise Unavailable("it is stopped")
        if method == "list_parked":
            return [PARKED, OF_A_SERVICE] if service == "parcels" else []
        return getattr(self, service).read(method, **given)


@pytest.fixture
def office(monkeypatch):
    office = Office()
    monkeypatch.setattr(asking, "asking", lambda _: office.ask)
    return office


def tenglong(*given):
    return CliRunner().invoke(app, ["township", "times", *given], env={"COLUMNS": "200"})


def rows(*given):
    done = tenglong(*given, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)["townships"]
    return {(row["township"], row["service"]): row for row in found}


def test_each_township_has_its_times_in_each_service_that_hears_it(office):
    found = rows(XIAOYUE)

    land, firms = found[XIAOYUE, "parcels"], found[XIAOYUE, "enterprises"]
    assert (land["reports_found"], land["to_receipt"]["longest_s"]) == (2, 60)
    assert land["to_effect"]["counted"] == 1
    assert (firms["reports_found"], firms["to_effect"]["longest_s"]) == (1, 7200)


def test_a_township_that_is_named_twice_is_shown_once(office):
    once, twice = (
        json.loads(tenglong(*given, "--json").stdout)["townships"]
        for given in ([XIAOYUE], [XIAOYUE, "小越街道", XIAOYUE])
    )
    assert [each["service"] for each in twice] == [each["service"] for each in once]


def test_what_waits_is_named_with_what_it_waits_for_and_so_is_what_is_set_aside(office):
    land = rows(XIAOYUE)[XIAOYUE, "parcels"]

    assert [each["waits_for"] for each in land["waiting"]] == ["waits for its identification"]
    assert [(each["parked_id"], each["report"]) for each in land["parked"]] == [
        ("p-1", "parcel.registered")
    ]
    assert land["parked_found"] == 1


def test_without_a_code_all_townships_are_asked(office):
    found = rows()

    assert {service for _, service in found} == {"parcels", "enterprises"}
    assert len(found) > 10
    assert [code for (code, _), row in found.items() if row["parked_found"]] == [XIAOYUE]


def test_a_person_sees_half_nine_of_ten_and_the_slowest_and_what_waits_longest(office):
    found = list(rows(XIAOYUE).values())
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(times_table(found), waiting_table(found, 5))
    text = console.export_text()

    assert "60 s / 60 s / 60 s" in text
    assert "2 h / 2 h / 2 h" in text
    # by the clock of the park, the longest first
    assert text.index("2023-08-31 11:00") < text.index("2023-09-01 09:00")
    assert "waits for its identification" in text
    assert "parked p-1 (parcels)" in text


@pytest.mark.parametrize(("days", "is_long_ago"), [(29, False), (30, True), (1500, True)])
def test_of_reports_that_name_a_day_long_ago_it_is_said_that_their_times_are_no_handling(
    office, days, is_long_ago
):
    [row, *_] = rows(XIAOYUE).values()
    row |= {"to_receipt": {"counted": 4, "median_s": days * 86_400, "most_s": 0, "longest_s": 0}}

    said = [*told_late([row, row | {"to_receipt": None}])]

    assert [XIAOYUE in line and "do not say how fast" in line for line in said] == (
        [True] * is_long_ago
    )


def test_of_all_townships_a_person_sees_those_that_reported(office):
    text = tenglong().stdout

    assert XIAOYUE in text
    assert "330604001" not in text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (119, "119 s"),
        (120, "2 min"),
        (7199, "119 min"),
        (7200, "2 h"),
        (172_799, "47 h"),
        (172_800, "2 d"),
    ],
)
def test_a_time_is_told_in_the_largest_unit_of_which_it_has_two(seconds, text):
    assert shown(seconds) == text


def test_a_service_that_is_away_is_named_and_the_others_part_is_told(office):
    office.away = ("enterprises",)

    done = tenglong(XIAOYUE)

    assert done.exit_code == 3
    assert "missing [缺失]: enterprises did not answer: Unavailable" in done.output
    assert "parcels" in done.stdout


def test_when_no_service_answers_the_command_fails(office):
    office.away = asking.SERVICES

    assert tenglong(XIAOYUE).exit_code == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["3306040066"], "no township has the code 3306040066; near it are 330604006 小越街道"),
        (["Nowhere"], "no township is called Nowhere; there are 330604001 百官街道"),
        ([XIAOYUE, "--since", "monday"], "monday is no day; give it as YYYY-MM-DD"),
    ],
)
def test_what_is_no_township_or_no_day_is_refused_with_what_would_be_right(office, given, said):
    done = tenglong(*given)

    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", "").split())


def test_a_township_may_be_asked_for_by_its_name(office):
    assert rows("小越") == rows(XIAOYUE)


def test_a_question_that_a_service_refuses_is_answered_with_what_would_be_right(office):
    done = tenglong(XIAOYUE, "--waiting", "100000")

    assert done.exit_code == 1
    assert "INVALID" in done.output


PAGE = (Path(__file__).parents[3] / "docs" / "when-things-break.md").read_text("utf-8")


@pytest.mark.parametrize("line", re.findall(r"^tenglong township.*$", PAGE, re.M))
def test_the_commands_of_the_page_do_as_it_says(office, line):
    done = tenglong(*shlex.split(line)[3:])

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("{") == ("--json" in line)
