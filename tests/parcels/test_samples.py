"""The samples of the contract are one story: what a township reports, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backbone.host.entrypoints import bindings
from services.parcels.service import ParcelsService

SAMPLES = Path(__file__).parents[1] / "contracts" / "samples"
CASE_STORY = [
    "parcel.registered",
    "parcel.boundary_surveyed",
    "soil.suspected",
    "soil.surveyed",
    "carrier.park_reported",
    "carrier.building_reported",
    "carrier.unit_reported",
    "carrier.unit_leased",
    "remediation.identified",
    "remediation.planned",
    "remediation.approved",
    "remediation.progressed",
    "remediation.completed",
]
PLOT_STORY = ["parcel.registered", "construction.reported"]
SUSPICION_STORY = [
    "parcel.registered",
    "low_efficiency.verified",
    "low_efficiency.rejected",
    "low_efficiency.holder_heard",
    "low_efficiency.objection_answered",
    "enterprises.yearly_figures_reported",
    "enterprises.grade_final",
]
SUPPLY_STORY = [
    "parcel.registered",
    "projects.listing_awarded",
    "projects.contract_signed",
    "projects.contract_changed",
    "projects.award_voided",
]
STORIES = {
    "case": CASE_STORY,
    "plot": PLOT_STORY,
    "suspicion": SUSPICION_STORY,
    "supply": SUPPLY_STORY,
}
TURNS = [  # any of them may happen any number of times, or never
    "remediation.suspended",
    "remediation.resumed",
    "remediation.acceptance_requested",
    "remediation.returned",
    "remediation.followed_up",
    "remediation.reopened",
    "remediation.cancelled",
]

HEARTBEAT = "heartbeat"  # of no township: tests/parcels/heartbeat


def sample(source, name):
    return json.loads((SAMPLES / source / f"{name}.json").read_text("utf-8"))


@pytest.fixture
def told(parcels):
    """Let a story be reported, sample by sample."""

    def tell(story):
        for type_ in story:
            service, _, fact = type_.partition(".")
            if service in ("enterprises", "projects"):
                parcels.hear(service, fact, sample(service, fact)).or_raise()
            else:
                parcels.report(type_, sample("township", type_))
        return parcels

    return tell


def test_every_report_that_is_heard_has_a_part_in_a_story():
    heard = {
        each.type if each.source == "township" else f"{each.source}.{each.type}"
        for each in bindings(ParcelsService)
    }

    in_stories = {type_ for story in STORIES.values() for type_ in story}
    assert in_stories | {*TURNS, HEARTBEAT} == heard
    assert len(ParcelsService.store.emits) == len(list((SAMPLES / "parcels").glob("*.json")))


@pytest.mark.parametrize(
    ("story", "last"), [("case", "land_released"), ("plot", "idle_land_found")]
)
def test_the_reports_of_the_samples_lead_to_the_facts_of_the_samples(told, story, last):
    park = told(STORIES[story])
    expected = {name: sample("parcels", name) for name in park.fact_names}
    if "land_released" in expected:
        expected["land_released"]["released_on"] = "2023-09-01"  # the day on which the test plays

    assert park.facts == list(expected.items())
    assert park.fact_names[-1] == last


def test_the_turns_of_the_samples_lead_to_the_facts_of_the_samples(told):
    park = told(CASE_STORY)
    for type_ in TURNS:
        assert park.report(type_, sample("township", type_)) is None

    for name in [type_.replace(".", "_") for type_ in TURNS]:
        assert park.facts_named(name) == [sample("parcels", name)]


def test_the_facts_of_a_supply_transfer_the_parcel_and_a_void_award_takes_that_back(told):
    names = told(SUPPLY_STORY).fact_names

    assert names == [
        "parcel_registered",
        "parcel_transferred",
        "parcel_transferred",
        "transfer_undone",
    ]
