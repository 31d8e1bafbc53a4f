"""Playing a year: what is sent when, what is waited for, and what is told at the end."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.errors import Answered, Invalid, NotFound, Reason, Refused, Unavailable
from cli.app import app
from cli.due.shown import of_what
from cli.why import command
from cli.why.finding import explain
from cli.why.kinds import home_of, id_of, kinds
from cli.why.within import WITHIN, whole_of
from cli.year.broker import reasons_in
from cli.year.playing import Player
from tests.support.doorway import Host, Refusal
from year.plan import printed
from year.stream import year

from .conftest import PLAN, GatewayDoor


def event(number: int, **more: Any) -> str:
    said = {"id": f"e{number}", "source": "/townships/330604006", "type": "parcel.registered"}
    return json.dumps({"at": "2023-08-01", "event": said, **more})


def call(number: int, **more: Any) -> str:
    said = {"service": "projects", "method": "enter", "kwargs": {"request_id": f"c{number}"}}
    return json.dumps({"at": "2023-08-01", "call": said, **more})


class FakeDoor:
    """Answers every event at once, by `outcomes` or accepted; a command by the next of `answers`, or yes."""

    def __init__(self, outcomes: dict[str, list[str]] | None = None, *answers: Exception | None):
        self.outcomes, self.answers = outcomes or {}, list(answers)
        self.done: list[str] = []
        self.silent: set[str] = set()
        self._receipts: list[dict[str, Any]] = []

    def send(self, events: list[dict[str, Any]]) -> None:
        for each in events:
            self.done.append(each["id"])
            left = self.outcomes.get(each["id"], [])
            outcome = left.pop(0) if left else "accepted"
            said = {"event_id": each["id"], "event_type": each["type"], "outcome": outcome}
            if outcome == "refused":
                said["reasons"] = [{"code": "USCC_CHECK", "sentence": "Look again."}]
            if each["id"] not in self.silent:
                self._receipts.append(said)

    def receipts(self, wait_s: float) -> list[dict[str, Any]]:
        arrived, self._receipts = self._receipts, []
        return arrived

    def ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        self.done.append(arguments["request_id"])
        problem = self.answers.pop(0) if self.answers else None
        if problem:
            raise problem


def played(door: Any, *lines: str, patience_s: float = 0.3) -> Any:
    return Player(door, patience_s).play(lines)


def no(code: str = "NOT_FOUND", kind: type[Answered] = NotFound) -> Answered:
    return kind([Reason(code, "There is none.")])


def test_a_command_is_asked_after_every_event_before_it():
    door = FakeDoor()

    found = played(door, event(1), event(2), call(1), event(3))

    assert door.done == ["e1", "e2", "c1", "e3"]
    assert (found.events["accepted"], found.calls["accepted"], found.is_whole) == (3, 1, True)


def test_a_command_that_rests_on_no_report_waits_for_none():
    door = FakeDoor()

    found = played(door, event(1), call(1, at_once=True), call(2), event(2))

    assert door.done == ["c1", "e1", "c2", "e2"]
    assert (found.events["accepted"], found.calls["accepted"], found.is_whole) == (2, 2, True)


def test_a_command_that_was_asked_too_early_is_asked_again_after_the_reports_before_it():
    door = FakeDoor(None, no(), None)

    found = played(door, event(1), call(1, at_once=True))

    assert door.done == ["c1", "e1", "c1"]
    assert (found.calls["sent"], found.calls["accepted"], found.is_whole) == (1, 1, True)


@pytest.mark.parametrize("problem", [no(), no("NOT_AWARDED", Refused), Unavailable("away")])
def test_a_command_is_asked_again_until_what_it_rests_on_has_come_through(problem):
    door = FakeDoor(None, problem, problem, None)

    found = played(door, call(1))

    assert door.done == ["c1"] * 3
    assert (found.calls["sent"], found.calls["accepted"], found.is_whole) == (1, 1, True)


def test_a_command_that_is_refused_for_good_is_told_by_its_reason():
    found = played(FakeDoor(None, *[no("NOT_AWARDED", Refused)] * 50), call(1))

    assert (found.calls["refused"], found.is_whole) == (1, False)
    assert found.reasons == {("projects.enter", "NOT_AWARDED"): 1}


def test_a_command_that_cannot_be_read_is_not_asked_again():
    door = FakeDoor(None, no("INVALID", Invalid))

    found = played(door, call(1), patience_s=60)

    assert (door.done, found.reasons) == (["c1"], {("projects.enter", "INVALID"): 1})


@pytest.mark.parametrize("code", ["CALLER_UNKNOWN", "CALL_NOT_GRANTED"])
def test_what_we_may_not_call_is_not_asked_again(code):
    door = FakeDoor(None, Answered([Reason(code, "Not yours.")]))

    found = played(door, call(1), patience_s=60)

    assert found.reasons == {("projects.enter", code): 1}
    assert door.done == ["c1"]


def test_a_refusal_that_was_meant_is_none_of_ours():
    door = FakeDoor({"e1": ["refused", "accepted"]})

    found = played(door, event(1, meant="mistyped"), event(1))

    assert (found.events["refused as meant"], found.events["accepted"]) == (1, 1)
    assert (found.events["refused"], found.is_whole) == (0, True)


def test_a_refusal_that_was_not_meant_is_told_by_its_reason():
    found = played(FakeDoor({"e1": ["refused"]}), event(1))

    assert (found.events["refused"], found.is_whole) == (1, False)
    assert found.reasons == {("parcel.registered", "USCC_CHECK"): 1}


def test_an_event_without_a_receipt_is_told():
    door = FakeDoor()
    door.silent = {"e1"}

    found = played(door, event(1), event(2))

    assert (found.events["unanswered"], found.is_whole) == (1, False)


def test_an_event_without_a_receipt_is_waited_for_once():
    door = FakeDoor()
    door.silent = {"e1"}
    waited: list[float] = []
    receipts = door.receipts
    door.receipts = lambda wait_s: (waited.append(wait_s), receipts(wait_s))[1]

    found = played(door, event(1), call(1), event(2), call(2), patience_s=7)

    assert (found.events["unanswered"], found.events["accepted"], found.calls["accepted"]) == (
        1,
        1,
        2,
    )
    assert waited.count(7) == 1


def test_a_second_refusal_under_the_id_of_one_that_was_meant_is_told():
    found = played(FakeDoor({"e1": ["refused", "refused"]}), event(1, meant="mistyped"), event(1))

    assert (found.events["refused as meant"], found.events["refused"]) == (1, 1)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("NOT_FOUND (listing_id): There is none.", ["NOT_FOUND"]),
        ("INVALID (a): Give a; INVALID (b): Give b", ["INVALID", "INVALID"]),
        (
            "STAGE_NOT_REACHABLE (stage): signed follows under_review; it is landed.",
            ["STAGE_NOT_REACHABLE"],
        ),
        ("A1_B: One; two; three; C2: Four", ["A1_B", "C2"]),
    ],
)
def test_the_reasons_of_a_no_are_told_apart_by_their_codes(said, codes):
    assert [each.code for each in reasons_in(said)] == codes


def test_a_small_year_is_played_and_counted_and_again_nothing_happens(park, once):
    """No refusal but those that were meant; the services count what the plan says."""
    plan, lines = PLAN, list(year(PLAN))
    found = counted(park)
    again = Player(GatewayDoor(park), 15).play(lines[::8])

    assert (once.reasons, once.is_whole) == ({}, True)
    assert once.events["accepted"] > 400
    assert found["remediated_m2"] == str(plan.m2(14662))
    assert found["ways"] | {"phase_out": 1, "upgrade_in_place": 3} == found["ways"]
    assert found["firms_on_land"] == plan.firms
    assert found["invested_cny"] == str(plan.scaled(1_770_000_000))
    assert found["valley"] == {"projects": "missed", "investment": "missed"}
    assert (again.events["accepted"], again.is_whole) == (0, True)
    assert counted(park) == found


@pytest.mark.parametrize(
    ("figure", "of", "value", "kind", "reads"),
    [
        ("times_floor_area", "floor_area_m2", "2", "exact", "floor area × 2"),
        ("times_output", "gross_output_cny", "3", "at_least", "output at least × 3"),
    ],
)
def test_what_the_page_says_of_its_example_is_asked_by_the_figure_the_case_and_the_firm(
    park, once, figure, of, value, kind, reads
):
    """The firm's case is the only one with both sides of the ratio on the day of the page."""
    explained = park.call("parcels", "explain_overview", figure=figure, on="2023-07-31")
    [part] = explained["parts"]
    case = park.call("parcels", "get_case", case_id=part["thing_id"])
    [firm_id] = case["completed"]["enterprise_ids"]
    benefit = park.call("parcels", "case_benefit", case_id=case["case_id"])
    change = next(each for each in benefit["changes"] if each["figure"] == of)
    declared = park.call("enterprises", "get_firm_figures", enterprise_id=firm_id)["years"]
    years = {each["data_year"]: each["figures"][of] for each in declared}
    declared_of = [Decimal(years[year]) for year in (2020, 2022)]

    assert (explained["figure"]["value"], explained["figure"]["overview_kind"]) == (value, kind)
    assert [Decimal(part[side]) for side in ("before", "after")] == declared_of
    assert (change["ratio"], change["kind"], change["reads"]) == (value, kind, reads)
    firm = park.call("enterprises", "get_enterprise", enterprise_id=firm_id)
    assert firm["name"] == printed()["example"]["name"]


def counted(park: Host) -> dict[str, Any]:
    campaign = park.call(
        "parcels", "campaign_figures", **{"from": "2023-01-01", "to": "2023-12-31"}
    )
    firms = park.call("enterprises", "firm_populations", on="2023-08-01")
    about = {"indicator": "fixed_asset_investment", "on": "2023-12-31"}
    invested = park.call("enterprises", "indicator_on", **about)
    valley = {"platform_id": "year-1.youth-valley", "on": "2023-12-31"}
    targets = park.call("projects", "platform_standing", **valley)["standings"]
    return {
        "remediated_m2": campaign["remediated_area_m2"],
        "ways": {each["disposal_way"]: each["count"] for each in campaign["by_way"]},
        "firms_on_land": firms["firms_on_industrial_land"]["count"],
        "invested_cny": invested["figure"]["value"],
        "valley": {each["target_name"]: each["target_state"] for each in targets},
    }


def test_the_round_of_a_small_year_ends_with_firms_of_every_grade(park, once):
    asked = {"round_id": f"year-{PLAN.seed}:2022:below_scale:1"}

    assert park.call("enterprises", "get_round", **asked)["state"] == "final"
    scored = park.call("enterprises", "round_scores", **asked)["scored_firms"]
    assert {each["grade"] for each in scored} >= {"A", "B", "C", "D"}


# kinds of which the rules have something to say whatever the day is
SPEAKING = {
    *("parcel", "case", "suspicion", "enterprise", "firm_codes", "round", "round_firm"),
    *("firm_grades", "supply", "contract", "land_commitments", "due_step", "lead", "project"),
}
LOOKED_AT = 10  # things of a kind, for one that a rule is about


def ids_of(park: Host, service: str, kind: str) -> list[str]:
    """Some things of the kind: those that were changed, or, without a history, those named beside none."""
    about = {"since": "2000-01-01T00:00:00+00:00", "thing": kind, "limit": LOOKED_AT}
    try:
        return [each["id"] for each in park.call(service, "what_changed", **about)["items"]]
    except Refusal:
        with pytest.raises(Refusal) as none:
            park.call(service, "explain_thing", thing=kind, id="?")
        near = re.search(r"Nearest: (.*)\.$", none.value.body["reasons"][0]["sentence"])
        return near[1].split(", ") if near else []


def test_every_kind_of_thing_of_the_year_is_explained_by_its_events_and_its_rules(park, once):
    ask = GatewayDoor(park).ask
    events = {
        e["event"]["id"]: e["event"]["time"] for e in map(json.loads, year(PLAN)) if "event" in e
    }
    asked = lambda service, method, **given: ask(service, method, given)  # noqa: E731
    seen, spoke = set(), set()
    for kind, homes in kinds().items():
        for service, _ in homes:
            for number, identity in enumerate(ids_of(park, service, kind)):
                if number and (kind in spoke or kind not in SPEAKING):
                    break
                found = explain(asked, service, kind, identity)
                seen.add(kind)
                spoke |= {kind for rule in found["rules"] if rule["source"] and rule["sentence"]}
                said = [each["by"] for each in (*found["fields"], *found["rests_on"]) if each["by"]]
                of_townships = [by for by in said if by["source"].startswith("/townships/")]
                assert (found["missing"], found["fields"] != []) == ([], True), (kind, identity)
                assert all(events[by["id"]] == by["time"] for by in of_townships)

    assert SPEAKING - spoke == set()
    assert len(seen) > 50


def names_due(park: Host) -> list[str]:
    """Every name that `tenglong due` prints of what is due in the next ten years, and of what was in 2023."""
    page = {"limit": 500}
    ahead = {"on": "2023-08-01", "within_days": 3660, **page}
    over = {"from_on": "2023-01-01", "to_on": "2023-12-31", **page}
    rows = [
        row
        for service in ("parcels", "enterprises", "projects")
        for rows in (
            park.call(service, "due", **ahead)["dues"],
            park.call(service, "due_outcomes", **over)["outcomes"],
        )
        for row in rows
    ]
    return [*dict.fromkeys(name for row in rows for name in of_what(row))]


def test_every_name_that_is_printed_of_what_is_due_can_be_explained(monkeypatch, park, once):
    """All of them name a thing that there is; one of each kind is explained whole."""
    ask = GatewayDoor(park).ask
    asked = lambda service, method, **given: ask(service, method, given)  # noqa: E731
    monkeypatch.setattr(command, "_asking", lambda _: asked)
    first: dict[str, str] = {}
    for kind, *parts in map(shlex.split, names_due(park)):
        whose = id_of(kind, parts)
        if kind in WITHIN:
            kept, whose, _ = whole_of(asked, kind, whose)
        else:
            kept = kind
        service, thing = home_of(kept)
        assert asked(service, "explain_thing", thing=thing, id=whose)["fields"], (kind, parts)
        first.setdefault(kind, " ".join(parts))

    assert first.keys() >= {"parcel", "case", "firm", "lease", "honour", "platform_target"}
    for kind, whose in first.items():
        done = CliRunner().invoke(app, ["explain", kind, *whose.split()])
        assert (done.exit_code, whose in done.stdout) == (0, True), (kind, done.output)


def every_part(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in parts:
        yield each
        yield from every_part(each["rests_on"])


def test_a_contract_of_the_year_is_explained_down_to_the_case_that_freed_its_land(park, once):
    ask = GatewayDoor(park).ask
    asked = lambda service, method, **given: ask(service, method, given)  # noqa: E731
    [contract_id] = ids_of(park, "projects", "contract")
    found = explain(asked, "projects", "contract", contract_id, depth=3)
    parts = [*every_part(found["rests_on"])]
    case = next(each for each in parts if each["thing"] == "case")

    assert {each["thing"] for each in parts} >= {"listing", "case", "parcel", "lead", "due_step"}
    assert len({(each["service"], each["thing"], each["id"]) for each in parts}) == len(parts)
    assert (case["service"], case["value"], case["by"]["source"]) == (
        "parcels",
        "accepted",
        f"/townships/{case['id'][:9]}",
    )
    assert any(rule["source"] for rule in case["rules"])
