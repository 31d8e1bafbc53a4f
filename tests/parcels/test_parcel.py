"""The land register: what the newest survey says of a parcel, and what is recorded of its soil."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backbone.errors import Invalid
from services.parcels.parcel import Soil, announced
from services.parcels.rules import older_record
from services.parcels.service import LATER_STANDS
from services.parcels.terms import Said

from . import said


def parcel(register):
    return register.read("get_parcel", parcel_id=said.PARCEL)


def test_a_survey_registers_a_parcel_and_is_announced(register):
    register.tell(*said.parcel(area_mu="15"))

    assert parcel(register)["state"] == "registered"
    (fact,) = register.announced("parcel_registered")
    assert fact == {
        "parcel_id": said.PARCEL,
        "township": "330604006",
        "area_m2": "10000",
        "land_use": "industrial",
        "in_zone": True,
        "version": 1,
    }


def test_a_new_survey_takes_the_place_of_the_old_one(register):
    register.tell(*said.parcel())

    register.tell(*said.parcel(area_m2="6700", surveyed_on="2023-05-01"))

    versions = [(f["version"], f["area_m2"]) for f in register.announced("parcel_registered")]
    assert versions == [(1, "6666.666667"), (2, "6700")]


def test_an_older_survey_that_arrives_late_changes_nothing(register):
    register.tell(*said.parcel(area_m2="6700", surveyed_on="2023-05-01"))

    note = register.tell(*said.parcel(area_m2="9999", surveyed_on="2023-01-10"))

    assert note == LATER_STANDS
    assert parcel(register)["area_m2"] == "6700"
    assert register.names() == ["parcel_registered"]


def test_of_two_reports_of_one_survey_the_later_event_counts(register):
    register.tell(*said.parcel(area_m2="6666"))
    register.tell(*said.parcel(area_m2="6667"))

    assert parcel(register)["area_m2"] == "6667"


def test_a_survey_that_changes_nothing_that_is_announced_announces_nothing(register):
    register.tell(*said.parcel())
    holder = {"name": "an example works", "uscc": "91330604XXXX00019D"}

    register.tell(*said.parcel(right_holder=holder, surveyed_on="2023-05-01"))

    assert parcel(register)["right_holder"] == holder
    assert register.names() == ["parcel_registered"]


def test_codes_of_a_parcel_are_kept_with_their_days(register):
    code = {"kind": "parcel_code", "value": "330604001002GB00017", "valid_from": "2020-01-01"}

    register.tell(*said.parcel(identifiers=[code]))

    assert list(parcel(register)["identifiers"]) == [code]


def test_parcels_are_listed_by_township_and_size(register):
    for number, area in enumerate(["900", "10000", "5000"]):
        register.tell(*said.parcel(parcel_id=f"330604006-{number}", area_m2=area))

    page = register.read(
        "list_parcels", filter={"township": "330604006"}, order="-area_m2", limit=2
    )

    assert [each["area_m2"] for each in page["items"]] == ["10000", "5000"]


@pytest.mark.parametrize(
    ("filter_", "right"),
    [({"state": "relaesed"}, "registered"), ({"state": True}, "registered"), ({"colour": "red"}, "state")],
)  # fmt: skip
def test_a_filter_that_nothing_can_match_is_answered_with_what_could(register, filter_, right):
    with pytest.raises(Invalid, match=right) as refused:
        register.read("list_parcels", filter=filter_)

    assert refused.value.reasons[0].field == f"filter.{next(iter(filter_))}"


# --- soil


def test_the_ecology_desk_records_the_soil(register):
    register.tell(*said.parcel())

    answer = register.call("record_soil", **said.recorded(survey_filed=False))

    assert answer == parcel(register)
    assert answer["soil"]["survey_filed"] is False
    assert answer["soil"]["recorded"]["on"] == "2023-08-20"


def test_soil_of_an_unknown_parcel_cannot_be_recorded(register, refused):
    with refused("NOT_FOUND"):
        register.call("record_soil", **said.recorded())


def test_an_older_record_of_the_soil_is_refused(register, refused):
    register.tell(*said.parcel())
    register.call("record_soil", **said.recorded("2023-08-20"))

    with refused("OLDER_RECORD"):
        register.call("record_soil", **said.recorded("2023-08-19"))


def test_the_record_that_stands_is_not_older_than_itself(register):
    record = Said(on=date(2023, 8, 20), at=datetime(2023, 8, 21, tzinfo=UTC), event_id="record-1")
    known = announced(said.PARCEL).with_soil(Soil(recorded=record))

    assert older_record(known, record) is None
    assert older_record(known, replace(record, on=date(2023, 8, 19)))


def test_a_record_from_the_future_is_refused(register, refused):
    register.tell(*said.parcel())

    with refused("NOT_YET"):
        register.call("record_soil", **said.recorded("2023-09-03"))


@pytest.mark.parametrize(("surveyed_on", "clean"), [("2023-08-19", True), ("2023-08-21", False)])
def test_of_the_townships_and_the_desks_word_on_the_soil_the_later_day_counts(
    register, surveyed_on, clean
):
    register.tell(*said.parcel())
    register.call("record_soil", **said.recorded("2023-08-20"))

    bad = said.soil(on_registry=True)
    register.tell(*said.parcel(soil=bad, surveyed_on=surveyed_on))

    assert parcel(register)["soil"]["on_registry"] is not clean


def test_a_survey_that_does_not_speak_of_the_soil_leaves_it_as_it_was(register):
    register.tell(*said.parcel(soil=said.soil(on_registry=True)))

    register.tell(*said.parcel(surveyed_on="2023-05-01"))

    assert parcel(register)["soil"]["on_registry"] is True
