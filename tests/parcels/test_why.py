"""Why a parcel is suspected, and why the land of a case is released, barred or late."""

from __future__ import annotations

from typing import Any

import pytest

from backbone.errors import Invalid, NotFound

from . import reports
from .reports import CASE, PARCEL
from .screening.plots import low
from .zone_reports.zone import Zone


def rules(parcels: Any, thing: str, identity: str, **asked: str) -> dict[str, dict[str, Any]]:
    found = parcels.read("rules_of", thing=thing, id=identity, **asked)
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


def test_what_the_rules_said_at_a_moment_they_say_of_that_moment_ever_after():
    zone = Zone().day("2023-08-02")
    zone.report(*reports.survey(soil=reports.soil()))
    first, *others = reports.whole_case()[1:]
    zone.report(*first)
    zone.hear("enterprises", "yearly_figures_reported", low()).or_raise()
    of = {"parcel": PARCEL, "plot": PARCEL, "case": CASE, "deadline": CASE}
    at = zone.moment.isoformat()
    said = {thing: rules(zone, thing, identity) for thing, identity in of.items()}
    zone.day("2023-09-20")
    for each in others:
        zone.report(*each)

    assert "RELEASED" in rules(zone, "case", CASE)
    assert "RELEASED" not in said["case"]
    assert {thing: rules(zone, thing, identity, as_of=at) for thing, identity in of.items()} == said


def test_the_rules_judge_a_case_of_another_day_by_that_day():
    zone = Zone().day("2023-09-20")
    for each in (reports.survey(), reports.identified(), reports.planned()):
        zone.report(*each)
    today, then = ({**rules(zone, "case", CASE, **on)} for on in ({}, {"on": "2023-02-01"}))
    known = zone.moment.isoformat()

    assert [each["rule_outcome"] for each in today.values()] == ["late"]
    assert [each["rule_outcome"] for each in then.values()] == ["open"]
    assert rules(zone, "case", CASE, on="2023-02-01", as_of=known) == then


def test_what_was_not_on_record_then_or_has_no_history_is_told_so():
    zone = Zone().whole_case()
    with pytest.raises(NotFound) as later:
        rules(zone, "case", CASE, as_of="2023-07-01T00:00:00+08:00")
    with pytest.raises(Invalid) as without:
        rules(zone, "held_codes", PARCEL, as_of="2023-07-01T00:00:00+08:00")

    assert [each.field for each in later.value.reasons] == ["as_of"]
    assert "no history is kept" in without.value.reasons[0].sentence
