"""The overview of all services by topics, and how it looks in the terminal."""

from __future__ import annotations

import io
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.errors import Invalid, NotFound, Unavailable
from backbone.rpc.caller import Caller
from cli.app import app
from cli.ask import MISSING
from cli.console import Output
from cli.given import argument_of
from cli.overview import command
from cli.overview.shown import beside, number, parts_of, table_of, unsaid, with_unit
from services.enterprises.overview.entrypoints import FIGURES as OF_ENTERPRISES
from services.parcels.overview.entrypoints import FIGURES as OF_PARCELS
from services.parcels.overview.page import PAGE, missing_of
from services.projects.overview.entrypoints import FIGURES as OF_PROJECTS

from .. import reports
from .desk import FiguresOf, Register

PAGE_OF_DOCS = (Path(__file__).parents[3] / "docs" / "overview.md").read_text("utf-8")
PROFIT = {
    "figure": "above_scale_profit",
    "title": "profit of industry above scale",
    "value": "920000000",
    "unit": "yuan",
    "overview_kind": "cumulative",
    "counting_rule": "newest_stated_period",
    "counts": "the newest period",
    "rules_from": "2023-08-01",
    "about_on": "2023-07-31",
    "since_on": "2023-01-01",
    "source": "page of 2023",
    "parts": 1,
    "counted_from": "statement",
    "as_known_now": False,
    "reason": None,
}
ASKED = {"on": "2023-07-31", "known_at": "2023-08-09T12:00:00+08:00", "rules": "2023-08-01"}


@pytest.fixture
def park(register: Register) -> Register:
    """A remediated plot, and two services that answer."""
    for report in reports.whole_case(remediated_area_mu="10"):
        register.report(*report)
    register.dependencies["enterprises"] = FiguresOf([PROFIT, PROFIT | {"figure": "unheard_of"}])
    register.dependencies["projects"] = FiguresOf([])
    return register


def shown(what: Any, width: int = 220) -> str:
    console = Output(width=width, record=True, file=io.StringIO())
    console.print(what)
    return console.export_text()


def test_the_figures_of_all_services_stand_under_their_topics(park):
    page = park.read("overview", on="2023-07-31")

    under = {each["title"]: [f["figure"] for f in each["figures"]] for each in page["topics"]}
    assert under["Plots and firms [摸排]"] == ["plots_surveyed", "plots_area"]
    assert under["Economy [经济指标]"] == ["above_scale_profit"]
    assert under["others"] == ["unheard_of"]
    assert (page["unreachable"], page["missing"]) == ([], [])


def test_every_service_is_asked_by_the_same_three_clocks(park):
    park.read("overview", **ASKED)

    for service in ("enterprises", "projects"):
        [asked] = park.dependencies[service].asked
        assert asked | {"known_at": ""} == ASKED | {"known_at": ""}
        assert asked["known_at"] in ("2023-08-09T04:00:00+00:00", ASKED["known_at"])


@pytest.mark.parametrize(
    ("problem", "code"),
    [(Unavailable("away"), "NO_ANSWER"), (OSError("odd"), "NO_USABLE_ANSWER")],
)
def test_a_service_that_is_silent_is_named_with_its_figures_and_nothing_is_guessed(
    park, problem, code
):
    park.dependencies["projects"].answer = problem
    page = park.read("overview", on="2023-07-31")

    assert page["unreachable"] == ["projects"]
    assert [each["code"] for each in page["unreachable_reasons"]] == [code]
    missing = [each["figure"] for each in page["missing"]]
    assert {each["service"] for each in page["missing"]} == {"projects"}
    assert {"land_granted_area", "projects_contacted"} <= {*missing}
    told = [each["figure"] for topic in page["topics"] for each in topic["figures"]]
    assert "above_scale_profit" in told
    assert not {*told} & {*missing}


def test_what_cannot_be_read_as_figures_is_no_answer(park):
    park.dependencies["enterprises"].answer = [{"figure": "firms"}]

    assert park.read("overview")["unreachable"] == ["enterprises"]


def test_the_page_names_every_figure_that_a_service_owns():
    named = {name for page in PAGE.editions.values() for t in page.topics for name in t.figures}
    owned = {"parcels": OF_PARCELS, "enterprises": OF_ENTERPRISES, "projects": OF_PROJECTS}

    assert named == {
        f"{service}.{figure}"
        for service, book in owned.items()
        for edition in book.editions.values()
        for figure in edition
    }


def test_a_figure_that_is_not_there_is_not_found(register):
    with pytest.raises(NotFound):
        register.read("explain_overview", figure="plots")


def test_a_day_that_is_none_is_refused_with_what_would_be_right(register):
    with pytest.raises(Invalid) as caught:
        register.read("overview_figures", on="31.7.2023")

    assert [reason.field for reason in caught.value.reasons] == ["on"]


# --- in the terminal


def test_the_table_shows_each_figure_with_its_rule_and_where_it_is_from(park):
    text = shown(table_of(park.read("overview", on="2023-07-31")))

    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if "above_scale_profit" in line)
    profit = "\n".join(lines[first : first + 2])
    for told in ("920,000,000", "yuan", "cumulative", "2023-01-01 – 2023-07-31", "statement"):
        assert told in profit
    assert re.search("newest_survey .*\n.*edition of 2023-08-01", text)
    assert re.search(r"as known at [-0-9]+T[:0-9]+\+08:00, by the rules for 2023-07-31", text)
    assert "NOTHING_TO_COMPARE" in text


def test_the_parts_of_a_figure_stand_below_each_other(park):
    explained = park.read("explain_overview", figure="land_remediated", on="2023-07-31")

    text = shown(parts_of(explained))
    assert "land_remediated: 10 mu" in text
    assert all(told in text for told in (reports.CASE, "2023-07-28", "event-6"))


def test_the_names_of_figures_are_whole_in_a_narrow_terminal(park):
    long = "platform_planned:the-valley-of-the-young-and-of-those-who-stay-so"
    park.dependencies["projects"].answer = [PROFIT | {"figure": long}]

    text = shown(table_of(park.read("overview", on="2023-07-31")), width=80)

    assert f" {long}" in text
    assert "…" not in text


def test_a_case_whose_area_nobody_said_counts_as_one_of_unknown_area_and_not_as_at_least_0_mu(
    monkeypatch, register
):
    for report in reports.whole_case("phase_out"):
        register.report(*report)

    figure = register.figure("land_remediated", "2023-08-01")
    assert (figure["value"], figure["without_amount_found"], with_unit(figure)) == (
        "0", 1, "not known"
    )  # fmt: skip
    vacated = register.figure("land_vacated", "2023-08-01")
    assert (vacated["without_amount_found"], vacated["overview_kind"]) == (0, "exact")
    page = {"on": "2023-08-01", "known_at": "2023-09-01T00:00:00+08:00", "rules": "2023-08-01"}
    page["topics"] = [{"title": "land", "figures": [figure]}]
    assert "of unknown amount: 1" in shown(table_of(page))
    ended = run(monkeypatch, register, "--explain", "land_remediated", "--on", "2023-08-01")
    assert "land_remediated: not known\n" in ended.output
    assert "Not known, for 1 that count did not say how much" in ended.output


def test_what_the_rounding_of_the_parts_takes_stands_below_them_so_that_they_add_up(park):
    explained = park.read("explain_overview", figure="land_remediated", on="2023-07-31")
    [part] = explained["parts"]
    explained["parts"] = [part | {"adds": "3.338333"}] * 3
    explained["figure"]["value"] = "10.01"

    rows = [re.findall(r"-?\d+\.\d+ │$", line) for line in shown(parts_of(explained)).splitlines()]
    *adds, together = (Decimal(found[0].split()[0]) for found in rows if found)
    assert adds == [Decimal("3.34")] * 3 + [Decimal("-0.01")]
    assert sum(adds) == together == Decimal(explained["figure"]["value"])


@pytest.mark.parametrize("option", ["--on", "--known-at", "--rules"])
def test_a_day_that_is_still_to_come_is_answered_with_a_remark(monkeypatch, park, option):
    def remarks(year: int) -> str:
        moment = "T00:00:00+08:00" if option == "--known-at" else ""
        ended = run(monkeypatch, park, option, f"{year}-08-05{moment}", "--json")
        assert ended.exit_code == 0
        assert json.loads(ended.stdout)["topics"]
        return " ".join(ended.stderr.split())

    assert f"{option} 2099-08-05" in remarks(2099)
    assert "still to come" in remarks(2099)
    assert remarks(2023) == ""


@pytest.mark.parametrize(("rules", "is_early"), [("2023-07-31", True), ("2023-08-01", False)])
def test_on_a_day_before_there_are_counting_rules_it_is_said_which_edition_holds(
    park, rules, is_early
):
    said = [*beside(park.read("overview", on="2023-07-31", rules=rules))]

    first = [line for line in said if "no edition of counting rules was in force yet" in line]
    assert [line.endswith("that of 2023-08-01.") for line in first] == [True] * is_early


def test_of_a_figure_that_another_service_counts_what_was_stated_alone_is_missing():
    page = [*PAGE.editions.values()][-1]
    missing = {each["figure"] for each in missing_of(page, ["enterprises"])}
    assert {"plots_area:stated", "projects_contacted:stated", "firms_on_land"} <= missing
    assert not {"plots_area", "projects_contacted"} & missing


def test_the_terminal_names_what_is_missing(park):
    park.dependencies["projects"].answer = Unavailable("away")

    lines = [*beside(park.read("overview"))]
    assert lines[0].startswith("[red]projects could not be reached")
    assert "land_granted_plots" in lines[1]


def test_that_nothing_was_known_yet_is_said_below_the_noughts(park):
    park.dependencies["enterprises"].answer = []
    asked = {"on": "2023-07-31", "known_at": "2020-01-01T00:00:00+08:00"}

    *_, line = beside(park.read("overview", **asked))
    [of_one] = unsaid(park.read("explain_overview", figure="land_remediated", **asked))

    assert line.startswith("Nothing that counts here was known yet at 2020-01-01T00:00:00+08:00")
    assert of_one == "Nothing that counts here was known then: the 0 says no more."
    assert [*beside(park.read("overview", on="2023-08-01"))] == []
    now = park.read("explain_overview", figure="land_remediated", on="2023-07-31")
    assert [*unsaid(now)] == []


@pytest.mark.parametrize(
    ("value", "text"), [("14662", "14,662"), ("58000.005", "58,000.01"), ("0.1", "0.10")]
)
def test_numbers_have_commas_and_two_decimals_at_most(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "kind", "text"),
    [
        ("1", "cities", "exact", "1 city"),
        ("1", "people", "at_least", "≥ 1 person"),
        ("1", "universities", "exact", "1 university"),
        ("1", "plots", "exact", "1 plot"),
        ("1", "times", "exact", "1 times"),
        ("2", "cities", "exact", "2 cities"),
        ("58000", "mu", "at_least", "≥ 58,000 mu"),
        (None, "plots", "exact", "– NOT_STATED_YET plots"),
    ],
)
def test_one_of_a_thing_is_not_said_in_the_plural(value, unit, kind, text):
    why = {"code": "NOT_STATED_YET"}
    figure = {"value": value, "unit": unit, "overview_kind": kind, "reason": why}

    assert with_unit(figure) == text


def run(monkeypatch, park: Register, *arguments: str) -> Any:
    """The command, with the register in the place of every service."""

    def ask(service: str, method: str, _wait_s: float, **asked: Any) -> Any:
        if method == "overview_figures" and service != "parcels":
            return park.dependencies[service].overview_figures(**asked)
        if service != "parcels":
            raise NotFound.of("figure", "figure")
        return park.read(method, **asked)

    monkeypatch.setattr(command, "answer_of", ask)
    return CliRunner().invoke(app, ["overview", *arguments])


def test_the_command_gives_the_page_as_json_by_the_clocks_it_is_given(monkeypatch, park):
    ended = run(monkeypatch, park, "--on", "2023-07-31", "--rules", "2023-08-01", "--json")

    assert ended.exit_code == 0, ended.output
    found = json.loads(ended.output)
    assert (found["on"], found["rules"]) == ("2023-07-31", "2023-08-01")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_command_ends_with_3_when_a_service_does_not_answer(monkeypatch, park, form):
    park.dependencies["projects"].answer = Unavailable("away")

    assert run(monkeypatch, park, "--on", "2023-07-31", *form).exit_code == 3


@pytest.mark.parametrize(
    ("cause", "code", "said"),
    [
        (TimeoutError(), MISSING, "parcels does not answer: what it would say is missing."),
        (ConnectionRefusedError("refused"), 1, "no connection to amqp://there: refused"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",), ("--explain", "land_remediated")])
def test_without_parcels_it_ends_as_a_missing_part_and_without_a_broker_as_no_answer(
    monkeypatch, cause, code, said, form
):
    def silent(*_: Any) -> Any:
        raise Unavailable("away") from cause

    monkeypatch.setenv("AMQP_URI", "amqp://there")
    monkeypatch.setattr(Caller, "_call", silent)
    ended = CliRunner().invoke(app, ["overview", *form])

    assert ended.exit_code == code, ended.output
    assert said in ended.output


def test_the_command_explains_a_figure(monkeypatch, park):
    ended = run(monkeypatch, park, "--explain", "land_remediated", "--on", "2023-07-31")

    assert ended.exit_code == 0, ended.output
    assert reports.CASE in ended.output


def test_the_command_says_that_there_is_no_such_figure(monkeypatch, park):
    ended = run(monkeypatch, park, "--explain", "plots")

    assert ended.exit_code == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("platform_planned", ["platform_planned is 2 figures", "platform_planned:b"]),
        ("land_remediate", ["There is no figure land_remediate", "--explain land_remediated"]),
        ("nonsense", ["There is no figure nonsense", "lists their names."]),
    ],
)
def test_a_name_that_is_not_whole_is_answered_with_those_that_are(monkeypatch, park, asked, said):
    several = [PROFIT | {"figure": f"platform_planned:{each}"} for each in "ab"]
    park.dependencies["projects"].answer = several

    ended = run(monkeypatch, park, "--explain", asked)

    assert ended.exit_code == 1
    assert all(each in ended.output for each in said)


def test_the_command_says_which_cases_do_not_say_how_much(monkeypatch, register):
    for report in reports.whole_case():
        register.report(*report)

    ended = run(monkeypatch, register, "--explain", "land_remediated", "--on", "2023-08-01")

    assert "land_remediated: not known" in ended.output
    assert "Not known, for 1 that count did not say how much" in ended.output
    assert f"case {reports.CASE} 2023-07-28 event-6" in ended.output


def test_a_figure_to_which_nothing_adds_is_told_without_an_empty_table(monkeypatch, register):
    ended = run(monkeypatch, register, "--explain", "land_remediated", "--on", "2023-08-01")

    assert ended.output.startswith("land_remediated: 0 mu\n")
    assert "┃" not in ended.output


def test_the_commands_of_the_page_run_as_they_are_printed(monkeypatch, park):
    printed = re.findall(r"^tenglong overview (.*)$", PAGE_OF_DOCS, re.M)

    assert len(printed) == 4
    for line in printed:
        ended = run(monkeypatch, park, *shlex.split(line))
        assert ended.exit_code == 0, ended.output


def test_the_calls_of_the_page_are_answered(park):
    printed = re.findall(r"^tenglong call parcels (.*)$", PAGE_OF_DOCS, re.M)

    assert len(printed) == 2
    for line in printed:
        method, *given = shlex.split(line)
        assert park.read(method, **dict(map(argument_of, given)))


@pytest.mark.parametrize(
    ("kind", "told"),
    [("at_least", "At least, for of some"), ("at_most", "At most, for of some"), ("exact", None)],
)
def test_a_ratio_says_why_it_is_not_exact(kind, told):
    part = {"before": "91392000", "after": "274176000"}
    found = {"figure": {"overview_kind": kind}, "parts": [part], "without_amount": []}

    assert [line[: len(told or "")] for line in unsaid(found)] == ([told] if told else [])


def test_a_figure_of_a_service_that_is_silent_ends_as_a_missing_part(monkeypatch, park):
    def ask(service: str, *_: Any, **__: Any) -> Any:
        raise Unavailable("away") if service == "projects" else NotFound.of("figure", "figure")

    monkeypatch.setattr(command, "answer_of", ask)
    ended = CliRunner().invoke(app, ["overview", "--explain", "land_granted_plots"])

    assert ended.exit_code == MISSING
    assert "projects does not answer" in ended.output
