"""The desk asks which plots a neighbour makes large enough: projects asks the land register, which may be
silent, and names only land that can really be had."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backbone.errors import Unavailable
from cli.given import argument_of
from services.projects.assignment import entrypoints
from services.projects.assignment.rulebook import ASSIGNMENT_LAW
from tests.projects.handbook.desk import Desk as LandDesk
from tests.projects.handbook.desk import Register, parcel_of

PAGE = Path(__file__).parents[3] / "docs" / "investment-team.md"
FOR = {"source": "fund_led", "name": "n"}


class Neighbourhood(Register):
    """The land register, which knows what lies side by side: pairs of letters."""

    side_by_side: tuple[str, ...] = ("ab",)
    answer: Any = None

    def neighbours_of(self, parcel_id: str) -> Any:
        self._answer(f"beside {parcel_id}")
        if isinstance(self.answer, Exception):
            raise self.answer
        sides = [each for pair in self.side_by_side for each in (pair, pair[::-1])]
        found = [parcel_of(other) for one, other in sides if parcel_of(one) == parcel_id]
        return self.answer or {"parcel_ids": found}

    @property
    def asked_beside(self) -> list[str]:
        return [each[-1] for each in self.asked if each.startswith("beside")]


class Desk(LandDesk):
    """Plots of 18 mu each, and a lead that needs 30."""

    def __init__(self, *plots: str, area_m2: str = "12000") -> None:
        super().__init__(*(plots or "ab"))
        self.register = self.dependencies["parcels"] = Neighbourhood()
        for plot in plots or "ab":
            self.release(plot, 2, area_m2=area_m2)
        self.call("register_lead", lead_id="lead-18", wish={"min_area_m2": "20000"}, **FOR)

    def near(self, **asked: Any) -> Any:
        return self.read("near_misses", lead_id="lead-18", **asked)

    def merged(self) -> list[str]:
        """The plots that are named together, by their letters."""
        return [
            "".join(sorted(each["parcel_id"][-1] for each in pair["plots"]))
            for pair in self.near()["merged"]
        ]

    def doubts(self) -> list[str]:
        return [each["code"] for each in self.near()["merged_doubts"]]


def few(monkeypatch, **bounds: int) -> None:
    """Other bounds than those of the data."""
    law = ASSIGNMENT_LAW.on(date(2023, 8, 10))
    fewer = replace(law, merged=replace(law.merged, **bounds))
    monkeypatch.setattr(entrypoints, "ASSIGNMENT_LAW", SimpleNamespace(on=lambda _: fewer))


def test_the_desk_hears_of_a_plot_that_its_neighbour_makes_large_enough():
    desk = Desk()
    [pair] = desk.near()["merged"]
    assert {each["parcel_id"] for each in pair["plots"]} == {parcel_of("a"), parcel_of("b")}
    assert pair["area_m2"] == "24000"
    assert [each["rule"]["code"] for each in pair["plots"]] == ["TOO_SMALL", "TOO_SMALL"]
    assert [[r["code"] for r in each["remarks"]] for each in pair["plots"]] == [
        ["NOTICE_NOT_OUT"]
    ] * 2
    assert (desk.near()["plots"], desk.doubts()) == ([], [])


def test_both_are_near_misses_too_where_their_area_is_off_by_little():
    assert len(Desk().near(area_share="0.4")["plots"]) == 2


def test_plots_that_lie_apart_are_not_merged():
    desk = Desk()
    desk.register.side_by_side = ()
    assert (desk.merged(), desk.doubts()) == ([], [])


@pytest.mark.parametrize(
    "parcel",
    [
        {"soil": {"on_registry": True}},
        {"soil": {"case_open": True}},
        {"encumbrances": {"entries": [{"kind": "seizure", "from_on": "2023-01-01"}]}},
        {"encumbrances": {"entries": [{"kind": "mortgage", "from_on": "2023-01-01"}]}},
        {"plan_conditions": None},
        {"state": "split"},
    ],
)
@pytest.mark.parametrize("plot", ["a", "b"])
def test_a_plot_that_cannot_be_had_is_merged_with_no_neighbour(plot, parcel):
    desk = Desk()
    desk.register.parcels[parcel_of(plot)] = parcel
    assert (desk.merged(), desk.doubts()) == ([], ["PAIR_NOT_TO_BE_HAD"])
    [code] = desk.why_not(plot)
    [doubt] = desk.near()["merged_doubts"]
    assert f"{parcel_of(plot)}: " in doubt["sentence"]
    assert code in doubt["sentence"]


def test_a_neighbour_whose_release_was_taken_back_unheard_is_merged_with_nothing():
    desk = Desk()
    desk.revoke("b", 3, told=False)
    assert (desk.merged(), desk.doubts()) == ([], ["PAIR_NOT_TO_BE_HAD"])


def test_a_plot_that_another_holds_is_named_as_such_with_all_that_speaks_against_it():
    desk = Desk()
    desk.hold("b", "lead-2")
    desk.register.parcels[parcel_of("b")] = {"plan_conditions": None}
    assert desk.merged() == []
    [doubt] = desk.near()["merged_doubts"]
    assert doubt["sentence"] == (
        f"{parcel_of('b')} and {parcel_of('a')} lie side by side and have 36.00 mu together, the lead needs "
        "30.00; they cannot be had together. "
        f"{parcel_of('b')}: The plot is reserved for another project until 2023-09-09 (HELD); "
        f"{parcel_of('b')}: No planning conditions are recorded for the land (NO_PLAN_CONDITIONS)."
    )

    desk.register.parcels.clear()
    desk.give_free("b")
    desk.hold("b", "lead-18")
    assert (desk.merged(), desk.doubts()) == (["ab"], [])


def test_a_plot_that_cannot_be_had_takes_no_question_from_one_that_can(monkeypatch):
    desk = Desk("a", "b", "c")
    desk.release("c", 3, area_m2="19000")
    desk.hold("c", "lead-2")
    few(monkeypatch, most_plots=2)
    assert (desk.merged(), desk.doubts()) == (["ab"], [])
    assert sorted(set(desk.register.asked_beside)) == ["a", "b"]


@pytest.mark.parametrize(
    ("told", "doubts"),
    [
        (1, ["PAIR_NOT_TO_BE_HAD", "MORE_PAIRS_NOT_TO_BE_HAD"]),
        (2, ["PAIR_NOT_TO_BE_HAD", "PAIR_NOT_TO_BE_HAD"]),
        (3, ["PAIR_NOT_TO_BE_HAD", "PAIR_NOT_TO_BE_HAD"]),
    ],
)
def test_a_few_pairs_that_cannot_be_had_are_told_of_and_the_others_counted(
    told, doubts, monkeypatch
):
    desk = Desk("a", "b", "c")
    desk.register.side_by_side = ("ab", "ac")
    desk.register.parcels[parcel_of("a")] = {"plan_conditions": None}
    few(monkeypatch, most_pairs_told=told)
    assert (desk.merged(), desk.doubts()) == ([], doubts)


def test_a_larger_neighbour_is_named_when_the_smaller_one_cannot_be_had():
    desk = Desk("a", "b", "c")
    desk.release("b", 3, area_m2="8000")
    desk.register.side_by_side = ("ab", "ac")
    assert desk.merged() == ["ab", "ac"]

    desk.register.parcels[parcel_of("b")] = {"soil": {"on_registry": True}}
    assert desk.merged() == ["ac"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Unavailable("parcels does not answer"), "NO_ANSWER"),
        (ValueError("broken"), "NO_USABLE_ANSWER"),
        ({"parcel_ids": None}, "NO_USABLE_ANSWER"),
    ],
)
def test_a_silent_land_register_is_said_and_the_near_misses_are_answered_all_the_same(answer, why):
    desk = Desk(area_m2="15000")
    desk.register.answer = answer
    found = desk.near()
    assert (len(found["plots"]), found["merged"]) == (2, [])
    assert [each["code"] for each in found["merged_doubts"]] == [why]
    assert "side by side" in found["merged_doubts"][0]["sentence"]
    assert len(desk.register.asked_beside) == 1, "a register that is away is asked once"


def test_a_land_register_that_falls_silent_between_two_questions_is_said_too():
    desk, answered = Desk(), Neighbourhood.neighbours_of

    def then_away(parcel_id: str) -> Any:
        desk.register.away = False
        found = answered(desk.register, parcel_id)
        desk.register.away = True
        return found

    desk.register.neighbours_of = then_away  # type: ignore[method-assign]
    assert (desk.merged(), desk.doubts()) == ([], ["NO_ANSWER"])
    assert len(desk.register.asked_beside) == 4, "of both plots, twice"


@pytest.mark.parametrize(("most", "asked", "doubts"), [(3, 3, []), (2, 2, ["MORE_PLOTS"])])
def test_no_more_plots_are_asked_about_than_the_data_say(most, asked, doubts, monkeypatch):
    desk = Desk("a", "b", "c")
    desk.release("c", 3, area_m2="9000")
    few(monkeypatch, most_plots=most)
    found = desk.near()
    assert len(desk.register.asked_beside) == asked
    assert [each["code"] for each in found["merged_doubts"]] == doubts
    assert len(found["merged"]) == 1, "the largest are asked about first"


def test_nothing_is_written_of_it():
    desk = Desk()
    before = (list(desk.facts), desk.read("list_plot_holds"), desk.read("list_listings"))
    assert desk.merged() == ["ab"]
    assert (list(desk.facts), desk.read("list_plot_holds"), desk.read("list_listings")) == before


def test_the_commands_of_the_page_name_the_plots_that_are_large_enough_together():
    desk = Desk()
    [block] = [
        each
        for each in re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.S)
        if "lead-19" in each
    ]
    lines = [shlex.split(line) for line in block.replace("\\\n", " ").splitlines()]
    for _, _, _, method, *given in lines:
        asked = dict(map(argument_of, given))
        answer = getattr(desk.service(), method)(**asked)

    [pair] = answer["merged"]
    assert pair["area_m2"] == 24_000
    assert [each["code"] for each in pair["reasons"]] == ["LARGE_ENOUGH_MERGED", "TWO_LISTINGS"]
