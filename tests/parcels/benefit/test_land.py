"""The benefit of a case follows a split or a merge of its parcel: the same land, before and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.parcels.benefit.land import land_of
from services.parcels.lineage.succession import Correction, Plot, Succession, SuccessionKind
from services.parcels.words import Said
from tests.parcels.conftest import NOON

from .. import reports
from ..land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, WHOLE, divide, merge, survey
from ..reports import CASE
from ..screening.plots import FIRM, figures


@pytest.fixture
def upgraded(parcels):
    """A case of 2021 that was completed in 2022, and the parcel next door."""
    way = "upgrade_in_place"
    survey(parcels)
    survey(parcels, NEXT_DOOR)
    parcels.report(*reports.identified(identified_on="2021-02-01"))
    parcels.report(*reports.planned(way))
    parcels.report(*reports.approved(way, approved_on="2021-03-01"))
    parcels.report(*reports.completed(way, vacated_area_m2="0", completed_on="2022-07-01"))
    return parcels


def hear(parcels, parcel_id, data_year, output, firm=FIRM, **more):
    shares = [{"parcel_id": parcel_id, "share": "1"}]
    fact = figures(
        parcels=shares, enterprise_id=firm, data_year=data_year, gross_output_cny=output, **more
    )
    parcels.hear("enterprises", "yearly_figures_reported", fact).or_raise()


def output(parcels, case_id=CASE):
    found = parcels.read("case_benefit", case_id=case_id)
    changes = {each["figure"]: each for each in found["changes"]}
    change = changes.get("gross_output_cny")
    return found, change and (change["before"], change["after"])


def test_after_a_split_the_parts_together_are_compared_with_the_whole(upgraded):
    hear(upgraded, WHOLE, 2020, "100")
    divide(upgraded)
    hear(upgraded, LEFT, 2023, "120")
    hear(upgraded, RIGHT, 2023, "80", firm=f"{FIRM}-2")

    found, change = output(upgraded)
    assert change == ("100", "200")
    assert found["parcel_ids"] == [WHOLE, LEFT, RIGHT]
    assert found["note"] is None


def test_after_a_merge_the_merged_parcel_is_compared_with_all_of_its_sources(upgraded):
    hear(upgraded, WHOLE, 2020, "100")
    hear(upgraded, NEXT_DOOR, 2020, "50", firm=f"{FIRM}-2")
    merge(upgraded)
    hear(upgraded, MERGED, 2023, "300")

    found, change = output(upgraded)
    assert change == ("150", "300")
    assert found["parcel_ids"] == [WHOLE, NEXT_DOOR, MERGED]
    assert (found["note"]["code"], found["note"]["field"]) == ("WIDER_THAN_THE_CASE", "parcel_ids")


def test_what_became_of_the_land_after_the_year_is_another_matter(upgraded):
    hear(upgraded, WHOLE, 2020, "100")
    hear(upgraded, WHOLE, 2023, "130")
    hear(upgraded, NEXT_DOOR, 2020, "50", firm=f"{FIRM}-2")
    upgraded.clock = lambda: NOON.replace(year=2024)
    merge(upgraded, merged_on="2024-01-02")

    found, change = output(upgraded)
    assert (found["year_after"], found["parcel_ids"]) == (2023, [WHOLE])
    assert change == ("100", "130")
    hear(upgraded, MERGED, 2024, "300")
    assert output(upgraded)[1] == ("150", "300")


def test_a_split_that_was_undone_leaves_the_parcel_as_it_was(upgraded):
    hear(upgraded, WHOLE, 2020, "100")
    divide(upgraded)
    correction = {"parcel_id": WHOLE, "undo": True, "reason": "wrong", "children": []}
    upgraded.call("correct_split", corrected_on="2023-08-20", **correction)
    hear(upgraded, WHOLE, 2023, "130")

    assert output(upgraded)[0]["parcel_ids"] == [WHOLE]


def test_two_cases_of_one_merged_land_bring_its_figures_once(upgraded):
    way, about = "upgrade_in_place", {"case_id": f"{CASE}-2", "parcel_id": NEXT_DOOR}
    upgraded.report(*reports.identified(**about, identified_on="2021-05-01"))
    upgraded.report(*reports.planned(way, **about))
    upgraded.report(*reports.approved(way, **about, approved_on="2021-06-01"))
    done = {"vacated_area_m2": "0", "completed_on": "2022-09-01"}
    upgraded.report(*reports.completed(way, **about, **done))
    hear(upgraded, WHOLE, 2020, "100")
    hear(upgraded, NEXT_DOOR, 2020, "50", firm=f"{FIRM}-2")
    merge(upgraded)
    hear(upgraded, MERGED, 2023, "300")

    period = {"from": "2022-01-01", "to": "2022-12-31"}
    sums = {
        each["change"]["figure"]: each
        for each in upgraded.read("campaign_benefit", **period)["sums"]
    }
    found = sums["gross_output_cny"]
    assert (found["change"]["before"], found["change"]["after"]) == ("150", "300")
    assert found["case_ids"] == [CASE, f"{CASE}-2"]


# --- the land alone


def succession(sources, results, on, undone=False):
    said = Said(on=date.fromisoformat(on), at=NOON, event_id="e")
    plots = [
        tuple(Plot(parcel_id=e, area_m2=Decimal(1)) for e in each) for each in (sources, results)
    ]
    found = Succession(
        succession_id=f"{sources}/{on}",
        township="330604006",
        kind=SuccessionKind.SPLIT,
        sources=plots[0],
        results=plots[1],
        said=said,
    )
    return found.corrected(Correction(results=(), reason="wrong", said=said)) if undone else found


@pytest.mark.parametrize(
    ("successions", "parcel_ids", "wider"),
    [
        ([], "P", False),
        ([("P", "AB", "2021-06-01")], "ABP", False),
        ([("W", "PQ", "2021-06-01")], "PQW", True),
        ([("W", "PQ", "2019-12-31")], "P", False),
        ([("W", "PQ", "2020-01-01")], "PQW", True),
        ([("P", "AB", "2023-12-31")], "ABP", False),
        ([("P", "AB", "2024-01-01")], "P", False),
        ([("P", "AB", "2021-06-01"), ("AB", "M", "2022-06-01")], "ABMP", False),
        ([("P", "AB", "2021-06-01"), ("BC", "M", "2022-06-01")], "ABCMP", True),
        ([("XY", "Z", "2021-06-01")], "P", False),
    ],
)
def test_the_land_is_the_smallest_that_both_years_have(successions, parcel_ids, wider):
    known = [succession(*each) for each in successions]
    land = land_of("P", 2020, 2023, lambda each: [s for s in known if each in s.parcel_ids])

    assert ("".join(land.parcel_ids), land.wider) == (parcel_ids, wider)


def test_a_succession_that_was_undone_is_none():
    known = [succession("P", "AB", "2021-06-01", undone=True)]
    assert land_of("P", 2020, 2023, lambda _: known).parcel_ids == ("P",)
