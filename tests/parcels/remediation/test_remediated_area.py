"""How much land a case remediated, which is more than it vacated."""

from __future__ import annotations

from itertools import permutations

import pytest

from backbone.errors import Answered

from .. import reports
from ..conftest import Parcels

FIRMS = [f"{reports.XIAOYUE}-E7", f"{reports.XIAOYUE}-E42"]


def case_of(parcels):
    return parcels.read("get_case", case_id=reports.CASE)


def play(parcels, *completions, way="upgrade_in_place"):
    for step in reports.whole_case(way)[:-1]:
        parcels.report(*step)
    for more in completions:
        parcels.report(*reports.completed(way, **{"vacated_area_m2": "0"} | more))


def test_an_upgrade_in_place_remediates_land_and_vacates_none(parcels):
    play(parcels, {"remediated_area_mu": "9.5", "enterprise_ids": FIRMS})

    (fact,) = parcels.facts_named("remediation_completed")
    assert (fact["remediated_area_m2"], fact["vacated_area_m2"]) == ("6333.333333", "0")
    assert fact["enterprise_ids"] == sorted(FIRMS)
    assert case_of(parcels)["completed"]["remediated_area_m2"] == "6333.333333"


def test_what_an_older_sender_does_not_say_is_unknown_and_not_0(parcels):
    play(parcels, {})

    (fact,) = parcels.facts_named("remediation_completed")
    assert (fact["remediated_area_m2"], list(fact["enterprise_ids"])) == (None, [])


def test_the_finding_may_name_the_firms_concerned(parcels):
    parcels.report(*reports.survey())
    parcels.report(*reports.identified(enterprise_ids=[*FIRMS, FIRMS[0]]))

    (fact,) = parcels.facts_named("remediation_identified")
    assert fact["enterprise_ids"] == sorted(FIRMS)


@pytest.mark.parametrize(
    ("remediated_m2", "codes"),
    [
        ("6673.333334", []),  # 10.01 mu
        ("6673.333335", ["REMEDIATES_MORE_THAN_PARCEL"]),
        ("0.000001", []),
    ],
)
def test_no_more_land_is_remediated_than_the_plot_has(parcels, remediated_m2, codes):
    def said():
        try:
            play(parcels, {"remediated_area_m2": remediated_m2})
        except Answered as no:
            return [reason.code for reason in no.reasons]
        return []

    assert said() == codes


@pytest.mark.parametrize(
    ("vacated_m2", "is_taken"), [("3006.666667", True), ("3006.666669", False)]
)
def test_vacated_land_counts_as_remediated(parcels, refused, vacated_m2, is_taken):
    report = reports.completed(vacated_area_m2=vacated_m2, remediated_area_m2="3000")
    if is_taken:
        assert parcels.report(*report) == "waits for the registration of its parcel"
    else:
        with refused("VACATES_MORE_THAN_REMEDIATED"):
            parcels.report(*report)


@pytest.mark.parametrize(
    "more", [{"remediated_area_m2": "0"}, {"remediated_area_m2": "1", "remediated_area_mu": "1"}]
)
def test_the_area_is_given_once_and_above_0(parcels, refused, more):
    with refused("INVALID"):
        parcels.report(*reports.completed(**more))


def test_an_area_that_was_left_out_is_added_by_the_same_report_in_any_order():
    silent, area, firms = {}, {"remediated_area_mu": "9"}, {"enterprise_ids": FIRMS}
    for order in permutations([silent, area, firms]):
        parcels = Parcels()
        play(parcels, *order)
        completed = case_of(parcels)["completed"]
        assert completed["remediated_area_m2"] == "6000"
        assert completed["enterprise_ids"] == sorted(FIRMS)


def test_another_area_than_the_accepted_one_is_refused(parcels, refused):
    play(parcels, {"remediated_area_mu": "9"})

    with refused("ALREADY_COMPLETED"):
        play(parcels, {"remediated_area_mu": "8"})
