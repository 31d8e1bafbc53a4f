"""Why a parcel is suspected, and why the land of a case is released, barred or late."""

from __future__ import annotations

from typing import Any

from . import reports
from .reports import CASE, PARCEL
from .screening.plots import low


def rules(parcels: Any, thing: str, identity: str) -> dict[str, dict[str, Any]]:
    found = parcels.read("rules_of", thing=thing, id=identity)
    assert all(each["source"] for each in found)
    return {each["code"]: each for each in found}


def test_a_parcel_with_low_figures_says_the_figure_the_bar_and_where_it_is_suspected(parcels):
    parcels.report(*reports.survey())
    parcels.hear("enterprises", "yearly_figures_reported", low()).or_raise()
    found = rules(parcels, "parcel", PARCEL)["OUTPUT_PER_MU_BELOW"]

    assert found["rule_outcome"] == "broken"
    assert (found["thing"], found["thing_id"]) == ("suspicion", f"{PARCEL}:2022")
    assert (
        found["sentence"]
        == rules(parcels, "suspicion", f"{PARCEL}:2022")[found["code"]]["sentence"]
    )
    assert "the bar is" in found["sentence"]


def test_a_case_says_its_step_that_is_due_and_then_which_article_bars_its_land(parcels):
    parcels.report(*reports.survey(soil=reports.soil(on_registry=True)))
    first, *others = reports.whole_case()[1:]
    parcels.report(*first)
    [step] = rules(parcels, "case", CASE).values()
    assert (step["rule_outcome"], step["thing"], step["thing_id"]) == ("late", "case", CASE)
    for each in others:
        parcels.report(*each)
    found = rules(parcels, "case", CASE)

    assert (found["ART66_NOT_REMOVED"]["rule_outcome"], "RELEASED" in found) == ("bars", False)
    assert "art. 66" in found["ART66_NOT_REMOVED"]["source"]


def test_a_case_whose_land_is_free_says_since_when_it_is_released(parcels):
    parcels.report(*reports.survey(soil=reports.soil()))
    for each in reports.whole_case()[1:]:
        parcels.report(*each)
    assert rules(parcels, "case", CASE)["RELEASED"]["rule_outcome"] == "kept"
