"""What is otherwise on another day, as known at another moment, or in the stores, and why."""

from __future__ import annotations

import io
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.errors import Unavailable
from backbone.rpc.caller import Caller
from cli.ask import MISSING
from cli.console import Output
from cli.diff import commands
from cli.diff.figures import compared, parts_compared, unreachable
from cli.diff.shown import figures_of, things_of
from cli.why.kinds import with_history
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import ACCEPTED_ON, SERVICES, Story

ROOT = Path(__file__).parents[3]
FIELDS = {"title": "a title", "unit": "mu", "overview_kind": "exact", "parts": 0}
FIELDS |= {"rules_from": "2023-08-01"}
CLOCKS = {"on": "2023-07-31", "known_at": "2023-09-01T00:00:00+08:00", "rules": "2023-08-01"}


def page(silent: str = "", **values: str | None) -> dict[str, Any]:
    figures = [{"figure": name, "value": value, **FIELDS} for name, value in values.items()]
    topics = [{"title": "one", "figures": figures[:1]}, {"title": "two", "figures": figures[1:]}]
    missing = [{"figure": silent, "service": "projects"}] if silent else []
    return {"topics": topics, "missing": missing, "unreachable": ["projects"] if silent else []}


def part(thing_id: str, adds: str | None = "1", **more: Any) -> dict[str, Any]:
    said = {"thing": "case", "thing_id": thing_id, "about_on": None, "event_id": f"e-{thing_id}"}
    return {**said, "adds": adds, "before": None, "after": None, "overview_kind": "exact", **more}


def of(*parts: Any, without: Any = ()) -> dict[str, Any]:
    return {"parts": [*parts], "without_amount": [*without]}


def test_figures_that_are_alike_are_left_out_and_the_others_told_with_their_difference():
    found = compared(page(land="10.5", firms="3", fund=None), page(land="12", firms="3", fund="1"))

    assert [(each["figure"], each["difference"]) for each in found] == [
        ("land", "1.5"),
        ("fund", None),
    ]
    assert found[1]["before"] is None


def test_a_figure_that_one_side_does_not_have_is_told():
    (found,) = compared(page(land="1"), page(land="1", visits="7"))

    assert (found["figure"], found["before"], found["after"]) == ("visits", None, "7")


@pytest.mark.parametrize(("silent", "code"), [("", 0), ("visits", 3)])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_whoever_runs_it_every_night_sees_by_its_code_that_figures_are_missing(
    monkeypatch, silent, code, form
):
    pages = iter([page(land="1"), page(silent, land="2")])
    monkeypatch.setattr(commands, "page_of", lambda _: next(pages) | CLOCKS)
    sides = ["figures", "--from", "2023-07-31", "--to", "2023-08-31"]

    ran = CliRunner().invoke(commands.app, [*sides, *form])

    assert (ran.exit_code, ran.exception is None or isinstance(ran.exception, SystemExit)) == (
        code,
        True,
    )


def test_figures_that_are_alike_since_nothing_was_known_yet_are_told_to_be_so(monkeypatch):
    monkeypatch.setattr(commands, "page_of", lambda _: page(land="0", firms="0") | CLOCKS)

    told = CliRunner().invoke(commands.app, ["figures", "--from", "2023-07-31"]).stdout

    assert told.startswith("No figure is another one.")
    assert told.count("Nothing that counts here was known yet") == 1


def test_without_parcels_it_ends_as_a_missing_part(monkeypatch):
    def silent(*_: Any) -> Any:
        raise Unavailable("away") from TimeoutError()

    monkeypatch.setenv("AMQP_URI", "amqp://there")
    monkeypatch.setattr(Caller, "_call", silent)
    ended = CliRunner().invoke(commands.app, ["figures", "--from", "2023-07-31"])

    assert ended.exit_code == MISSING
    assert "parcels does not answer" in ended.output


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_of_things_too_a_service_that_does_not_answer_is_seen_by_the_code(monkeypatch, form):
    nothing = {"items": [], "cursor": None}
    monkeypatch.setattr(
        commands, "call_if_there", lambda name, *_, **__: None if name == "notify" else nothing
    )
    asked = ["things", "--since", "2023-08-01T00:00:00+08:00", *form]

    ran = CliRunner().invoke(commands.app, asked)

    assert ran.exit_code == 3
    assert "notify does not answer" in ran.stderr
    if form:
        found = json.loads(ran.stdout)
        assert (found["parcels"], found["unreachable"]) == ([], ["notify"])


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("exact", "exact", ("2", "exact")),
        ("cumulative", "cumulative", ("2", "exact")),
        ("exact", "at_least", ("2", "at_least")),
        ("exact", "more_than", ("2", "at_least")),
        ("at_least", "exact", ("2", "at_most")),
        ("exact", "at_most", ("2", "at_most")),
        ("at_most", "at_least", ("2", "at_least")),
        ("at_least", "at_least", (None, None)),
        ("at_most", "at_most", (None, None)),
    ],
)
def test_the_difference_of_a_figure_that_is_no_exact_one_says_how_much_it_says(
    before, after, difference
):
    sides = page(land="3"), page(land="5")
    for side, kind in zip(sides, (before, after), strict=True):
        side["topics"][0]["figures"][0]["overview_kind"] = kind

    (found,) = compared(*sides)
    assert (found["difference"], found["difference_kind"]) == difference
    console = Output(width=200, record=True, file=io.StringIO())
    console.print(figures_of([found], *(side | CLOCKS for side in sides)))
    sign = {"at_least": "≥ 2 │ mu", "at_most": "≤ 2 │ mu", "exact": "│          2 │ mu"}
    assert sign.get(difference[1] or "", "not known │ mu") in console.export_text()


def test_the_difference_of_two_ratios_is_not_told():
    before, after = page(f="2"), page(f="3")
    before["topics"][0]["figures"][0]["unit"] = after["topics"][0]["figures"][0]["unit"] = "times"

    assert compared(before, after)[0]["difference"] is None


def test_a_service_that_is_silent_on_one_side_is_named_and_not_taken_for_a_change():
    before, after = page(visits="7", land="1"), page("visits", land="2")

    assert [each["figure"] for each in compared(before, after)] == ["land"]
    assert unreachable(before, after) == ["projects"]


def test_a_figure_that_both_sides_tell_is_compared_though_another_service_states_it_and_is_silent():
    stated = {"visits:stated": "7"}
    before, after = page(visits="7", **stated), page("visits:stated", visits="8")

    assert [each["figure"] for each in compared(before, after)] == ["visits"]


def test_a_figure_that_is_no_longer_exact_is_told():
    before, after = page(land="1"), page(land="1")
    after["topics"][0]["figures"][0]["overview_kind"] = "at_least"
    (found,) = compared(before, after)

    assert (found["before_kind"], found["after_kind"]) == ("exact", "at_least")


def test_a_plot_that_was_surveyed_again_is_the_same_part():
    before = of(part("a", about_on="2023-01-01"))
    after = of(part("a", about_on="2023-07-01"))
    larger = of(part("a", "3", about_on="2023-07-01"))

    assert parts_compared(before, after) == []
    assert [each["became"] for each in parts_compared(before, larger)] == ["changed"]


def test_of_a_figure_the_parts_that_came_went_or_add_something_else_are_told():
    before = of(part("a"), part("b"), part("c"))
    after = of(part("b"), part("c", "2"), part("d", None, before="1", after="3"))

    told = {
        each["thing_id"]: (each["became"], each["before"], each["after"])
        for each in parts_compared(before, after)
    }
    assert told == {
        "a": ("went", "1", None),
        "c": ("changed", "1", "2"),
        "d": ("came", None, "1 → 3"),
    }


def test_a_part_that_says_how_much_only_later_or_for_certain_is_told():
    before = of(part("a", "3", overview_kind="at_least"), without=[part("b", None)])
    after = of(part("a", "3"), part("b", "2"))

    sides = ("became", "before", "after")
    told = [tuple(each[name] for name in sides) for each in parts_compared(before, after)]
    assert told == [("changed", "≥ 3", "3"), ("changed", None, "2")]


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("held_codes", "of a held_codes no history is kept; what was otherwise is told of"),
        ("listin", "nobody keeps a listin; what was otherwise is told of listing"),
    ],
)
def test_a_kind_of_which_nothing_can_be_compared_is_told_with_those_of_which_it_can(thing, said):
    since = ["--since", "2023-08-01T00:00:00+08:00"]
    ran = CliRunner().invoke(commands.app, ["things", *since, "--thing", thing])

    assert ran.exit_code == 2
    assert said in " ".join(ran.output.replace("│", " ").split())
    assert "parcel_code" not in ran.output


def test_of_a_kind_that_one_service_keeps_without_a_history_only_the_other_is_asked():
    assert with_history()["plot"] == ["parcels"]


@pytest.mark.parametrize(("value", "is_cut"), [("x" * 49, True), ("x" * 48, False)])
def test_a_value_that_a_table_cuts_is_told_to_be_whole_for_programs(value, is_cut):
    by = {"type": "parcel.registered", "id": "e1"}
    field = {"field": "name", "before": None, "after": value, "by": by}
    thing = {"thing": "parcel", "id": "p", "is_new": False}
    at = {"at": "2023-08-01T00:00:00+00:00"}

    table = things_of("parcels", [thing | {"fields": [field | at]}])

    assert ("--json has it whole" in (table.caption or "")) is is_cut


@pytest.fixture(scope="module")
def worked(rabbitmq, redis_server):
    """A park in which a case was accepted, and its environment; `between` is before the acceptance."""
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as park:
        story = Story(park)
        *before, completed = story.reports()
        story.tell(before)
        between = datetime.now(UTC).isoformat()
        story.tell([completed])
        eventually(lambda: story.listing())
        yield story, between, {**os.environ, "AMQP_URI": uri, "COLUMNS": "220"}


def diff(environment: dict[str, str], *arguments: str) -> str:
    ran = subprocess.run(
        [ROOT / "bin" / "tenglong", "diff", *arguments],
        env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def figures(environment: dict[str, str], *sides: str) -> dict[str, Any]:
    found = json.loads(diff(environment, "figures", *sides, "--json"))
    assert found["unreachable"] == []
    return {each["figure"]: each for each in found["figures"]}


def test_two_days_differ_by_what_was_accepted_in_between_and_its_case_is_named(worked):
    story, _, environment = worked
    sides = ("--from", story.day(-1), "--to", story.day(0))
    found = figures(environment, *sides)

    assert found["land_vacated"]["difference"] == "17.67"
    assert "land_vacated" in diff(environment, "figures", *sides)
    why = json.loads(diff(environment, "figures", *sides, "--why", "land_vacated", "--json"))
    assert [(each["thing_id"], each["became"]) for each in why] == [(story.case_id, "came")]


def test_what_was_known_later_is_told_as_known_at_two_moments(worked):
    _story, between, environment = worked
    sides = ("--on", ACCEPTED_ON.isoformat(), "--known-from", between)
    found = figures(environment, *sides)

    assert found["land_vacated"]["before"] in (None, "0")


def test_every_thing_that_was_changed_since_is_told_with_the_event_that_did_it(worked):
    story, between, environment = worked
    found = json.loads(diff(environment, "things", "--since", between, "--json"))

    case = next(each for each in found["parcels"] if each["id"] == story.case_id)
    state = next(each for each in case["fields"] if each["field"] == "state")
    assert state["by"]["type"] == "remediation.completed"
    assert not case["is_new"]
    assert any(each["thing"] == "listing" and each["is_new"] for each in found["projects"])
    shown = diff(
        environment, "things", "--since", between, "--service", "projects", "--thing", "listing"
    )
    assert "is new" in shown


def test_both_sides_alike_are_refused_with_what_to_give(worked):
    _, _, environment = worked
    ran = subprocess.run(
        [ROOT / "bin" / "tenglong", "diff", "figures", "--on", "2023-07-31"],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "--from" in ran.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--since", "2026-11-01T00:00:00+08:00", "--thing", "listin"], 2, "listing"),
        (["--since", "2090-11-01T00:00:00+08:00"], 1, "before the other"),
    ],
)
def test_a_kind_that_nobody_keeps_and_moments_the_wrong_way_round_are_refused(
    worked, options, code, said
):
    _, _, environment = worked
    ran = subprocess.run(
        [ROOT / "bin" / "tenglong", "diff", "things", *options],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (ran.returncode, said in ran.stderr) == (code, True), ran.stderr
