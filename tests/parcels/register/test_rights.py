"""The use right of a parcel, who holds it, and the mortgages and seizures that lie on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.rules import broken
from services.parcels.register.parcel import NEVER
from services.parcels.register.rights.rights import (
    RIGHTS_LAW,
    Encumbrance,
    EncumbranceKind,
    Encumbrances,
    RightType,
    UseRight,
)
from services.parcels.register.rights.rules import (
    RIGHT_DOUBTS,
    RIGHT_RULES,
    ReportedRight,
    day_after_term,
)
from services.parcels.words import LandUse

from .. import reports
from ..conftest import NOON, Parcels
from ..reports import CASE, PARCEL, event

SEIZED = {"kind": "seizure", "from_on": "2023-03-01", "document_number": "2023-12"}
MORTGAGED = {"kind": "mortgage", "from_on": "2020-03-01", "creditor_kind": "bank"}


def parcel(parcels):
    return parcels.read("get_parcel", parcel_id=PARCEL)


def right(right_type="grant", **more):
    return {"right_type": right_type, **more}


def holders(*shares):
    found = [{"name": f"works {number}", "share": each} for number, each in enumerate(shares)]
    return right(holders=found)


# --- the right and its term


def test_a_use_right_is_kept_as_it_was_reported(parcels):
    told = right(term_years=50, starts_on="2010-06-01", ends_on="2060-05-31")

    assert parcels.report(*reports.survey(use_right=told)) is None

    kept = parcel(parcels)["use_right"]
    assert {name: kept[name] for name in told} == told


def test_a_survey_that_does_not_speak_of_the_right_leaves_it_as_it_was(parcels):
    parcels.report(*reports.survey(use_right=right(), encumbrances=[SEIZED]))

    parcels.report(*reports.survey(surveyed_on="2023-05-01"))

    assert parcel(parcels)["use_right"]["right_type"] == "grant"
    assert len(parcel(parcels)["encumbrances"]["entries"]) == 1


@pytest.mark.parametrize(
    ("use", "years", "too_long"),
    [
        ("industrial", 50, False),
        ("industrial", 51, True),
        ("warehouse", 50, False),
        ("warehouse", 51, True),
        ("residential", 70, False),
        ("residential", 71, True),
        ("public", 51, True),
        ("commercial", 40, False),
        ("commercial", 41, True),
    ],
)
def test_a_grant_lasts_no_longer_than_the_law_allows_for_its_use(
    parcels, refused, use, years, too_long
):
    report = reports.survey(land_use=use, use_right=right(term_years=years))

    if too_long:
        with refused("TERM_TOO_LONG"):
            parcels.report(*report)
    else:
        assert parcels.report(*report) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "too_long"),
    [
        ("2005-06-01", "2055-05-31", False),
        ("2005-06-01", "2055-06-01", True),
        ("2004-02-29", "2054-02-28", False),
        ("2004-02-29", "2054-03-01", True),
    ],
)
def test_the_days_of_a_grant_are_held_to_the_law_too(
    parcels, refused, starts_on, ends_on, too_long
):
    report = reports.survey(use_right=right(starts_on=starts_on, ends_on=ends_on))

    if too_long:
        with refused("TERM_TOO_LONG"):
            parcels.report(*report)
    else:
        assert parcels.report(*report) is None


def test_fifty_years_from_the_last_centuries_end_with_the_calendar():
    assert day_after_term(date(9990, 1, 1), 50) == date.max


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (right("lease", term_years=51), "TERM_TOO_LONG"),
        (right("lease", term_years=20), None),
        (right("allocation", term_years=50), "ALLOCATION_WITH_TERM"),
        (right("allocation", ends_on="2050-01-01"), "ALLOCATION_WITH_TERM"),
        (right("allocation", starts_on="2000-01-01"), None),
        (right(term_years=30, starts_on="2010-06-01", ends_on="2060-05-31"), "TERM_DOES_NOT_FIT"),
        (right(term_years=49, starts_on="2010-06-01", ends_on="2060-05-31"), None),
        (right(term_years=48, starts_on="2010-06-01", ends_on="2060-05-31"), "TERM_DOES_NOT_FIT"),
    ],
)
def test_what_no_source_bars_is_accepted_and_noted(parcels, told, code):
    note = parcels.report(*reports.survey(use_right=told))

    assert (note is None) is (code is None)
    assert doubts(told) == ([code] if code else [])


def doubts(told):
    days = {
        name: date.fromisoformat(told[name]) for name in ("starts_on", "ends_on") if name in told
    }
    kept = {**told, **days, "right_type": RightType(told["right_type"])}
    reported = ReportedRight(
        right=UseRight(**kept, recorded=NEVER),
        land_use=LandUse.INDUSTRIAL,
        law=RIGHTS_LAW.on(date(2023, 8, 1)),
    )
    assert broken(RIGHT_RULES, reported) == ()
    return [reason.code for reason in broken(RIGHT_DOUBTS, reported)]


# --- who holds it


@pytest.mark.parametrize(
    ("shares", "fits"),
    [
        (["1"], True),
        (["0.6", "0.4"], True),
        (["0.333333", "0.333333", "0.333333"], True),
        (["0.6", "0.399998"], True),
        (["0.6", "0.399997"], False),
        (["0.6", "0.5"], False),
        ([None, None], True),
        (["0.5", None], False),
    ],
)
def test_shares_are_all_given_and_sum_to_one_or_none_is(parcels, refused, shares, fits):
    report = reports.survey(use_right=holders(*shares))

    if fits:
        parcels.report(*report)
        assert [each["share"] for each in parcel(parcels)["use_right"]["holders"]] == shares
    else:
        with refused("INVALID"):
            parcels.report(*report)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("浙江某某机械有限公司", True),
        ("上海高等教育服务公司", True),
        ("甲公司、乙公司", False),
        ("甲公司等", False),
        ("王某等3人", False),
        ("王某等三户", False),
    ],
)
def test_several_holders_in_one_name_are_refused(parcels, refused, name, fits):
    report = reports.survey(use_right=right(holders=[{"name": name}]))

    if fits:
        parcels.report(*report)
    else:
        with refused("INVALID"):
            parcels.report(*report)


def test_the_holder_of_an_older_report_is_still_the_holder(parcels):
    parcels.report(*reports.survey(right_holder={"name": "an example works"}))

    page = parcels.read("resolve_code", code=PARCEL)

    assert page["holders"] == [{"name": "an example works", "uscc": None, "share": None}]


# --- what lies on the land


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "seizure", "from_on": "2023-03-01"},
        {"kind": "mortgage", "from_on": "2023-03-01"},
        {"kind": "mortgage", "from_on": "2023-03-01", "document_number": "2023-12"},
        SEIZED | {"to_on": "2023-02-28"},
        SEIZED | {"kind": "rumour"},
    ],
)
def test_what_lies_on_land_has_its_ground_and_its_days(parcels, refused, entry):
    with refused("INVALID"):
        parcels.report(*reports.survey(encumbrances=[entry]))


def vacated(parcels, **survey):
    for report in [reports.survey(**survey), *reports.whole_case()[1:]]:
        parcels.report(*report)


def release(parcels):
    found = parcels.read("release_standing", parcel_id=PARCEL, case_id=CASE)
    return found["state"], [reason["code"] for reason in found["reasons"]]


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (SEIZED, ["LAND_SEIZED"]),
        (SEIZED | {"to_on": "2023-09-01"}, ["LAND_SEIZED"]),
        (SEIZED | {"to_on": "2023-08-31"}, []),
        (SEIZED | {"from_on": "2023-09-01"}, ["LAND_SEIZED"]),
        (SEIZED | {"from_on": "2023-09-02"}, []),
        (MORTGAGED, ["LAND_MORTGAGED"]),
        (MORTGAGED | {"to_on": "2023-08-31"}, []),
    ],
)
def test_land_that_is_seized_or_mortgaged_today_is_not_released(parcels, entry, codes):
    vacated(parcels, encumbrances=[entry])

    assert release(parcels) == ("blocked" if codes else "released", codes)


def test_the_registry_desk_records_a_seizure_and_the_release_is_taken_back(parcels):
    vacated(parcels)

    answer = parcels.call(
        "record_encumbrances", parcel_id=PARCEL, encumbrances=[SEIZED], recorded_on="2023-08-20"
    )

    assert answer["encumbrances"]["entries"][0]["document_number"] == "2023-12"
    assert release(parcels) == ("revoked", ["LAND_SEIZED"])


def test_when_nothing_lies_on_the_land_any_more_it_is_released(parcels):
    vacated(parcels, encumbrances=[SEIZED])

    parcels.call("record_encumbrances", parcel_id=PARCEL, encumbrances=[], recorded_on="2023-08-20")

    assert release(parcels) == ("released", [])


def test_an_older_record_of_the_registry_desk_is_refused(parcels, refused):
    vacated(parcels, encumbrances=[SEIZED], surveyed_on="2023-05-01")

    with refused("OLDER_RECORD"):
        parcels.call(
            "record_encumbrances", parcel_id=PARCEL, encumbrances=[], recorded_on="2023-04-30"
        )


def test_a_record_of_the_registry_desk_from_the_future_is_refused(parcels, refused):
    vacated(parcels)

    with refused("NOT_YET"):
        parcels.call(
            "record_encumbrances", parcel_id=PARCEL, encumbrances=[], recorded_on="2023-09-03"
        )


def test_the_day_on_which_a_seizure_ends_releases_the_land_without_a_report(parcels):
    now = [NOON]
    parcels.clock = lambda: now[0]
    vacated(parcels, encumbrances=[SEIZED | {"to_on": "2023-09-10"}])
    parcels.tick("look_at_encumbrances")
    assert release(parcels)[0] == "blocked"

    now[0] = datetime(2023, 9, 10, 15, 59, tzinfo=UTC)  # a minute to midnight in the park
    parcels.tick("look_at_encumbrances")
    assert release(parcels)[0] == "blocked"

    now[0] += timedelta(minutes=15)
    parcels.tick("look_at_encumbrances")
    assert release(parcels) == ("released", [])
    assert parcels.fact_names[-1] == "land_released"

    now[0] += timedelta(days=1)
    parcels.tick("look_at_encumbrances")  # nothing more is due
    assert parcels.fact_names.count("land_released") == 1


def test_the_next_day_on_which_something_changes_is_known():
    entries = (
        Encumbrance(
            kind=EncumbranceKind.MORTGAGE, from_on=date(2023, 1, 1), to_on=date(2023, 6, 30)
        ),
        Encumbrance(kind=EncumbranceKind.SEIZURE, from_on=date(2023, 3, 1)),
    )
    held = Encumbrances(entries=entries, recorded=NEVER)

    days = [
        date(2022, 12, 31),
        date(2023, 1, 1),
        date(2023, 3, 1),
        date(2023, 6, 30),
        date(2023, 7, 1),
    ]
    assert [held.next_change(day) for day in days] == [
        date(2023, 1, 1),
        date(2023, 3, 1),
        date(2023, 7, 1),
        date(2023, 7, 1),
        None,
    ]


# --- in any order

SURVEYS = [
    reports.survey(encumbrances=[SEIZED], use_right=right("lease")),
    reports.survey(encumbrances=[], surveyed_on="2023-04-01"),
    reports.survey(use_right=right("grant"), surveyed_on="2023-03-01"),
    reports.survey(encumbrances=[MORTGAGED], surveyed_on="2023-05-01"),
    *reports.whole_case()[1:],
]
EVENTS = [event(*each, number) for number, each in enumerate(SURVEYS)]


@settings(max_examples=40, deadline=None)
@given(st.permutations(EVENTS))
def test_whichever_report_came_first_the_right_and_what_lies_on_the_land_are_the_same(order):
    parcels = Parcels()
    for each in order:
        parcels.handle(each)

    found = parcel(parcels)
    assert found["use_right"]["right_type"] == "grant"
    assert [each["kind"] for each in found["encumbrances"]["entries"]] == ["mortgage"]
    assert release(parcels)[1] == ["LAND_MORTGAGED"]
