"""One ledger of deadlines: what is due in three services, on one page, by its day."""

from __future__ import annotations

import io
import json
import re
import shlex
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backbone.errors import Unavailable
from cli.app import app
from cli.console import Output
from cli.due import asking
from cli.due.shown import of_what, table_of
from cli.due.words import WHAT
from services.contracts import dictionary
from services.enterprises.ledger.dues import LEDGER as ENTERPRISES
from services.enterprises.requests.levels import CLOCKS
from services.parcels.ledger.dues import LEDGER as PARCELS
from services.parcels.paths.lengths import PathStep
from services.projects.dues.due_step import StepKind
from services.projects.ledger.dues import LEDGER as PROJECTS
from tests.enterprises.requests.desk import REQUEST, received
from tests.enterprises.requests.desk import Desk as ServiceDesk
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

    def ask(self, service, question, method="due"):
        if service in self.problems:
            raise self.problems[service]
        return getattr(self, service).read(method, **question)


@pytest.fixture
def office(monkeypatch):
    office = Office()
    monkeypatch.setattr(
        asking, "asking", lambda _, method="due": partial(office.ask, method=method)
    )
    return office


def tenglong(*given):
    return CliRunner().invoke(app, ["due", *given], env={"COLUMNS": "200"})


def found(*given, code=0):
    done = tenglong(*given, "--json")
    assert done.exit_code == code, done.output
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
    console = Output(width=200, record=True, file=io.StringIO())
    console.print(table_of(page))
    text = console.export_text()

    rows = ("2023-08-31", "2023-12-29", "2023-12-31")
    places = [text.index(f"│ {each}") for each in rows]
    by_row = {
        line[2:12]: line.split("│")[2].strip() for line in text.splitlines() if "│ 20" in line
    }
    assert by_row == {
        "2023-08-31": "late [逾期]", "2023-12-29": "open [未到期]", "2023-12-31": "open [未到期]"
    }  # fmt: skip
    assert places == sorted(places)
    for told in (
        "120 days",
        "service_desk",
        "request_clocks: service.hand_over",
        "1 working day [工作日]",
        f"platform_target {VALLEY}.investment",
        "next: missed on 2024-01-01",
    ):
        assert told in text


def test_what_stands_still_or_has_no_day_yet_says_so_in_its_state(office):
    [due, *_] = found("--on", "2023-12-29", "--late")["dues"]
    page = {"on": "2023-12-29", "until": "2023-12-29", "dues_found": 1}
    states = [
        due | {"stands_still": True},
        due | {"days_late": 1},
        due | {"due_on": None, "days_late": 0},
    ]
    console = Output(width=200, record=True, file=io.StringIO())
    for each in states:
        console.print(table_of(page | {"dues": [each]}))
    text = console.export_text()

    places = [
        text.index(each) for each in ("stands still [中止]", "1 day ", "waits for the calendar")
    ]
    assert places == sorted(places)
    assert "no day yet" in text


def test_a_person_is_told_how_much_there_is_and_that_it_goes_on(office):
    asked = ("--on", "2023-12-29", "--within", "5")

    assert "4 due, 1 of them late, by what is on record now" in tenglong(*asked).stdout
    assert "There is more: --after" not in tenglong(*asked).stdout
    assert "There is more: --after '2023-08-31|parcels" in tenglong(*asked, "--limit", "1").stdout


def test_what_was_known_before_is_due_by_that_and_by_nothing_said_since(office):
    on = "--on", "2023-12-29", "--within", "5"
    told = tenglong(*on, "--known-at", "2024-06-01T00:00:00+08:00").stdout

    assert "4 due, 1 of them late, by what was on record at 2024-06-01T00:00:00+08:00" in told
    assert found(*on, "--known-at", "2023-01-01T00:00:00+08:00")["dues"] == []
    assert tenglong("--known-at", "2023-01-01T00:00:00+08:00", *PERIOD).exit_code == 2


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


def shown(width, *given):
    console = Output(width=width, record=True, file=io.StringIO())
    console.print(table_of(found(*given)))
    return console.export_text()


def test_a_person_reads_first_what_a_thing_is_about_and_then_its_id(office):
    asked = ("--on", "2023-12-29", "--within", "5")
    text = shown(200, *asked)

    for word, about, thing in (
        ("parcel", reports.PARCEL, f"case {reports.CASE}"),
        ("firm", received()["enterprise_id"], f"service_request {REQUEST}"),
        ("platform", VALLEY, f"platform_target {VALLEY}.investment"),
    ):
        assert 0 < text.index(f"{word} {about}") < text.index(thing)


def test_a_person_reads_which_firm_a_deadline_of_land_is_of():
    step = {
        "service": "projects",
        "thing": "due_step",
        "thing_id": "L.1.payment.1",
        "about_id": "330604006-0231",
    }
    firm = {"enterprise_ids": ["330604006-E9"]}

    assert [*of_what(step | firm)] == [
        "parcel 330604006-0231", "firm 330604006-E9", "due_step L.1.payment.1"
    ]  # fmt: skip


def test_in_a_narrow_terminal_ids_are_wrapped_and_never_cut(office):
    text = shown(60, "--on", "2023-12-29", "--within", "5")

    assert "…" not in text


def test_a_thing_that_is_what_it_is_about_is_named_once():
    due = {"service": "projects", "about_id": "P1", "thing": "project", "thing_id": "P1"}

    assert [*of_what(due)] == ["project P1"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("330604060", "near it are "),
        ("33060400", "near it are "),
        ("3306040066", "near it are 330604006 小越街道"),
        ("330699999", "there are 330604001 百官街道, "),
    ],
)
def test_a_township_that_is_none_is_refused_with_those_that_are(office, code, said):
    done = tenglong("--for", code)

    assert done.exit_code == 2
    assert f"no township has the code {code}" in done.output
    assert said in " ".join(done.output.replace("│", "").split())


def test_a_township_may_be_called_by_its_name(office):
    asked = ("--on", "2023-12-29", "--within", "5", "--for")

    assert found(*asked, "小越街道") == found(*asked, reports.XIAOYUE)


def test_whoever_has_nothing_is_told_who_has_something(office):
    asked = ("--on", "2023-12-29", "--within", "5", "--for")
    done = tenglong(*asked, "nonsense")

    assert "Nothing is late on 2023-12-29, or due up to 2024-01-03" in done.stdout
    assert "│" not in done.stdout
    holders = found(*asked, "nonsense")["due_holders"]
    assert {"service_desk", "task_force"} & set(holders)
    assert "these have something" in done.stdout
    assert all(each in done.stdout for each in holders)
    assert found(*asked, "service_desk")["due_holders"] == []
    assert "these have something" not in tenglong(*asked, "service_desk").stdout


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

    page = found("--on", "2023-12-29", code=3)
    done = tenglong("--on", "2023-12-29")
    shown = " ".join(done.stdout.split())

    assert (done.exit_code, page["unreachable"]) == (3, ["projects"])
    assert [each["code"] for each in page["unreachable_reasons"]] == ["NO_ANSWER"]
    assert {due["service"] for due in page["dues"]} == {"parcels", "enterprises"}
    assert "missing [缺失]: projects did not answer in time" in shown


def test_a_service_that_cannot_be_read_is_named_with_what_it_was(office):
    office.problems["parcels"] = KeyError("due")

    [reason] = found("--on", "2023-12-29", code=3)["unreachable_reasons"]

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


AFTER = ("--after", "2000-01-01|parcels|case|C|work|0001")  # a place before all that there is
PERIOD = ("--done", "--from", "2023-07-01", "--to", "2023-12-31")


def test_a_person_reads_what_a_meeting_decided_while_it_is_due_and_when_it_is_over(office):
    said = {"case_id": reports.CASE, "met_on": "2023-08-04", "decision": "empty [all] workshops"}
    office.parcels.call("decide_case", **said, due_on="2023-08-18")

    assert "empty [all] workshops" in shown(200, "--on", "2023-08-20")
    assert (
        "empty [all] workshops"
        in tenglong("--done", "--from", "2023-08-01", "--to", "2023-08-31").stdout
    )


def test_what_is_due_is_read_in_words_and_a_long_source_once_below_the_table(office):
    page = found("--on", "2023-12-29", "--within", "5")
    long = "practice: the plan of the platform as the zone told it, not confirmed"
    dues = [each | {"source": long} if each["what"] == "target" else each for each in page["dues"]]
    console = Output(width=200, record=True, file=io.StringIO())
    console.print(table_of(page | {"dues": dues}))
    text = console.export_text()

    assert "approval of the plan [方案批复]" in text
    assert [text.count(each) for each in ("source 1 ", f"source 1: {long}", long)] == [2, 1, 1]
    assert text.index(f"source 1: {long}") > text.rindex("└")


def test_whatever_may_be_due_has_words():
    """Those of a step of a case or of land are those of the dictionary."""
    steps = {
        step.name
        for edition in CLOCKS.editions
        for clock in CLOCKS.on(edition).values()
        for step in clock.steps
    }
    ledgers = [each.on(date.max) for each in (PARCELS, ENTERPRISES, PROJECTS)]
    named = {name.removesuffix("_by_term") for each in ledgers for name in each}

    assert steps | named | {*PathStep} | {*StepKind} == WHAT.keys()
    for kind in "step", "supply_step":
        words = dictionary().words(dictionary().entries[kind])
        assert {each: chinese_of(WHAT[each]) for each in words} == words


def chinese_of(words):
    return words.partition("[")[2].removesuffix("]")


def settled(office):
    """The services in the new year: a target was missed, a request was late."""
    office.enterprises.day("2024-01-02")
    office.enterprises.enter("hand_over_request", departments=["economy"])
    office.projects.on("2024-01-02 12:00")


def test_what_became_of_the_deadlines_of_a_period_stands_on_one_page_by_their_days(office):
    settled(office)
    page = found(*PERIOD)

    told = [(e["service"], e["what"], e["due_on"], e["outcome"]) for e in page["outcomes"]]
    assert told == sorted(told, key=lambda each: each[2])
    assert told[-3:] == [
        ("enterprises", "hand_over", "2023-12-29", "late"),
        ("projects", "target", "2023-12-31", "missed"),
        ("projects", "target", "2023-12-31", "missed"),
    ]
    assert {each["service"] for each in page["not_covered"]} == {*asking.SERVICES}
    counts = [page[f"{one}_found"] for one in ("met", "met_late", "missed", "not_known")]
    assert sum(counts) == len(told)


def test_a_person_reads_on_which_day_it_was_met_and_how_it_stood_on_its_own(office):
    settled(office)
    shown = tenglong(*PERIOD).stdout

    for told in (
        "late [逾期办结]",
        "by 4 days, on 2024-01-02",
        "missed [未办结]",
        "received, held",
        "reached 0 of 2",
        "not covered [未涵盖]: the lease ends [租约到期]: of parcels",
        "by what is on record now",
    ):
        assert told in shown


def test_whoever_had_nothing_in_a_period_is_told_who_had(office):
    settled(office)
    page = found(*PERIOD, "--for", "nonsense")

    assert (page["outcomes"], page["met_found"]) == ([], 0)
    assert "service_desk" in page["due_holders"]
    assert "Who was asked for has nothing; these have" in tenglong(*PERIOD, "--for", "no").stdout
    assert found(*PERIOD)["due_holders"] == []


def test_a_period_in_which_nothing_was_due_is_told_in_a_sentence_and_in_no_table(office):
    settled(office)
    asked = ("--done", "--from", "2020-01-01", "--to", "2020-12-31")
    shown = tenglong(*asked).stdout

    assert shown.startswith("Nothing was due from 2020-01-01 to 2020-12-31 [期间无到期事项].\n")
    assert "0 met" not in shown
    assert "│" not in shown
    assert found(*asked)["outcomes"] == []


def test_where_the_period_goes_on_it_is_said_where_to_look_for_what_is_still_to_come(office):
    shown = tenglong("--done", "--from", "2099-01-01", "--to", "2099-12-31").stdout

    assert "What is still to come `tenglong due` shows." in shown


def test_nothing_late_is_told_in_a_sentence(office):
    done = tenglong("--on", "2023-12-29", "--for", "330604001", "--late")

    assert done.stdout == "Nothing is late on 2023-12-29 [无到期事项].\n"


def test_what_the_list_does_not_cover_is_told_once_on_its_first_page(office):
    settled(office)
    first, second = (tenglong(*PERIOD, "--limit", "1", *more).stdout for more in ((), AFTER))

    assert "There is more" in first
    assert "There is more" in second
    assert ("not covered" in first, "not covered" in second) == (True, False)


def test_without_a_broker_it_is_said_that_there_is_none_and_no_service_is_blamed(monkeypatch):
    monkeypatch.setenv("AMQP_URI", "amqp://a:b@127.0.0.1:9/")
    done = tenglong("--wait-s", "3")

    assert done.exit_code == 1
    assert "no connection to amqp://a:***@127.0.0.1:9/" in " ".join(done.output.split())
    assert "did not answer" not in done.output


def test_page_after_page_has_every_outcome_once(office):
    settled(office)
    whole, pages, after = found(*PERIOD)["outcomes"], [], ""
    while after is not None:
        page = found(*PERIOD, "--limit", "1", "--after", after)
        pages += page["outcomes"]
        after = page["cursor"]

    assert pages == whole
    assert len(whole) > 3


def test_outcomes_that_a_silent_service_would_tell_are_named_as_missing(office):
    settled(office)
    office.problems["projects"] = AWAY

    page = found(*PERIOD, code=3)

    assert page["unreachable"] == ["projects"]
    assert "projects" not in {each["service"] for each in page["outcomes"]}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--done", "--from", "2023-07-01"], "give --from and --to"),
        ([*PERIOD, "--late"], "are of what is still due"),
        (["--from", "2023-07-01"], "go with --done"),
    ],
)
def test_options_that_say_nothing_together_are_refused(office, given, said):
    done = tenglong(*given)

    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", "").split())


def test_a_period_that_ends_before_it_begins_is_refused_with_what_would_be_right(office):
    done = tenglong("--done", "--from", "2023-09-30", "--to", "2023-07-01")

    assert done.exit_code == 1
    assert "The last day must not come before the first." in " ".join(done.output.split())


PAGE = (Path(__file__).parents[3] / "docs" / "land-desk.md").read_text("utf-8")


@pytest.mark.parametrize("line", re.findall(r"^tenglong due.*$", PAGE, re.M))
def test_the_commands_of_the_page_do_as_it_says(office, line):
    done = tenglong(*shlex.split(line)[2:])

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("{") == ("--json" in line)
