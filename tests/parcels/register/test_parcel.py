"""The land register: what the newest survey says of a parcel, and what is recorded of its soil."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backbone.errors import Invalid
from services.parcels.register.entrypoints import LATER_STANDS
from services.parcels.register.parcel import Parcel, Soil
from services.parcels.register.rules import older_record
from services.parcels.words import Said

from .. import reports


def parcel(parcels):
    return parcels.read("get_parcel", parcel_id=reports.PARCEL)


def test_a_survey_registers_a_parcel_and_is_announced(parcels):
    parcels.report(*reports.survey(area_mu="15"))

    assert parcel(parcels)["state"] == "registered"
    (fact,) = parcels.facts_named("parcel_registered")
    assert fact == {
        "parcel_id": reports.PARCEL,
        "township": "330604006",
        "area_m2": "10000",
        "land_use": "industrial",
        "in_zone": True,
        "uses": [{"from_on": "2023-01-10", "land_use": "industrial"}],
        "version": 1,
    }


def test_a_new_survey_takes_the_place_of_the_old_one(parcels):
    parcels.report(*reports.survey())

    parcels.report(*reports.survey(area_m2="6700", surveyed_on="2023-05-01"))

    versions = [(f["version"], f["area_m2"]) for f in parcels.facts_named("parcel_registered")]
    assert versions == [(1, "6666.666667"), (2, "6700")]


def uses(parcels):
    """Those that the last fact of the parcel tells."""
    fact = parcels.facts_named("parcel_registered")[-1]
    return [(each["from_on"], each["land_use"]) for each in fact["uses"]]


def test_an_older_survey_that_arrives_late_tells_of_its_own_days_alone(parcels):
    parcels.report(*reports.survey(area_m2="6700", surveyed_on="2023-05-01"))

    late = reports.survey(area_m2="9999", land_use="commercial", surveyed_on="2023-01-10")
    note = parcels.report(*late)

    assert note == LATER_STANDS
    assert parcel(parcels)["area_m2"] == "6700"
    told = [
        (each["version"], each["area_m2"], each["land_use"])
        for each in parcels.facts_named("parcel_registered")
    ]
    assert told == [(1, "6700", "industrial"), (2, "6700", "industrial")]
    assert uses(parcels) == [("2023-01-10", "commercial"), ("2023-05-01", "industrial")]


def test_a_late_survey_between_two_of_one_use_holds_until_the_second(parcels):
    for day in ("2023-01-10", "2023-05-01"):
        parcels.report(*reports.survey(surveyed_on=day))
    assert uses(parcels) == [("2023-01-10", "industrial")]

    parcels.report(*reports.survey(land_use="commercial", surveyed_on="2023-03-01"))

    assert uses(parcels) == [
        ("2023-01-10", "industrial"),
        ("2023-03-01", "commercial"),
        ("2023-05-01", "industrial"),
    ]


def test_a_corrected_survey_takes_the_place_of_the_wrong_one(parcels):
    parcels.report(*reports.survey(land_use="commercial"))
    parcels.report(*reports.survey())

    assert uses(parcels) == [("2023-01-10", "industrial")]


def test_of_two_reports_of_one_survey_the_later_event_counts(parcels):
    parcels.report(*reports.survey(area_m2="6666"))
    parcels.report(*reports.survey(area_m2="6667"))

    assert parcel(parcels)["area_m2"] == "6667"


def test_a_survey_that_changes_nothing_that_is_announced_announces_nothing(parcels):
    parcels.report(*reports.survey())
    holder = {"name": "an example works", "uscc": "91330604XXXX00019D"}

    parcels.report(*reports.survey(right_holder=holder, surveyed_on="2023-05-01"))

    assert parcel(parcels)["right_holder"] == holder
    assert parcels.fact_names == ["parcel_registered"]


def test_codes_of_a_parcel_are_kept_with_their_days(parcels):
    code = {"kind": "parcel_code", "value": "330604001002GB00017", "valid_from": "2020-01-01"}

    parcels.report(*reports.survey(identifiers=[code]))

    assert list(parcel(parcels)["identifiers"]) == [code | {"valid_to": None}]


def test_parcels_are_listed_by_township_and_size(parcels):
    for number, area in enumerate(["900", "10000", "5000"]):
        parcels.report(*reports.survey(parcel_id=f"330604006-{number}", area_m2=area))

    page = parcels.read("list_parcels", filter={"township": "330604006"}, order="-area_m2", limit=2)

    assert [each["area_m2"] for each in page["items"]] == ["10000", "5000"]


@pytest.mark.parametrize(
    ("filter_", "right"),
    [({"state": "relaesed"}, "registered"), ({"state": True}, "registered"), ({"colour": "red"}, "state")],
)  # fmt: skip
def test_a_filter_that_nothing_can_match_is_answered_with_what_could(parcels, filter_, right):
    with pytest.raises(Invalid, match=right) as refused:
        parcels.read("list_parcels", filter=filter_)

    assert refused.value.reasons[0].field == f"filter.{next(iter(filter_))}"


# --- soil


def test_the_ecology_desk_records_the_soil(parcels):
    parcels.report(*reports.survey())

    answer = parcels.call("record_soil", **reports.soil_record(survey_filed=False))

    assert answer == parcel(parcels)
    assert answer["soil"]["survey_filed"] is False
    assert answer["soil"]["recorded"]["on"] == "2023-08-20"


def test_soil_of_an_unknown_parcel_cannot_be_recorded(parcels, refused):
    with refused("NOT_FOUND"):
        parcels.call("record_soil", **reports.soil_record())


def test_the_record_that_stands_is_not_older_than_itself():
    record = Said(on=date(2023, 8, 20), at=datetime(2023, 8, 21, tzinfo=UTC), event_id="record-1")
    known = Parcel.unknown(reports.PARCEL).with_soil(Soil(recorded=record))

    assert older_record(known, record) is None
    assert older_record(known, replace(record, on=date(2023, 8, 19)))


def test_an_older_record_of_the_soil_is_refused(parcels, refused):
    parcels.report(*reports.survey())
    parcels.call("record_soil", **reports.soil_record("2023-08-20"))

    with refused("OLDER_RECORD"):
        parcels.call("record_soil", **reports.soil_record("2023-08-19"))


def test_a_record_from_the_future_is_refused(parcels, refused):
    parcels.report(*reports.survey())

    with refused("NOT_YET"):
        parcels.call("record_soil", **reports.soil_record("2023-09-03"))


@pytest.mark.parametrize(("surveyed_on", "clean"), [("2023-08-19", True), ("2023-08-21", False)])
def test_of_the_townships_and_the_desks_word_on_the_soil_the_later_day_counts(
    parcels, surveyed_on, clean
):
    parcels.report(*reports.survey())
    parcels.call("record_soil", **reports.soil_record("2023-08-20"))

    bad = reports.soil(on_registry=True)
    parcels.report(*reports.survey(soil=bad, surveyed_on=surveyed_on))

    assert parcel(parcels)["soil"]["on_registry"] is not clean


def test_a_survey_that_does_not_speak_of_the_soil_leaves_it_as_it_was(parcels):
    parcels.report(*reports.survey(soil=reports.soil(on_registry=True)))

    parcels.report(*reports.survey(surveyed_on="2023-05-01"))

    assert parcel(parcels)["soil"]["on_registry"] is True
