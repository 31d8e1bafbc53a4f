"""The samples of the contract are one story: what a township reports, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backbone.host.entrypoints import bindings
from services.parcels.service import ParcelsService

SAMPLES = Path(__file__).parents[1] / "contracts" / "samples"
STORY = [
    "parcel.registered",
    "remediation.identified",
    "remediation.planned",
    "remediation.approved",
    "remediation.progressed",
    "remediation.completed",
]
TURNS = [  # any of them may happen any number of times, or never
    "remediation.suspended",
    "remediation.resumed",
    "remediation.acceptance_requested",
    "remediation.returned",
    "remediation.followed_up",
    "remediation.reopened",
    "remediation.cancelled",
]


def sample(source, name):
    return json.loads((SAMPLES / source / f"{name}.json").read_text("utf-8"))


@pytest.fixture
def story(parcels):
    for type_ in STORY:
        parcels.report(type_, sample("township", type_))
    return parcels


def test_every_report_that_is_heard_has_a_part_in_the_story():
    assert {*STORY, *TURNS} == {each.type for each in bindings(ParcelsService)}
    assert len(ParcelsService.store.emits) == len(list((SAMPLES / "parcels").glob("*.json")))


def test_the_reports_of_the_samples_lead_to_the_facts_of_the_samples(story):
    expected = {name: sample("parcels", name) for name in story.fact_names}
    expected["land_released"]["released_on"] = "2023-09-01"  # the day on which the test plays

    assert story.facts == list(expected.items())
    assert story.fact_names[-1] == "land_released"


def test_the_turns_of_the_samples_lead_to_the_facts_of_the_samples(story):
    for type_ in TURNS:
        assert story.report(type_, sample("township", type_)) is None

    for name in [type_.replace(".", "_") for type_ in TURNS]:
        assert story.facts_named(name) == [sample("parcels", name)]
