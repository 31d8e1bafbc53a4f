"""A case of the period that adds nothing to a figure says why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.parcels.campaign import why
from services.parcels.campaign.outcome import Outcome

from .. import reports
from ..conftest import Parcels
from ..reports import XIAOYUE, turn
from .test_figures import OUTCOME, RULE, case_on, explained, play


def reasons(parcels: Parcels, figure: str, **more: Any) -> dict[str, str | None]:
    lines = explained(parcels, figure, **more)
    return {line["case_id"][-3:]: line["reason"] and line["reason"]["code"] for line in lines}


def test_a_case_whose_plot_is_counted_by_another_says_by_which(parcels):
    play(parcels, *reports.whole_case(remediated_area_mu="6", vacated_area_mu="4"))
    again = [(type_, data | {"case_id": f"{XIAOYUE}-C18"}) for type_, data in reports.whole_case()]
    play(parcels, *again[1:-1])
    play(parcels, (again[-1][0], again[-1][1] | {"remediated_area_mu": "10"}))

    assert reasons(parcels, "remediated") == {"C17": "PLOT_COUNTED_BY_ANOTHER", "C18": None}
    (why,) = [line["reason"] for line in explained(parcels, "remediated") if line["reason"]]
    assert f"{XIAOYUE}-C18" in why["sentence"]


def test_a_case_that_does_not_say_its_area_or_vacated_none_says_so(parcels):
    play(parcels, *case_on(1, "upgrade_in_place"))
    play(parcels, *reports.whole_case())

    assert reasons(parcels, "remediated") == {"-C1": None, "C17": "AREA_NOT_SAID"}
    assert reasons(parcels, "vacated") == {"-C1": "NOTHING_THERE", "C17": None}
    assert reasons(parcels, "vacated", disposal_way="land_reserve") == {"C17": None}


def test_a_case_without_firms_or_whose_firms_have_a_later_case_says_so(parcels):
    firm = [f"{XIAOYUE}-E1"]
    play(parcels, *case_on(1, "upgrade_in_place", enterprise_ids=firm, completed_on="2023-06-01"))
    play(parcels, *case_on(2, "merger_restructuring", enterprise_ids=firm))
    play(parcels, *reports.whole_case())

    assert reasons(parcels, "by_way") == {
        "-C1": "FIRM_COUNTED_BY_ANOTHER",
        "-C2": None,
        "C17": "NO_FIRM_NAMED",
    }


@pytest.mark.parametrize("figure", ["remediated", "vacated", "by_way"])
def test_a_case_that_does_not_stand_so_that_it_counts_says_so(parcels, figure):
    play(parcels, *reports.whole_case(remediated_area_mu="10"), turn("reopened", "2023-08-02"))

    assert reasons(parcels, figure) == {"C17": "STAGE_DOES_NOT_COUNT"}


def test_another_plot_is_not_named_as_the_one_that_counts():
    def outcome(case: str, *lineage: str) -> Outcome:
        return replace(OUTCOME, case_id=case, lineage=lineage, remediated_area_m2=Decimal(1))

    part, whole, other = outcome("a", "P", "A"), outcome("p", "P"), outcome("q", "Q")
    said = why.no_area(part, RULE, Decimal(1), [whole, other]).sentence

    assert "by p." in said
    assert "q" not in said.replace("area", "").rsplit("by", 1)[-1]


def test_an_acceptance_without_effect_says_so():
    void = replace(OUTCOME, is_valid=False)

    assert why.no_firm(void, RULE).code == "ACCEPTANCE_VOID"
