"""A year of the whole park: the same whenever it is made, of what the contracts know, and as large as it was
printed."""

from __future__ import annotations

import inspect
import json
import re
import tracemalloc
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice, pairwise
from typing import Any

import pytest

from backbone.messages.contract import arguments, load
from park.townships import codes
from services.installation import HOMES, classes
from year.coming import Meant
from year.desks.pipeline import pipeline, project_id
from year.desks.rounds import FEWEST, TOWNSHIPS, rounds
from year.desks.supply import supply_of
from year.land.cases import GRANTED_BY, case_of
from year.land.sites import Fate, sites
from year.land.soil import soil_of
from year.ordered import in_order
from year.plan import Plan, of_size, printed, shares
from year.stream import comings, year

SMALL = 200
PATH = {"identified", "planned", "approved", "progressed", "acceptance_requested"}
REPORTED = {
    *(f"remediation.{step}" for step in (*PATH, "completed", "returned", "reopened", "cancelled")),
    *(f"remediation.{step}" for step in ("suspended", "resumed", "followed_up")),
    *(
        f"carrier.{each}"
        for each in ("park_reported", "building_reported", "unit_reported", "unit_leased")
    ),
    *(f"request.{step}" for step in ("received", "handed_over", "answered", "rated")),
    *(f"enterprise.{each}_reported" for each in ("registration", "figures", "capital", "revenue")),
    *(f"enterprise.{each}_reported" for each in ("honour", "owner")),
    "parcel.registered",
    "parcel.boundary_surveyed",
    "enterprise.registered",
    "soil.surveyed",
}
ENTERED = {
    *("register_lead", "enter_project", "hand_over_project", "enter_stage", "record_visit"),
    *("publish_listing", "apply_for_land", "record_bond", "close_bidding", "confirm_award"),
    *("publicise_result", "return_bond", "sign_contract", "record_payment", "record_delivery"),
    *("record_construction", "review_commitments", "record_platform", "record_platform_progress"),
    *("record_fund", "commit_fund", "record_policy", "record_talent_plan", "record_contest"),
    *("apply_for_talent_plan", "enter_talent_state", "record_innovation", "record_indicator"),
    *("open_round", "give_round_figures", "publicise_areas", "score_round", "publicise_grades"),
    "finalise_round",
}
ON_REPORTS = {  # of townships: released land, and firms with their figures
    *("publish_listing", "confirm_award"),
    *("open_round", "give_round_figures", "publicise_areas", "score_round", "publicise_grades"),
    "finalise_round",
}
METHODS = {
    (cls.name, name): method
    for cls in classes(HOMES)
    for name, method in inspect.getmembers(cls, inspect.isfunction)
}
REPORTS = {
    entrypoint.type: entrypoint.schema()
    for method in METHODS.values()
    for entrypoint in getattr(method, "nameko_entrypoints", ())
    if getattr(entrypoint, "source", "") == "township"
}


@pytest.fixture(scope="module")
def small() -> list[dict[str, Any]]:
    return [json.loads(line) for line in year(of_size(1, SMALL))]


def test_the_same_seed_gives_the_same_bytes_and_another_one_others():
    once, again, other = (list(year(of_size(seed, 60))) for seed in (1, 1, 2))

    assert once == again
    assert len({*once, *other}) > 1.9 * len(once)


def test_what_comes_comes_in_the_order_of_its_moments(small):
    moments = [datetime.fromisoformat(line["at"]) for line in small]

    assert all(one <= next_ for one, next_ in pairwise(moments))


def test_no_event_comes_before_it_happened(small):
    assert not [
        line
        for line in small
        if "event" in line
        and datetime.fromisoformat(line["at"]) < datetime.fromisoformat(line["event"]["time"])
    ]


def test_every_event_and_every_command_is_one_that_its_contract_takes(small):
    for line in small:
        if "call" in line:
            call = line["call"]
            given = {name: each for name, each in call["kwargs"].items() if name != "request_id"}
            method = METHODS[call["service"], call["method"]].call
            assert method.writes
            assert arguments(method.contract, (), given)
        elif line.get("meant") != "mistyped":
            event = line["event"]
            assert load(REPORTS[event["type"]], event["data"])


def test_a_township_reports_what_is_its_own(small):
    for line in small:
        if "event" in line:
            data, source = line["event"]["data"], line["event"]["source"].rpartition("/")[2]
            own = next(value for name, value in data.items() if name.endswith("_id"))
            assert own.startswith(f"{source}-")


def test_every_plot_lies_in_the_district_and_every_firm_but_the_page_s_is_nobody(small):
    """Townships are real offices of their day; a name with a number in it is borne by no firm."""
    for event in (line["event"] for line in small if "event" in line):
        data, day = event["data"], date.fromisoformat(event["time"][:10])
        assert event["source"].rpartition("/")[2] in codes(day)
        if event["type"] == "parcel.boundary_surveyed":
            [ring] = data["geometry"]["coordinates"]
            assert all(120.6 < x < 121.1 and 29.7 < y < 30.3 for x, y in ring), data
        if event["type"] == "enterprise.registered":
            is_example = data["name"] == printed()["example"]["name"]
            assert is_example or re.fullmatch(r"虚.+\d+号有限公司", data["name"])


def test_an_id_is_used_once_unless_that_is_meant(small):
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for line in small:
        if "event" in line and line.get("meant") != "mistyped":
            key = (line["event"]["type"], line["event"]["id"])
            assert seen.setdefault(key, line["event"]) == line["event"]
            assert line.get("meant") == "doubled" or key not in seen or seen[key] is line["event"]
    requests = [
        (line["call"]["service"], line["call"]["method"], line["call"]["kwargs"]["request_id"])
        for line in small
        if "call" in line
    ]
    assert len(requests) == len({*requests})


@pytest.mark.parametrize(
    ("meant", "least", "most"),
    [("late", 0.025, 0.055), ("doubled", 0.015, 0.045), ("corrected", 0.004, 0.03)],
)
def test_some_reports_are_late_doubled_or_corrected_as_the_shares_say(small, meant, least, most):
    events = [line for line in small if "event" in line]
    share = sum(line.get("meant") == meant for line in events) / len(events)

    assert least < shares()["coming"][meant] < most
    assert least < share < most


def test_some_codes_are_mistyped_and_sent_right_under_the_same_id():
    lines = [json.loads(line) for line in year(of_size(1, 400))]
    wrong = [line["event"] for line in lines if line.get("meant") == "mistyped"]
    right = {line["event"]["id"]: line for line in lines if "event" in line and "meant" not in line}

    assert wrong
    for event in wrong:
        code, mistyped = right[event["id"]]["event"]["data"]["uscc"], event["data"]["uscc"]
        assert (code[:-1], code == mistyped) == (mistyped[:-1], False)


def test_what_was_said_of_31_july_is_corrected_on_5_september(small):
    said = [line for line in small if line["at"].startswith("2023-09-05")]
    invested = [line["call"]["kwargs"] for line in said if "call" in line]
    accepted = [
        line["event"]["data"]
        for line in said
        if "event" in line and line["event"]["type"] == "remediation.completed"
    ]

    assert [each["period_end"] for each in invested] == ["2023-07-31"]
    assert "2023-07-31" in {each["completed_on"] for each in accepted}


def test_however_large_the_park_is_only_a_piece_of_its_year_is_held():
    peaks = []
    for plots in (40, 160):
        tracemalloc.start()
        count = sum(1 for _ in in_order(comings(of_size(1, plots)), piece=250))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count > 10 * plots

    assert peaks[1] < 1.5 * peaks[0]
    assert peaks[1] < 8_000_000


def test_pieces_that_are_merged_many_times_over_stay_in_order(monkeypatch):
    monkeypatch.setattr("year.ordered.MOST_FILES", 3)
    plan = of_size(1, 60)

    assert list(in_order(comings(plan), piece=40)) == list(year(plan))


@pytest.mark.parametrize(("seed", "plots"), [(1, 40), (2, 40), (3, 60)])
def test_in_a_small_park_enough_firms_are_evaluated_for_every_grade(seed, plots):
    """Where two small townships have too few of them, those of all are."""
    calls = [each.said["call"] for each in rounds(of_size(seed, plots))]
    given = [each["kwargs"] for each in calls if each["method"] == "give_round_figures"]

    assert len({each["enterprise_id"] for each in given}) == len(given) >= FEWEST
    assert calls[0]["kwargs"]["townships"] == list(shares()["townships"])


def test_in_the_whole_park_the_firms_of_two_small_townships_are_evaluated(page):
    [opened] = page.given("open_round")

    assert opened["townships"] == list(TOWNSHIPS)
    assert len(page.given("give_round_figures")) == 118


@pytest.mark.parametrize(("plots", "firms"), [(39, None), (100, 99)])
def test_a_park_that_cannot_be_is_refused(plots, firms):
    with pytest.raises(ValueError, match="plots"):
        of_size(1, plots, firms)


# --- what was printed


@pytest.fixture(scope="module")
def page() -> Counted:
    return Counted(of_size(1))


class Counted:
    """The whole park, counted from its lines as the services would: the newest of what was said of a thing,
    by its event."""

    def __init__(self, plan: Plan) -> None:
        self.newest: dict[tuple[str, str], dict[str, Any]] = {}
        self.calls: list[dict[str, Any]] = []
        for line in map(json.loads, year(plan)):
            if "call" in line:
                self.calls.append(line["call"])
            elif line.get("meant") != "mistyped":
                self._hear(line["event"])

    def _hear(self, event: dict[str, Any]) -> None:
        key = (event["type"], event["id"].removesuffix("/wrong").split("/", 2)[2])
        held = self.newest.get(key)
        if held is None or held["time"] <= event["time"]:
            self.newest[key] = event

    def data(self, type_: str) -> list[dict[str, Any]]:
        return [event["data"] for (of_type, _), event in self.newest.items() if of_type == type_]

    def given(self, method: str) -> list[dict[str, Any]]:
        return [call["kwargs"] for call in self.calls if call["method"] == method]

    def accepted(self) -> dict[str, dict[str, Any]]:
        """The acceptances by their plots, with all that was said of each."""
        found: dict[str, dict[str, Any]] = {}
        for each in self.data("remediation.completed"):
            found[each["parcel_id"]] = found.get(each["parcel_id"], {}) | each
        return found


def mu_of(data: dict[str, Any]) -> Decimal:
    return Decimal(data["area_mu"]) if "area_mu" in data else Decimal(data["area_m2"]) * 3 / 2000


def test_plots_and_firms_are_as_many_as_were_printed(page):
    plots = page.data("parcel.registered")
    firms = page.data("enterprise.registered")

    assert (len(plots), len(firms)) == (2595, 4043)
    assert len({each["uscc"] for each in firms}) == 4043
    assert 58_000 < sum(map(mu_of, plots)) < 59_000
    assert {each["land_use"] for each in plots} == {"industrial"}


def test_every_firm_is_on_a_plot_of_the_register(page):
    plots = {each["parcel_id"] for each in page.data("parcel.registered")}
    where = [each["premises"][0]["parcel_id"] for each in page.data("enterprise.registered")]

    assert {*where} <= plots


def test_the_accepted_cases_add_up_to_the_land_that_was_remediated(page):
    areas = [Decimal(each["remediated_area_m2"]) for each in page.accepted().values()]

    assert round(sum(areas) * 3 / 2000, 2) == 14662
    assert all(
        "2023-01-01" <= each["completed_on"] <= "2023-07-31" for each in page.accepted().values()
    )


def test_the_firms_by_way_are_those_that_were_printed(page):
    firms = Counter(
        each["disposal_way"]
        for each in page.accepted().values()
        for _ in each.get("enterprise_ids", ())
    )

    assert {way: firms[way] for way in printed()["firms_by_way"]} == printed()["firms_by_way"]


def test_eight_plots_of_90_mu_are_granted(page):
    plots = {each["parcel_id"]: each for each in page.data("parcel.registered")}
    reserved = [each for each in page.accepted().values() if each["disposal_way"] == "land_reserve"]

    assert (len(page.given("confirm_award")), len(page.given("sign_contract"))) == (8, 8)
    assert sum(mu_of(plots[each["parcel_id"]]) for each in reserved) == 90
    assert {each["supply_way"] for each in page.given("publish_listing")} == {"listing", "auction"}


def test_visits_talents_policies_and_records_are_as_many_as_were_printed(page):
    visits = page.given("record_visit")
    talents = Counter(each["talent_category"] for each in page.given("apply_for_talent_plan"))
    policies = page.given("record_policy")
    records = Counter(each["kind"] for each in page.given("record_innovation"))

    away = [each for each in visits if each["visit_kind"] == "to_investor"]
    assert len({each["project_id"] for each in visits}) == 40
    assert len({each["visit_id"] for each in visits}) == 40
    assert (len(away), len({each["place"] for each in away})) == (19, 3)
    assert talents == {"leader_project": 3, "leader_team": 2}
    assert (len({each["gives_kind"] for each in policies}), len(policies)) == (5, 16)
    assert records == printed()["innovation"]


def test_the_fund_and_its_first_tranche_are_of_the_day_that_was_printed(page):
    first, *later = page.given("record_fund")

    assert (first["total_cny"], first["first_tranche_cny"]) == ("500000000", "50000000")
    assert (first["set_up_on"], first["reported_on"]) == ("2023-06-08", "2023-06-08")
    assert [each["paid_in_cny"] for each in later] == ["50000000"]


def test_every_office_has_something_to_report_and_every_desk_something_to_enter(page):
    assert {type_ for type_, _ in page.newest} >= REPORTED
    assert {call["method"] for call in page.calls} >= ENTERED


def test_a_case_has_its_whole_path_with_what_was_planned_and_what_was_done(page):
    by_case: dict[str, set[str]] = {}
    for (type_, _), event in page.newest.items():
        if "case_id" in event["data"]:
            by_case.setdefault(event["data"]["case_id"], set()).add(
                type_.removeprefix("remediation.")
            )
    accepted = [steps for steps in by_case.values() if "completed" in steps]

    assert len(accepted) == 640 + 1  # the page's example was upgraded in two stages
    assert all(steps >= PATH for steps in accepted)
    assert sum("completed" not in steps for steps in by_case.values()) > 100


def test_commands_that_rest_on_what_townships_report_wait_for_it(small):
    calls = [(line["call"], line.get("at_once", False)) for line in small if "call" in line]
    waiting = {call["method"] for call, at_once in calls if not at_once}

    assert waiting == ON_REPORTS | {"record_innovation"}
    assert not {call["method"] for call, at_once in calls if at_once} & ON_REPORTS
    assert all(
        at_once is ("enterprise_id" not in call["kwargs"])
        for call, at_once in calls
        if call["method"] == "record_innovation"
    )


def test_the_firm_that_the_page_names_declares_twice_the_floor_and_three_times_the_output(page):
    [firm] = [
        each["enterprise_id"]
        for each in page.data("enterprise.registered")
        if each["name"] == printed()["example"]["name"]
    ]
    before, after = (
        each
        for each in page.data("enterprise.figures_reported")
        if each["enterprise_id"] == firm and each["source_class"] == "declared"
    )

    assert (before["data_year"], after["data_year"]) == (2020, 2022)
    assert int(after["floor_area_m2"]) == 2 * int(before["floor_area_m2"])
    assert int(after["gross_output_cny"]) == 3 * int(before["gross_output_cny"])
    assert (before.get("at_least"), after["at_least"]) == (None, ["gross_output_cny"])


def test_the_newest_figures_of_the_indicators_are_those_that_were_printed(page):
    july = {
        each["indicator"]: int(each["value"])
        for each in page.given("record_indicator")
        if each["period_end"] == "2023-07-31" and "period_start" in each
    }

    assert july == printed()["stated"]


def test_the_first_project_of_the_valley_lands_when_its_target_is_missed(page):
    landed = [
        each["happened_on"]
        for each in page.given("record_platform_progress")
        if each["platform_id"].endswith("youth-valley")
    ]

    assert landed
    assert all("2024-01-01" <= each <= "2024-03-31" for each in landed)


@pytest.mark.parametrize("seed", [2, 3])
def test_another_park_of_another_size_has_the_same_sums_in_proportion(seed):
    plan = of_size(seed, 260)
    found = Counted(plan)
    areas = [Decimal(each["remediated_area_m2"]) for each in found.accepted().values()]
    firms = Counter(
        each["disposal_way"]
        for each in found.accepted().values()
        for _ in each.get("enterprise_ids", ())
    )

    assert (len(found.data("parcel.registered")), len(found.data("enterprise.registered"))) == (
        260,
        405,
    )
    assert abs(sum(areas) * 3 / 2000 - Decimal(14662) * 260 / 2595) < Decimal("0.01")
    assert (firms["phase_out"], firms["upgrade_in_place"]) == (3, 19)


@pytest.mark.parametrize("seed", range(1, 13))
def test_what_a_desk_builds_on_by_a_set_day_comes_in_time(seed):
    plan = of_size(seed, 60)
    granted = [site for site in islice(sites(plan), 5) if site.fate is Fate.GRANTED]
    came = [each for site in granted for each in (*case_of(plan, site), *soil_of(plan, site))]
    offered = min(each.at for site in granted for each in supply_of(plan, site))

    assert came
    assert not [each for each in came if each.meant is Meant.LATE]
    assert max(each.at for each in came if "remediation.completed" in str(each.said)) < offered


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_project_that_wins_land_is_signed_before_any_land_can_be_awarded(seed):
    plan = of_size(seed, 60)
    winner = project_id(plan, 0)
    entered = [each.said["call"]["kwargs"] for each in pipeline(plan)]
    [signed] = [
        date.fromisoformat(each["entered_on"])
        for each in entered
        if (each.get("project_id"), each.get("stage")) == (winner, "signed")
    ]

    assert signed < GRANTED_BY[0] + timedelta(days=43)
