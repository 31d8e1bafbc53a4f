"""Townships report the building on a plot; the plot becomes idle by the clock, and is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid
from services.parcels.register.parcel import Parcel, ParcelState
from services.parcels.screening.construction import Construction
from services.parcels.screening.plot import Plot
from services.parcels.words import Said

from .. import reports
from ..conftest import NOON, Parcels
from ..reports import PARCEL, event
from . import plots


def construction(**more):
    given = {"parcel_id": PARCEL, "agreed_start_on": "2022-09-01", "reported_on": "2023-07-31"}
    return "construction.reported", given | more


@pytest.fixture
def clock(parcels):
    """Let so many days pass."""

    def wait(days):
        parcels.clock = lambda: NOON + timedelta(days=days)
        parcels.tick("move_idle_clocks")

    return wait


def found(parcels):
    return parcels.facts_named("idle_land_found", "idle_land_ended")


def standing(parcels, **on):
    return parcels.read("idle_standing", parcel_id=PARCEL, **on)


def test_a_plot_becomes_idle_without_any_report_and_is_told_once(parcels, clock):
    parcels.report(*reports.survey())
    parcels.report(*construction(land_price_cny="1000000"))  # today is the last day of its year

    clock(0)
    assert found(parcels) == []
    clock(1)
    clock(2)
    told = found(parcels)
    assert len(told) == 1
    assert told[0] | {"consequences": ...} == {
        "parcel_id": PARCEL,
        "township": reports.XIAOYUE,
        "idle_standing": "idle_1y",
        "idle_since_on": "2023-09-02",
        "found_on": "2023-09-02",
        "investigate_by_on": "2023-10-02",
        "consequences": ...,
        "change_no": 1,
    }
    assert [why["code"] for why in told[0]["consequences"]] == ["IDLE_INVESTIGATION", "IDLE_FEE"]
    assert "200000 yuan" in told[0]["consequences"][1]["sentence"]


def test_after_another_year_it_may_be_taken_back(parcels, clock):
    parcels.report(*reports.survey())
    parcels.report(*construction())

    clock(1)
    clock(366)
    clock(367)
    clock(368)

    told = found(parcels)
    assert [each["idle_standing"] for each in told] == ["idle_1y", "idle_2y"]
    assert [each["idle_since_on"] for each in told] == ["2023-09-02", "2024-09-02"]
    assert {each["investigate_by_on"] for each in told} == {"2023-10-02"}
    assert parcels.read("get_plot", parcel_id=PARCEL)["idle_moves_on"] is None


def test_the_land_desk_asks_for_any_day(parcels):
    parcels.report(*reports.survey())
    parcels.report(*construction())

    assert standing(parcels)["idle_standing"] == "idle_no"
    assert standing(parcels)["idle_moves_on"] == "2023-09-02"
    later = standing(parcels, on="2024-09-02")
    assert later["idle_standing"] == "idle_2y"
    assert later["idle_since_on"] == "2024-09-02"
    assert later["idle_moves_on"] is None
    assert [why["code"] for why in later["consequences"]] == [
        "IDLE_INVESTIGATION",
        "IDLE_TAKE_BACK",
    ]
    assert later["investigate_by_on"] is None  # it was not found yet


def test_a_report_that_it_was_begun_ends_it(parcels):
    parcels.report(*reports.survey())
    parcels.report(*construction(agreed_start_on="2022-01-01"))
    parcels.report(*construction(started_on="2023-08-01", reported_on="2023-08-01"))

    assert found(parcels)[-1] == {
        "parcel_id": PARCEL,
        "township": reports.XIAOYUE,
        "previous_idle_standing": "idle_1y",
        "change_no": 2,
    }
    listed = parcels.read("list_plots", filter={"idle_standing": "idle_no"})
    assert [plot["parcel_id"] for plot in listed["items"]] == [PARCEL]


def test_an_older_report_that_comes_late_changes_nothing(parcels):
    parcels.report(*reports.survey())
    parcels.report(*construction(started_on="2023-08-01", reported_on="2023-08-01"))

    note = parcels.report(*construction(agreed_start_on="2020-01-01"))

    assert note == "a later report stands"
    assert found(parcels) == []


def test_a_plot_that_was_never_surveyed_is_not_called_idle(parcels, clock):
    note = parcels.report(*construction(agreed_start_on="2022-01-01"))
    clock(1)

    assert note == "waits for the registration of its parcel"
    assert found(parcels) == []
    parcels.report(*reports.survey())
    assert [each["idle_standing"] for each in found(parcels)] == ["idle_1y"]


def test_exactly_a_quarter_of_the_investment_is_enough(parcels):
    parcels.report(*reports.survey())
    stopped = {"started_on": "2021-01-01", "stopped_on": "2022-01-01"}
    area = {"begun_m2": "1000", "of_m2": "3000"}
    parcels.report(*construction(**stopped, area_begun=area, share_of_investment_paid="0.25"))
    assert standing(parcels)["idle_standing"] == "idle_no"

    paid = {"paid_cny": "2499999.99", "of_cny": "10000000"}
    parcels.report(*construction(**stopped, share_of_area_begun="0.5", investment_paid=paid))
    assert standing(parcels)["idle_standing"] == "idle_stopped"


def test_a_share_of_nothing_is_a_share(parcels):
    parcels.report(*reports.survey())
    stopped = {"started_on": "2021-01-01", "stopped_on": "2022-01-01"}
    parcels.report(*construction(**stopped, share_of_area_begun=0))

    assert standing(parcels)["idle_standing"] == "idle_stopped"


def test_the_exact_figures_stand_before_a_share(parcels):
    parcels.report(*reports.survey())
    area = {"begun_m2": "1000", "of_m2": "3000"}
    parcels.report(*construction(area_begun=area, share_of_area_begun="0.33"))

    plot = parcels.read("get_plot", parcel_id=PARCEL)
    assert plot["construction"]["area_begun"] == {"part": "1000", "whole": "3000"}


THIRD = {"begun_m2": "1000", "of_m2": "3000"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"area_begun": THIRD, "share_of_area_begun": "0.33"}, ""),
        ({"area_begun": THIRD, "share_of_area_begun": "0.3333"}, ""),
        ({"area_begun": THIRD, "share_of_area_begun": "0.34"}, "share_of_area_begun says 0.34"),
        ({"area_begun": THIRD, "share_of_area_begun": 0}, "the figures come to 0.3333"),
        ({"share_of_area_begun": "0.5"}, ""),
        (
            {"investment_paid": {"paid_cny": "3", "of_cny": "2"}, "share_of_investment_paid": "1"},
            "share_of_investment_paid says 1, the figures come to 1.5000",
        ),
        ({"area_begun": {"begun_m2": "1", "of_m2": "6673.333334"}}, ""),
        (
            {"area_begun": {"begun_m2": "1", "of_m2": "6673.333335"}},
            "the parcel has 6666.666667 m²",
        ),
    ],
)
def test_a_share_that_contradicts_the_figures_or_the_parcel_is_said_in_the_receipt(
    parcels, more, said
):
    parcels.report(*reports.survey())

    note = parcels.report(*construction(**more))

    assert said in (note or "")
    assert bool(note) is bool(said)


def test_a_share_is_no_more_than_the_whole(parcels):
    with pytest.raises(Invalid) as caught:
        parcels.report(*construction(share_of_area_begun="1.01"))

    assert [reason.field for reason in caught.value.reasons] == ["data.share_of_area_begun"]


def test_reasons_of_the_government_stop_the_clock(parcels):
    parcels.report(*reports.survey())
    reason = {"reason": "relocation of a power line", "from": "2023-01-01"}
    parcels.report(*construction(agreed_start_on="2022-08-01", government_reasons=[reason]))
    assert standing(parcels, on="2029-01-01")["idle_standing"] == "idle_no"

    over = reason | {"to": "2023-01-31"}
    parcels.report(*construction(agreed_start_on="2022-08-01", government_reasons=[over]))
    assert standing(parcels)["idle_moves_on"] == "2023-09-02"


def test_a_parcel_that_was_split_is_idle_no_more():
    said = Said(on=date(2023, 7, 31), at=NOON, event_id="e")
    report = Construction(agreed_start_on=date(2022, 1, 1), reported=said)
    plot = Plot.unknown(PARCEL).with_construction(report)
    parcel = Parcel.unknown(PARCEL)

    idle = plot.on(date(2023, 9, 1), replace(parcel, state=ParcelState.REGISTERED))
    split = idle.on(date(2023, 9, 1), replace(parcel, state=ParcelState.SPLIT))

    assert (idle.idle_standing, idle.clock_runs, idle.idle_change_no) == ("idle_1y", True, 1)
    assert (split.idle_standing, split.clock_runs, split.idle_change_no) == ("idle_no", False, 2)
    assert (split.idle_since_on, split.idle_found_on) == (None, None)


def test_what_cannot_be_is_refused(parcels, refused):
    with refused("DAY_AFTER_REPORT"):
        parcels.report(*construction(started_on="2023-08-01"))
    with refused("STOPPED_BEFORE_START"):
        parcels.report(*construction(stopped_on="2023-07-01"))
    with refused("STOPPED_BEFORE_START"):
        parcels.report(*construction(started_on="2023-07-02", stopped_on="2023-07-01"))
    with refused("COMPLETED_BEFORE_START"):
        parcels.report(*construction(started_on="2023-07-02", completed_on="2023-07-01"))
    with refused("MORE_BEGUN_THAN_THERE_IS"):
        parcels.report(*construction(area_begun={"begun_m2": "10.01", "of_m2": "10"}))
    with refused("NOT_YET"):
        parcels.report(*construction(reported_on="2023-09-03"))
    with refused("INVALID"):
        reason = {"reason": "r", "from": "2023-02-01", "to": "2023-01-31"}
        parcels.report(*construction(government_reasons=[reason]))
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*construction(), township="330604105")
    parcels.report(*construction(started_on="2023-07-31", stopped_on="2023-07-31"))
    parcels.report(*construction(started_on="2023-07-31", completed_on="2023-07-31"))
    parcels.report(*construction(area_begun={"begun_m2": "10", "of_m2": "10"}))


def test_a_tick_moves_the_first_day_first(parcels, clock):
    for number in range(3):
        parcel_id = f"{reports.XIAOYUE}-{number}"
        parcels.report(*reports.survey(parcel_id=parcel_id))
        agreed = f"2022-09-0{3 - number}"
        parcels.report(*construction(parcel_id=parcel_id, agreed_start_on=agreed))

    clock(2)

    assert [each["parcel_id"][-1] for each in found(parcels)] == ["2", "1"]


REPORTS = [
    event(type_, data, number)
    for number, (type_, data) in enumerate(
        [
            reports.survey(),
            construction(agreed_start_on="2020-01-01", reported_on="2023-05-31"),
            construction(agreed_start_on="2021-01-01", reported_on="2023-06-30"),
            construction(agreed_start_on="2021-06-01"),
            reports.survey(surveyed_on="2023-02-01", area_mu="12"),
        ]
    )
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(REPORTS * 2))
def test_in_whatever_order_they_come_the_plot_ends_the_same(events):
    parcels = Parcels()
    for each in events:
        parcels.forget()
        parcels.handle(each)

    plot = parcels.read("get_plot", parcel_id=PARCEL)
    assert (plot["idle_standing"], plot["idle_since_on"]) == ("idle_2y", "2023-06-02")
    assert plot["construction"]["reported"]["on"] == "2023-07-31"
    assert found(parcels)[-1]["change_no"] == len(found(parcels)) == plot["idle_change_no"]
    assert datetime.fromisoformat(plot["idle_found_on"]).date() == NOON.date()


def test_a_report_about_a_parcel_that_is_gone_says_which_one_is_meant(parcels):
    parcels.report(*reports.survey())
    parts = [
        {"parcel_id": f"{PARCEL}-1", "area_m2": "2000"},
        {"parcel_id": f"{PARCEL}-2", "area_m2": "4666.666667"},
    ]
    parcels.call("split_parcel", parcel_id=PARCEL, children=parts, split_on="2023-08-15")

    for report in (construction(), plots.verified()):
        note = parcels.report(*report)
        assert note.startswith("this has no effect: The parcel was split into")
        assert f"{PARCEL}-1, {PARCEL}-2" in note
