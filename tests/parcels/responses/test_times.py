"""How long a township's reports of land took, and which wait for what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from .. import reports
from ..carriers import reports as floor
from ..reports import CASE, XIAOYUE

NINE = datetime(2023, 9, 1, 1, 0, tzinfo=UTC)  # nine in the park


def hear(parcels, given, sent, received):
    """The township sent it at that moment, and it is heard at this one."""
    parcels.clock = lambda: received
    type_, data = given
    name = f"{type_}-{sent.isoformat()}"
    return parcels.hear("township", type_, data, publisher=XIAOYUE, id=name, time=sent).or_raise()


def times(parcels, township=XIAOYUE, **asked):
    return parcels.read("report_times", township=township, **asked)


def minutes(number):
    return NINE + timedelta(minutes=number)


def test_the_time_from_sending_to_receipt_is_told_of_each_report_once(parcels):
    hear(parcels, reports.survey(), NINE, minutes(1))
    hear(parcels, reports.identified(), minutes(1), minutes(4))

    found = times(parcels)

    assert (found["reports_found"], found["sent_unknown"], found["waiting_found"]) == (2, 0, 0)
    spread = {"counted": 2, "median_s": 60, "most_s": 180, "longest_s": 180}
    assert (found["to_receipt"], found["to_effect"]) == (spread, spread)


def test_a_report_that_waited_has_its_effect_with_the_one_it_waited_for(parcels):
    hear(parcels, reports.survey(), NINE, NINE)
    waits = hear(parcels, reports.planned(), NINE, minutes(1))
    before = times(parcels)
    hear(parcels, reports.identified(), minutes(60), minutes(60))
    hear(parcels, reports.approved(), minutes(90), minutes(90))
    after = times(parcels)

    assert waits.note == "waits for its identification"
    assert [
        (each["report"], each["thing_id"], each["waiting_s"], each["waits_for"])
        for each in before["waiting"]
    ] == [("remediation.planned", CASE, 60, "waits for its identification")]
    assert (before["to_receipt"]["counted"], before["to_effect"]["counted"]) == (2, 1)
    assert after["waiting"] == []
    assert after["to_receipt"]["longest_s"] == 60
    assert after["to_effect"]["longest_s"] == 3600


@pytest.mark.parametrize(
    ("given", "report", "waits_for"),
    [
        (
            reports.identified(),
            "remediation.identified",
            "waits for the registration of its parcel",
        ),
        (floor.lease(), "carrier.unit_leased", "waits for the report of its unit"),
        (
            (
                "soil.suspected",
                {
                    "parcel_id": reports.PARCEL,
                    "soil_report_id": "S-1",
                    "suspected_on": "2023-08-20",
                    "suspicion": "a smell",
                },
            ),
            "soil: suspicions",
            "waits for the registration of its parcel",
        ),
    ],
)
def test_what_a_report_waits_for_is_what_its_receipt_says(parcels, given, report, waits_for):
    heard = hear(parcels, given, NINE, NINE)

    [found] = times(parcels)["waiting"]

    assert (found["report"], found["waits_for"]) == (report, waits_for)
    assert waits_for.removeprefix("waits") in (heard.note or "")


def test_a_turn_that_finds_nothing_to_turn_waits(parcels):
    hear(parcels, reports.survey(), NINE, NINE)
    hear(parcels, reports.identified(), NINE, NINE)
    hear(parcels, reports.turn("resumed", "2023-08-20"), NINE, NINE)

    assert [each["report"] for each in times(parcels)["waiting"]] == ["remediation.resumed"]


def test_what_will_never_have_an_effect_does_not_wait(parcels):
    cancelled = reports.turn("cancelled", "2023-08-10")
    chain = [reports.survey(), reports.identified(), reports.planned(), reports.approved()]
    for each in (*chain, cancelled):
        hear(parcels, each, NINE, NINE)
    heard = hear(parcels, reports.completed(completed_on="2023-08-20"), NINE, NINE)

    assert heard.note == "the case was cancelled before that day; this has no effect"
    assert times(parcels)["waiting"] == []


def test_soil_of_a_registered_parcel_and_a_lease_of_a_reported_unit_do_not_wait(parcels):
    suspected = {"soil_report_id": "S-1", "suspected_on": "2023-08-20", "suspicion": "a smell"}
    for each in (
        reports.survey(),
        ("soil.suspected", {"parcel_id": reports.PARCEL} | suspected),
        *floor.whole_park(),
        floor.lease(),
    ):
        hear(parcels, each, NINE, NINE)

    assert times(parcels)["waiting"] == []


def test_those_that_wait_longest_are_named_first(parcels):
    hear(parcels, reports.survey(), NINE, NINE)
    hear(parcels, reports.approved(), minutes(5), minutes(6))
    hear(parcels, reports.planned(), minutes(1), minutes(7))

    found = times(parcels, most_waiting=1)

    assert found["waiting_found"] == 2
    assert [each["report"] for each in found["waiting"]] == ["remediation.planned"]


def test_another_township_and_what_was_received_before_do_not_count(parcels):
    hear(parcels, reports.survey(), NINE - timedelta(days=40), NINE - timedelta(days=40))
    hear(parcels, reports.identified(), NINE, NINE)

    assert times(parcels)["reports_found"] == 1
    assert times(parcels, since="2023-07-01T00:00:00+08:00")["reports_found"] == 2
    assert times(parcels, township="330604001")["reports_found"] == 0


def test_what_the_desk_enters_is_no_report_of_the_township(parcels):
    hear(parcels, reports.survey(), NINE, NINE)
    parcels.call("record_soil", **reports.soil_record())

    assert times(parcels)["reports_found"] == 1
