"""Why a thing is as it is: what said it, which rule holds it, what it rests on, in all services."""

from __future__ import annotations

import io
import json
import os
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import eventlet
import pytest
import typer

from backbone.errors import Invalid, NotFound, Reason, Unavailable
from cli.console import Output, cell
from cli.why.figures import explain_figure
from cli.why.finding import AT_ONCE, MOST_THINGS, explain
from cli.why.kinds import JOINED_BY, SAID_FOR, home_of, id_of, judging, kinds
from cli.why.shown import tables
from cli.why.within import WITHIN
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story

ROOT = Path(__file__).parents[3]
MOMENT = "2023-08-31T12:00:00+08:00"


@pytest.fixture(scope="module")
def worked(rabbitmq, redis_server):
    """A plot on the soil registry whose case was accepted, and one that is on offer."""
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    others = [each for each in SERVICES if each != "projects"]
    with (
        Host("park", ["projects"], uri, url) as projects,
        Host("park", others, uri, url) as park,
    ):
        barred, offered = Story(park), Story(park)
        for story in (barred, offered):
            story.tell(story.reports())
            story.record_soil(on_registry=story is barred)
        eventually(lambda: offered.listing())
        yield barred, offered, {**os.environ, "AMQP_URI": uri, "COLUMNS": "220"}, projects


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "bin" / "tenglong", "explain", *arguments],
        env=environment, capture_output=True, text=True, timeout=90,
    )  # fmt: skip


def explained(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    ran = run(environment, *arguments, "--json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_a_case_says_what_said_its_state_and_which_article_bars_its_land(worked):
    barred, _, environment, _ = worked
    found = explained(environment, "case", barred.case_id)

    state = next(each for each in found["fields"] if each["field"] == "state")
    assert state["by"]["type"] == "remediation.completed"
    assert any("66" in each["source"] for each in found["rules"])
    assert {(each["thing"], each["id"]) for each in found["rests_on"]} >= {
        ("parcel", barred.parcel_id)
    }
    shown = run(environment, "case", barred.case_id).stdout
    assert "remediation.completed" in shown
    assert "66" in shown


def test_a_listing_rests_on_a_case_and_a_parcel_of_another_service(worked):
    _, offered, environment, _ = worked
    found = explained(environment, "listing", offered.listing()["listing_id"])

    rests_on = {each["thing"]: each for each in found["rests_on"]}
    assert rests_on["case"]["service"] == "parcels"
    assert rests_on["case"]["by"]["type"] == "remediation.completed"
    assert rests_on["parcel"]["id"] == offered.parcel_id


def test_what_there_is_not_is_told_with_what_there_is(worked):
    _, offered, environment, _ = worked
    nobody = run(environment, "parcel", offered.parcel_id[:-1])
    unknown = run(environment, "parcell", "x")
    twice = run(environment, "plot", "x")

    assert (nobody.returncode, "NOT_FOUND" in nobody.stderr) == (1, True)
    assert offered.parcel_id in nobody.stderr
    assert (unknown.returncode, "parcel" in unknown.stderr) == (2, True)
    assert (twice.returncode, "enterprises.plot" in twice.stderr) == (2, True)


def test_a_thing_that_came_later_was_not_on_record_yet(worked):
    _, offered, environment, _ = worked
    before = run(environment, "case", offered.case_id, "--as-of", "2023-08-31T12:00:00+08:00")

    assert (before.returncode, "not on record yet" in before.stderr) == (1, True)


def test_a_kind_without_a_history_is_not_shown_as_of_a_moment(worked):
    _, offered, environment, _ = worked
    moment = "2023-08-31T12:00:00+08:00"
    refused = run(environment, "parcels.held_codes", offered.parcel_id, "--as-of", moment)

    assert (refused.returncode, "no history is kept" in refused.stderr) == (1, True)


def test_what_a_service_that_does_not_answer_would_say_is_named_and_the_rest_is_shown(worked):
    _, offered, environment, projects = worked
    alert = offered.alert("listing_drafted")
    listing_id = offered.listing()["listing_id"]
    projects.pause()
    try:
        ran = run(environment, "alert", alert["alert_id"], "--wait-s", "6", "--json")
    finally:
        projects.resume()
    found = json.loads(ran.stdout)

    assert (ran.returncode, "projects does not answer" in ran.stderr) == (3, True)
    assert (found["fields"] != [], found["rules"] != []) == (True, True)
    rests_on = {each["thing"]: each["answers"] for each in found["rests_on"]}
    assert rests_on == {"parcel": True, "case": True, "listing": False}
    assert found["missing"][0]["things"] == [f"listing {listing_id}"]


def test_a_figure_is_explained_down_to_the_rules_of_the_cases_that_add_up_to_it(worked):
    _, offered, environment, _ = worked
    found = explained(environment, "figure", "land_remediated", "--depth", "2")

    values = {each["field"]: each["value"] for each in found["fields"]}
    assert sum(Decimal(each["adds"]) for each in found["parts"]) == Decimal(values["value"])
    cases = {each["id"]: each for each in found["rests_on"] if each["thing"] == "case"}
    assert cases[offered.case_id]["by"]["type"] == "remediation.completed"
    assert cases[offered.case_id]["rules"] != []


def test_an_operator_is_told_why_an_event_was_refused_long_after_its_receipt(worked):
    _, offered, environment, _ = worked
    offered.publish("parcel.registered", {"parcel_id": offered.parcel_id}, event_id="wrong-1")

    shown = run(environment, "refusal", "wrong-1").stdout
    nobody = run(environment, "refusal", "330604001", "wrong-1")

    for said in ("INVALID", "data.area_m2", "refused by parcels at 2", "parcel.registered"):
        assert said in shown, shown
    assert (nobody.returncode, "INBOX_DAYS" in nobody.stderr) == (1, True)
    assert "Nothing was accepted under this id since" in shown


def test_that_a_refused_event_was_corrected_and_accepted_is_told_with_what_followed(worked):
    barred, _, environment, _ = worked
    mended = Story(barred.park)
    kind, right = mended.reports()[0]
    mended.publish(kind, {"parcel_id": mended.parcel_id}, event_id="mended-1")
    mended.publish(kind, right, event_id="mended-1")

    asked = {"event_id": "mended-1", "publishers": [mended.township]}
    facts = eventually(
        lambda: mended.park.call("parcels", "explain_refusal", **asked)[0]["accepted"]["facts"]
    )
    shown = run(environment, "refusal", "mended-1").stdout

    assert facts == [{"type": "parcels.parcel_registered", "about": mended.parcel_id}]
    said = f"What followed: parcels.parcel_registered {mended.parcel_id}."
    for each in ("INVALID", "Accepted since under the same id at 2", said):
        assert each in shown, shown


class Told:
    """Services in which each thing names those that it rests on: `{"lead a": ["project b"]}`."""

    def __init__(self, **things: dict[str, Any]) -> None:
        self.things, self.asked, self.days = things, [], []

    def __call__(self, service: str, method: str, **arguments: Any) -> Any:
        self.asked.append((service, method))
        self.days.append((method, arguments.get("on")))
        if method != "explain_thing":
            return []
        values = self.things.get(arguments["id"])
        if values is None:
            raise NotFound([Reason("NOT_FOUND", "There is none.")])
        if isinstance(values, Exception):
            raise values
        fields = [{"field": n, "value": v, "at": None, "by": None} for n, v in values.items()]
        return {"thing": arguments["thing"], "id": arguments["id"], "fields": fields}


def tree(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {each["id"]: tree(each["rests_on"]) for each in parts}


def part(thing: str, thing_id: str, adds: str | None) -> dict[str, Any]:
    said = {"before": None, "after": None, "about_on": None, "event_id": f"e-{thing_id}"}
    said["overview_kind"] = "exact"
    return {"thing": thing, "thing_id": thing_id, "adds": adds, **said}


def test_a_figure_rests_on_the_things_that_add_up_to_it_and_on_what_those_rest_on():
    told = Told(c={"stage": "accepted", "parcel_id": "p"}, d={}, p={})
    names = ("title", "unit", "overview_kind", "about_on", "since_on", "counted_from")
    figure = dict.fromkeys(names, "x") | {
        "figure": "land", "value": "3", "parts": 2, "counting_rule": "by_case",
        "counts": "what counts", "rules_from": "2023-08-01", "source": "a notice",
    }  # fmt: skip
    parts = [part("case", "c", "2"), part("city", "hz", "1")]
    found = {"figure": figure, "parts": parts, "without_amount": [part("case", "d", None)]}

    shown = explain_figure(told, "parcels", found, "", "2023-07-31", 2)

    rules_asked = [days for method, days in told.days if method == "rules_of"]
    assert set(rules_asked) == {"2023-07-31"}, "the rules of parts are those of the figure's day"
    assert {each["id"]: each["adds"] for each in shown["rests_on"]} == {
        "c": "2", "hz": "1", "d": None
    }  # fmt: skip
    assert tree(shown["rests_on"]) == {"c": {"p": {}}, "hz": {}, "d": {}}
    said = {each["id"]: each["by"] and each["by"]["id"] for each in shown["rests_on"]}
    assert (said["hz"], said["d"]) == ("e-hz", "e-d"), "nothing else tells who said them"
    assert [(each["code"], each["source"]) for each in shown["rules"]] == [("by_case", "a notice")]
    assert (shown["parts"], shown["missing"], shown["left_out"]) == (parts, [], 0)
    assert [each["thing_id"] for each in shown["without_amount"]] == ["d"]
    assert shown["notes"][0].startswith("At least, for 1 that count did not say how much")
    _, counted, rests_on = tables(shown)
    assert counted.title == "How it is counted on x, by the edition of 2023-08-01"
    assert [*rests_on.columns[-1].cells] == ["2", "", "1", "–"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "say today"),
        ({"on": "2023-07-31"}, "say on 2023-07-31"),
        ({"on": "2023-07-31", "as_of": MOMENT}, f"say on 2023-07-31, as known at {MOMENT},"),
    ],
)
def test_the_rules_of_what_a_figure_rests_on_are_said_to_be_those_of_the_day_asked(asked, said):
    rule = {"code": "R", "rule_outcome": "kept", "of": "case c", "sentence": "S.", "source": "L"}
    below = {
        "service": "parcels",
        "thing": "case",
        "id": "c",
        "answers": True,
        "by": None,
        "at": None,
    }
    case = below | {"field": None, "value": None, "rules": [rule], "rests_on": []}
    figure = {
        "service": "parcels",
        "thing": "figure",
        "id": "land",
        "parts": [],
        "rests_on": [case],
    }
    days = {"about_on": "2023-07-31", "rules_from": "2023-08-01"}
    fields = [{"field": n, "value": v, "at": None, "by": None} for n, v in days.items()]

    found = figure | asked | {"fields": fields, "rules": [rule]}
    titles = [each.title for each in tables(found)]

    assert titles[1:3] == [
        "How it is counted on 2023-07-31, by the edition of 2023-08-01",
        f"What the rules {said} of what it rests on",
    ]


def test_a_step_of_a_contract_stands_by_the_day_on_which_it_was_done_or_is_due():
    supply = "4500624b-0d96-57ce-998c-89a09a51541e.1"
    steps = {
        f"{supply}.payment.1": {"due_on": "2023-05-01", "done_on": "2023-04-22"},
        f"{supply}.full_capacity_review.1": {"due_on": "2023-07-01", "done_on": None},
    }
    told = Told(a={"lead_ids": [*steps]}, **steps)

    found = explain(told, "projects", "project", "a")

    assert [(each["field"], each["value"]) for each in found["rests_on"]] == [
        ("done_on", "2023-04-22"),
        ("due_on", "2023-07-01"),
    ]
    console = Output(width=70, record=True, file=io.StringIO())
    for table in tables(found):
        console.print(table)
    assert "…" not in console.export_text()


def test_what_has_parts_is_shown_whole_and_in_words():
    party = {"name": "an example works with a very long name indeed, and more", "share": None}
    terms = {"parties": [party], "is_paid": False, "days": {"from_on": "2023-09-08", "to_on": None}}

    assert cell(terms, 20) == (
        "parties: (name: an example works with a very long name indeed, and more; share: –)\n"
        "is paid: no\n"
        "days: (from on: 2023-09-08; to on: –)"
    )
    assert cell([party, party], 20).count("· name: an example works") == 2
    assert (cell(["a", "b"], 20), cell([], 20), cell("x" * 30, 20)) == ("a, b", "–", "x" * 19 + "…")


def test_each_level_shows_what_the_level_above_rests_on_and_each_thing_once():
    told = Told(
        a={"contract_id": "b", "terms": [{"lead_ids": ["c", "c"]}]},
        b={"lead_id": "c", "listing_id": "d", "project_id": "a"},
        c={"contract_id": "b"},
        d={"project_id": "a", "case_id": "e"},
        e={"parcel_id": "nobody"},
    )
    levels = [tree(explain(told, "projects", "project", "a", "", n)["rests_on"]) for n in (1, 2, 3)]

    assert levels == [
        {"b": {}, "c": {}},
        {"b": {"d": {}}, "c": {}},
        {"b": {"d": {"e": {}}}, "c": {}},
    ]


def test_the_things_of_a_level_are_asked_some_at_once_and_shown_in_their_order():
    many = [f"l{number}" for number in range(20)]
    told, at_once, most, said = (
        Told(a={"lead_ids": many}, **{each: {} for each in many}),
        [],
        [],
        [],
    )

    def ask(service: str, method: str, **arguments: Any) -> Any:
        at_once.append(arguments["id"])
        most.append(len(at_once))
        eventlet.sleep(0.001 * (int(arguments["id"].strip("al") or 0) % 3))
        at_once.remove(arguments["id"])
        return told(service, method, **arguments)

    found = explain(ask, "projects", "project", "a", say=lambda done, of: said.append((done, of)))

    assert [each["id"] for each in found["rests_on"]] == many
    assert max(most) == AT_ONCE
    assert said[-20:] == [(done, 20) for done in range(1, 21)]


def test_what_would_be_too_much_is_counted_and_left_out():
    many = [f"l{number}" for number in range(MOST_THINGS + 10)]
    told = Told(a={"lead_ids": many}, **{each: {} for each in many})
    found = explain(told, "projects", "project", "a")

    assert (len(found["rests_on"]), found["left_out"]) == (MOST_THINGS - 1, 11)


def test_a_rule_that_several_say_of_one_thing_is_shown_once():
    rule = {"code": "NO_SOIL_REPORT", "rule_outcome": "bars", "sentence": "S.", "source": "L"}
    told = Told(a={"case_id": "c"}, c={"case_id": "c"})

    def ask(service: str, method: str, **arguments: Any) -> Any:
        of_case = method == "rules_of" and arguments["thing"] == "case"
        return [rule] if of_case else told(service, method, **arguments)

    found = explain(ask, "projects", "listing", "a", depth=2)
    [rules] = [each for each in tables(found) if (each.title or "").startswith("What the rules")]

    assert [each["code"] for each in found["rules"]] == ["NO_SOIL_REPORT"]
    assert [each["code"] for each in found["rests_on"][0]["rules"]] == ["NO_SOIL_REPORT"]
    assert [*rules.columns[2].cells] == ["case c: S."]


def test_what_no_row_says_has_no_column():
    fields = [{"field": "state", "value": "accepted", "at": None, "by": None}]
    rule = {"code": "R", "rule_outcome": "kept", "of": "case c", "sentence": "S.", "source": None}
    about = {"service": "parcels", "thing": "case", "id": "c", "rests_on": []}

    shown = [*tables({**about, "fields": fields, "rules": [rule]})]

    heads = [[column.header for column in each.columns] for each in shown]
    assert heads == [["Field", "Value"], ["Rule", "Is", "What it says"]]


def test_a_part_of_which_no_history_is_kept_is_left_out_of_what_was():
    told = Told(a={"lead_id": "b"}, b=Invalid([Reason("INVALID", "no history", "as_of")]))
    found = explain(told, "projects", "project", "a", "2023-08-31T12:00:00+08:00")

    assert (found["rests_on"], found["missing"], found["rules"]) == ([], [], [])


@pytest.mark.parametrize(
    ("moment", "title"),
    [("", "What the rules say today"), (MOMENT, f"What the rules said at {MOMENT}")],
)
def test_the_rules_are_asked_of_the_moment_of_which_the_thing_is_shown(moment, title):
    asked = []

    def ask(_service, method, **given):
        asked.append((method, given.get("as_of", "")))
        rule = {"code": "RELEASED", "rule_outcome": "kept", "sentence": "It is.", "source": "law"}
        return [rule] if method == "rules_of" else {"fields": []}

    found = explain(ask, "parcels", "case", "a", moment)
    [rules] = tables(found)

    assert (rules.title, found["as_of"]) == (title, moment or None)
    assert asked == [("explain_thing", moment), ("rules_of", moment)]


def test_a_service_that_is_away_is_named_once_with_all_that_is_not_shown():
    away = Unavailable("parcels does not answer: it is off")
    told = Told(a={"parcel_id": "p", "case_id": "q"}, p=away, q=away)
    found = explain(told, "projects", "listing", "a")

    [missing] = found["missing"]
    assert (missing["service"], missing["why"]) == ("parcels", str(away))
    assert missing["things"] == ["parcel p", "case q"]
    assert [each["answers"] for each in found["rests_on"]] == [False, False]


def test_a_thing_whose_own_service_is_away_is_named_as_missing():
    told = Told(a=Unavailable("projects does not answer: it is off"))
    found = explain(told, "projects", "listing", "a")

    assert (found["fields"], found["rules"], found["rests_on"]) == ([], [], [])
    assert [(each["service"], each["things"]) for each in found["missing"]] == [
        ("projects", ["listing a"])
    ]


def test_whatever_name_is_taken_for_a_kind_is_one():
    assert {*SAID_FOR.values(), *JOINED_BY} <= kinds().keys() | WITHIN.keys()
    assert kinds().keys().isdisjoint(SAID_FOR)
    assert judging() == {"parcels", "enterprises", "projects"}
    page = (ROOT / "docs" / "explain.md").read_text("utf-8")
    others = {kind for kind, homes in kinds().items() if homes[0][1] != f"{kind}_id"}
    assert {each for each in {*SAID_FOR, *JOINED_BY, *others} if f"`{each}`" not in page} == set()


def test_the_time_of_an_event_is_shown_where_it_is_another_minute_than_that_of_its_keeping():
    by = {"type": "remediation.completed", "id": "e1", "time": "2023-07-28T09:30:00+08:00"}
    kept = ("2023-09-01T10:00:00+00:00", "2023-07-28T01:30:05+00:00")
    fields = [{"field": "state", "value": "accepted", "at": at, "by": by} for at in kept]
    about = {"service": "parcels", "thing": "case", "id": "c", "rules": [], "rests_on": []}
    [table] = tables({**about, "fields": fields})

    assert [*table.columns[-1].cells] == ["2023-07-28T09:30:00+08:00", ""]


def test_an_id_of_several_parts_may_be_given_part_by_part():
    assert home_of("commitment") == ("projects", "land_commitments")
    assert id_of("round_firm", ["上虞区:2022:below_scale:1", "330604006-E9"]) == (
        "上虞区:2022:below_scale:1/330604006-E9"
    )
    assert id_of("round_firm", ["a/b"]) == "a/b"
    with pytest.raises(typer.BadParameter, match="the id of a parcel has one part"):
        id_of("parcel", ["a", "b"])
    with pytest.raises(typer.BadParameter, match=r"parcels\.plot or enterprises\.plot"):
        home_of("plot")
