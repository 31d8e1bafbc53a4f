"""How much land the campaign remediated, and how many firms by which way."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.parcels.campaign.counting import COUNTING, CountedDay, Counting, Unit
from services.parcels.campaign.figures import AREAS, Figure, by_plot, figures_of
from services.parcels.campaign.outcome import Outcome
from services.parcels.remediation.course import Stage
from services.parcels.words import DisposalWay

from .. import reports
from ..conftest import Parcels
from ..reports import XIAOYUE, event, turn

FILE = Path(__file__).parent / "published_2023.csv"
PUBLISHED = {
    row["figure"]: int(row["value"]) for row in csv.DictReader(FILE.read_text("utf-8").splitlines())
}
YEAR = {"from": "2023-01-01", "to": "2023-12-31"}
AGAIN = {
    "completed_on": "2023-08-20",
    "reopened_on": "2023-08-02",
    "remediated_area_mu": "9",
    "vacated_area_mu": "8",
}
SMALLER = {"vacated_area_mu": "4", "remediated_area_mu": "4"}


def case_on(number: int, way: str, mu: str = "10", **completion: Any) -> list[reports.Report]:
    """A whole case of its own on a plot of its own of 10 mu, unless something else is said."""
    ids = {"case_id": f"{XIAOYUE}-C{number}", "parcel_id": f"{XIAOYUE}-{number}"}
    said = {"vacated_area_m2": "0", "remediated_area_mu": mu} | completion
    steps = [*reports.whole_case(way)[:-1], reports.completed(way, **said)]
    steps[0] = reports.survey(area_mu=str(max(Decimal(mu), Decimal(10))))
    return [
        (type_, {name: value for name, value in (data | ids).items() if name in data})
        for type_, data in steps
    ]


def play(parcels: Parcels, *steps: reports.Report) -> None:
    for step in steps:
        parcels.report(*step)


def campaign(parcels: Parcels, **more: Any) -> Any:
    return parcels.read("campaign_figures", **YEAR | more)


def explained(parcels: Parcels, figure: str, **more: Any) -> Any:
    return parcels.read("explain_figure", figure=figure, **YEAR | more)["lines"]


def counts(found: Any) -> dict[str, int]:
    return {each["disposal_way"]: each["count"] for each in found["by_way"] if each["count"]}


def mu(found: Any) -> tuple[str, str]:
    return found["remediated_area_mu"], found["vacated_area_mu"]


# --- the printed figures


def the_campaign_of_2023() -> Iterator[list[reports.Report]]:
    """229 firms in four ways on 9,000 mu; and 5,662 mu of land where no firm is named."""
    ways = {way: number for way, number in PUBLISHED.items() if way != "remediated"}
    firms = iter(f"{XIAOYUE}-E{number}" for number in range(sum(ways.values())))
    for number, (way, count) in enumerate(ways.items()):
        named = [next(firms) for _ in range(count)]
        half = count // 2
        yield case_on(2 * number, way, "1125.37", enterprise_ids=named[:half])
        yield case_on(2 * number + 1, way, "1124.63", enterprise_ids=named[half:])
    yield case_on(90, "organic_renewal", "5000.01")
    yield case_on(91, "function_change", "661.99")


def test_the_figures_that_were_printed_can_be_had_again_and_none_follows_from_another(parcels):
    for steps in the_campaign_of_2023():
        play(parcels, *steps)

    found = campaign(parcels)

    assert counts(found) == {way: n for way, n in PUBLISHED.items() if way != "remediated"}
    assert sum(counts(found).values()) == 229
    assert found["remediated_area_mu"] == f"{PUBLISHED['remediated']}.00"
    assert (found["remediated_kind"], found["vacated_area_mu"]) == ("exact", "0.00")
    assert found["rule"]["unit"] == "firms"
    assert found["rule"]["stages"] == ["accepted"]


def test_the_cases_behind_a_figure_add_up_to_it(parcels):
    for steps in the_campaign_of_2023():
        play(parcels, *steps)
    found = campaign(parcels)

    areas = [Decimal(line["area_m2"]) for line in explained(parcels, "remediated")]
    assert sum(areas) == Decimal(found["remediated_area_m2"])
    lines = explained(parcels, "by_way", disposal_way="upgrade_in_place")
    assert sum(len(line["enterprise_ids"]) for line in lines) == 193
    assert {line["disposal_way"] for line in lines} == {"upgrade_in_place"}


# --- what counts once, or not at all


def test_remediated_and_vacated_land_are_two_figures(parcels):
    play(parcels, *reports.whole_case(vacated_area_mu="3", remediated_area_mu="8"))

    assert mu(campaign(parcels)) == ("8.00", "3.00")


def test_a_plot_that_was_remediated_twice_counts_once_by_the_larger_area(parcels):
    play(parcels, *reports.whole_case(remediated_area_mu="6", vacated_area_mu="4"))
    again = [(type_, data | {"case_id": f"{XIAOYUE}-C18"}) for type_, data in reports.whole_case()]
    play(parcels, *again[1:-1])
    play(parcels, (again[-1][0], again[-1][1] | {"remediated_area_mu": "10"}))

    found = campaign(parcels)

    assert (found["cases"], found["remediated_area_mu"]) == (2, "10.00")
    adds = {line["case_id"][-3:]: line["adds"] for line in explained(parcels, "remediated")}
    assert adds == {"C17": False, "C18": True}


def test_a_later_split_does_not_change_the_sum_and_work_on_a_part_adds_nothing(parcels):
    play(parcels, *reports.whole_case(remediated_area_mu="10", vacated_area_mu="4"))
    before = mu(campaign(parcels))
    parts = [
        {"parcel_id": f"{XIAOYUE}-A", "area_mu": "4", "vacated": True},
        {"parcel_id": f"{XIAOYUE}-B", "area_m2": "4000.000000", "vacated": False},
    ]
    ids = {"parcel_id": reports.PARCEL, "case_id": reports.CASE}
    parcels.call("split_parcel", **ids, split_on="2023-08-21", children=parts)
    assert mu(campaign(parcels)) == before == ("10.00", "4.00")

    on_a = {"parcel_id": f"{XIAOYUE}-A", "case_id": f"{XIAOYUE}-C20"}
    steps = [(type_, data | on_a) for type_, data in reports.whole_case(**SMALLER)]
    play(parcels, *steps[1:])

    assert mu(campaign(parcels)) == before
    assert campaign(parcels)["cases"] == 2


def test_the_parts_count_where_they_are_more_than_what_was_done_on_the_whole():
    def outcome(case, mu, *lineage):
        return replace(OUTCOME, case_id=case, lineage=lineage, remediated_area_m2=Decimal(mu))

    whole, a, b = (outcome("whole", 5, "P"), outcome("a", 4, "P", "A"), outcome("b", 3, "P", "B"))
    grandchild, other = outcome("c", 2, "P", "B", "C"), outcome("d", 1, "Q")

    added = by_plot([b, whole, grandchild, a, other], AREAS[Figure.REMEDIATED])

    assert [(each.case_id, area) for each, area in added] == [("a", 4), ("b", 3), ("d", 1)]
    assert [each.case_id for each, _ in by_plot([whole, a], AREAS[Figure.REMEDIATED])] == ["whole"]


def test_what_a_case_does_not_say_is_counted_as_unknown(parcels):
    play(parcels, *case_on(1, "upgrade_in_place"))
    play(parcels, *reports.whole_case())

    found = campaign(parcels)

    assert (found["cases"], found["cases_without_area"]) == (2, 1)
    assert (found["remediated_area_mu"], found["remediated_kind"]) == ("10.00", "at_least")
    assert [w["cases_without_firms"] for w in found["by_way"] if w["cases"]] == [1, 1]
    adds = {line["case_id"][-3:]: line["adds"] for line in explained(parcels, "remediated")}
    assert adds == {"-C1": True, "C17": False}


def test_an_area_that_is_added_later_corrects_the_sum(parcels):
    play(parcels, *reports.whole_case())
    assert campaign(parcels)["remediated_area_mu"] == "0.00"

    play(parcels, reports.completed(remediated_area_mu="10"))

    assert mu(campaign(parcels)) == ("10.00", "10.00")


def test_a_firm_counts_once_by_its_last_case(parcels):
    firm = [f"{XIAOYUE}-E1"]
    play(parcels, *case_on(1, "upgrade_in_place", enterprise_ids=firm, completed_on="2023-06-01"))
    play(parcels, *case_on(2, "merger_restructuring", enterprise_ids=firm))

    assert counts(campaign(parcels)) == {"merger_restructuring": 1}
    lines = explained(parcels, "by_way")
    assert [(line["adds"], list(line["enterprise_ids"])) for line in lines] == [
        (False, []),
        (True, firm),
    ]


def test_the_firms_of_the_finding_count_if_the_acceptance_names_none(parcels):
    steps = reports.whole_case(remediated_area_mu="10")
    steps[1] = reports.identified(enterprise_ids=[f"{XIAOYUE}-E1", f"{XIAOYUE}-E2"])
    play(parcels, *steps)

    assert counts(campaign(parcels)) == {"land_reserve": 2}


def test_a_reopened_case_does_not_count_until_it_is_accepted_again(parcels):
    play(parcels, *reports.whole_case(remediated_area_mu="10"), turn("reopened", "2023-08-02"))
    assert (campaign(parcels)["cases"], campaign(parcels)["remediated_area_mu"]) == (0, "0.00")
    for figure in ("remediated", "vacated", "by_way"):  # and the officer sees why
        lines = explained(parcels, figure)
        assert [(line["adds"], line["stage"]) for line in lines] == [(False, "reopened")]

    play(parcels, reports.completed(**AGAIN))

    assert campaign(parcels)["remediated_area_mu"] == "9.00"
    assert campaign(parcels, to="2023-07-31")["cases"] == 0


def test_an_acceptance_that_turned_out_to_be_void_does_not_count(parcels):
    play(parcels, *reports.whole_case(remediated_area_mu="10"))
    play(parcels, turn("cancelled", "2023-07-14"))

    assert campaign(parcels)["cases"] == 0


# --- which period, and whose


@pytest.mark.parametrize(
    ("since", "until", "cases"),
    [
        ("2023-07-28", "2023-07-28", 1),
        ("2023-07-29", "2023-08-31", 0),
        ("2023-07-01", "2023-07-27", 0),
        ("2022-12-01", "2024-01-31", 1),
    ],
)
def test_both_days_of_the_period_are_included(parcels, since, until, cases):
    play(parcels, *reports.whole_case())

    assert campaign(parcels, **{"from": since, "to": until})["cases"] == cases


def test_a_township_has_its_own_figures(parcels):
    play(parcels, *reports.whole_case(remediated_area_mu="10"))

    assert campaign(parcels, township=XIAOYUE)["cases"] == 1
    assert campaign(parcels, township="330604107")["cases"] == 0


def test_a_period_that_ends_before_it_begins_is_refused(parcels, refused):
    with refused("INVALID"):
        campaign(parcels, **{"from": "2023-02-01", "to": "2023-01-31"})


# --- the rule is data


OUTCOME = Outcome(
    case_id="330604006-C1",
    township=XIAOYUE,
    lineage=("330604006-1",),
    stage=Stage.ACCEPTED,
    disposal_way=DisposalWay.UPGRADE_IN_PLACE,
    first_accepted_on=date(2023, 6, 30),
    accepted_on=date(2023, 7, 31),
    remediated_area_m2=Decimal(2000),
    vacated_area_m2=Decimal(0),
    enterprise_ids=("330604006-E1", "330604006-E2"),
)
RULE: Counting = COUNTING.on(date(2023, 8, 1))
FIRST = replace(RULE, day=CountedDay.FIRST_ACCEPTANCE)
LENIENT = replace(RULE, count_reopened=True)
JULY = date(2023, 7, 1), date(2023, 7, 31)


@pytest.mark.parametrize(
    ("rule", "change", "counts"),
    [
        (RULE, {}, True),
        (FIRST, {}, False),
        (FIRST, {"first_accepted_on": date(2023, 7, 1)}, True),
        (RULE, {"accepted_on": date(2023, 8, 1)}, False),
        (RULE, {"stage": Stage.REOPENED}, False),
        (LENIENT, {"stage": Stage.REOPENED}, True),
        (LENIENT, {"stage": Stage.SUSPENDED}, True),
        (LENIENT, {"stage": Stage.CANCELLED}, False),
        (LENIENT, {"is_valid": False}, False),
    ],
)
def test_the_rule_says_which_day_and_which_cases_count(rule, change, counts):
    outcome = replace(OUTCOME, **change)

    assert (rule.stands(outcome) and rule.is_in(outcome, *JULY)) is counts


@pytest.mark.parametrize(("unit", "count"), [(Unit.FIRMS, 2), (Unit.CASES, 1)])
def test_the_rule_says_whether_firms_or_cases_are_counted(unit, count):
    found = figures_of([OUTCOME], replace(RULE, unit=unit), *JULY, None)

    assert {each.disposal_way: each.count for each in found.by_way if each.count} == {
        DisposalWay.UPGRADE_IN_PLACE: count
    }


def test_the_order_of_the_reports_makes_no_difference_to_the_figures():
    story = [
        *reports.whole_case(remediated_area_mu="10"),
        turn("reopened", "2023-08-02"),
        reports.completed(**AGAIN),
    ]
    events = [event(type_, data, number) for number, (type_, data) in enumerate(story)]

    for seed in range(20):
        parcels = Parcels()
        for each in random.Random(seed).sample(events, len(events)):
            parcels.handle(each)
        found = campaign(parcels)
        assert (found["cases"], mu(found)) == (1, ("9.00", "8.00"))
