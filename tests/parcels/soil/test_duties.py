"""What has to be done about the soil of a plot: by which article, by whom, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.parcels.register.parcel import Parcel
from services.parcels.soil.duties import (
    SURVEY_DUTIES,
    Plot,
    due_day,
    open_period,
    period_due,
)
from services.parcels.soil.law import DUTIES
from services.parcels.soil.record import SoilRecord
from services.parcels.soil.reports import ControlStep, RiskControl
from services.parcels.soil.stages import SoilStage
from services.parcels.words import LandUse, Said

from .. import reports as land
from . import reports as soil
from .test_soil import play

LAW = "土壤污染防治法 (2018)"
FIRST = DUTIES.on(date(2023, 8, 1))


def duties(parcels, **asked):
    found = parcels.read("soil_duties", parcel_id=land.PARCEL, **asked)
    return [(each["duty"], each["source"].removeprefix(LAW).strip()) for each in found]


def survey_duties(use, today=date(2023, 9, 1), **more):
    parcel = Parcel(parcel_id=land.PARCEL, township="330604006", **more)
    plot = Plot(parcel=parcel, record=SoilRecord.of(parcel), target_use=use, today=today)
    return [duty.source for rule in SURVEY_DUTIES if (duty := rule(plot))]


# --- a survey, by article


@pytest.mark.parametrize(
    ("now", "use", "key_unit", "articles"),
    [
        ("industrial", "industrial", False, []),
        ("industrial", "commercial", False, []),
        ("industrial", "residential", False, ["art. 59"]),
        ("industrial", "public", False, ["art. 59"]),
        ("residential", "residential", False, []),
        ("industrial", "industrial", True, ["art. 67"]),
        ("industrial", "residential", True, ["art. 59", "art. 67"]),
    ],
)
def test_which_article_asks_for_a_survey(now, use, key_unit, articles):
    found = survey_duties(LandUse(use), land_use=LandUse(now), key_regulated_unit=key_unit)

    assert [source.split(";")[0] for source in found] == [f"{LAW} {each}" for each in articles]


@pytest.mark.parametrize(
    ("today", "asks"),
    [(date(2024, 2, 29), "浙环发〔2021〕21号"), (date(2024, 3, 1), "浙环发〔2024〕47号")],
)
def test_zhejiang_calls_a_plot_that_changes_to_sensitive_use_class_a(today, asks):
    (source,) = survey_duties(LandUse.PUBLIC, today, land_use=LandUse.INDUSTRIAL)

    assert asks in source


def test_a_survey_that_was_reviewed_is_done_and_stays_in_the_list(parcels):
    parcels.report(*land.survey())
    play(parcels, soil.survey())

    (duty,) = parcels.read("soil_duties", parcel_id=land.PARCEL, target_use="residential")

    assert (duty["duty"], duty["done"], duty["responsible"]) == ("survey", True, "right_holder")


def test_an_old_survey_and_one_by_the_limits_of_other_land_are_warnings(parcels):
    parcels.report(*land.survey(planned_use="residential"))
    lead = {"medium": "soil", "substance": "lead", "exceeded": False}

    def warned(**more):
        play(parcels, soil.survey(**more))
        (duty,) = parcels.read("soil_duties", parcel_id=land.PARCEL)
        assert duty["done"] is True
        return " ".join(duty["warnings"])

    assert warned(findings=[lead | {"standard": "gb36600_class_1"}]) == ""
    assert "class 2" in warned(findings=[lead | {"standard": "gb36600_class_2"}])
    assert "more than 3 years ago" in warned(surveyed_to="2019-04-30")


def test_a_survey_of_a_key_unit_is_done_when_it_was_filed(parcels):
    parcels.report(*land.survey(key_regulated_unit=True))
    play(parcels, soil.survey(filed_on=None))
    assert [each["done"] for each in parcels.read("soil_duties", parcel_id=land.PARCEL)] == [False]

    play(parcels, soil.survey())
    assert [each["done"] for each in parcels.read("soil_duties", parcel_id=land.PARCEL)] == [True]


def test_without_a_target_use_the_planned_use_is_asked_about(parcels):
    parcels.report(*land.survey(planned_use="public"))

    (duty,) = duties(parcels)
    assert duty[0] == "survey"
    assert duties(parcels, target_use="industrial") == []


# --- what each stage asks for


@pytest.mark.parametrize(
    ("steps", "asked"),
    [
        (1, [("survey", "art. 59")]),
        (2, [("risk_assessment", "art. 60")]),
        (3, []),
        (4, [("measures", "arts. 62, 64")]),
        (5, [("periodic_report", "art. 62"), ("effect_assessment", "art. 65")]),
        (6, [("effect_assessment", "art. 65")]),
        (7, [("removal_application", "art. 66")]),
        (8, []),
        (9, []),
    ],
)
def test_each_stage_asks_for_its_next_step(parcels, steps, asked):
    parcels.report(*land.survey())

    play(parcels, *soil.whole_way()[:steps])

    assert duties(parcels) == asked


def test_a_suspected_plot_is_surveyed(parcels):
    parcels.report(*land.survey())
    suspicion = {"parcel_id": land.PARCEL, "soil_report_id": "YS-1", "suspicion": "old works"}

    parcels.report("soil.suspected", suspicion | {"suspected_on": "2023-05-01"})

    assert duties(parcels) == [("survey", "art. 59")]


def test_after_care_names_its_conditions(parcels):
    parcels.report(*land.survey())
    granted = soil.removal("granted", "2023-08-10", after_care_conditions=["no wells"])

    play(parcels, *soil.whole_way()[:8], granted)

    (duty,) = parcels.read("soil_duties", parcel_id=land.PARCEL)
    assert (duty["duty"], list(duty["after_care_conditions"])) == ("after_care", ["no wells"])


@pytest.mark.parametrize(
    ("liable", "recovered", "responsible"),
    [
        (None, False, "right_holder"),
        ({"name": "a former works"}, False, "liable_party"),
        (None, True, "local_government"),
        ({"name": "a former works"}, True, "local_government"),
    ],
)
def test_the_liable_party_acts_else_the_right_holder_and_after_recovery_the_government(
    parcels, liable, recovered, responsible
):
    way = "land_reserve" if recovered else "vacate_relocate"
    for step in land.whole_case(way):
        parcels.report(*step)

    play(parcels, *soil.detailed(), soil.risk(liable_party=liable), soil.notice())

    (duty,) = parcels.read("soil_duties", parcel_id=land.PARCEL)
    assert (duty["duty"], duty["responsible"]) == ("measures", responsible)


# --- periodic reports (art. 62)


def controlled(*reported, since=date(2023, 7, 20)):
    """A plot under risk control, with the days of its periodic reports."""
    at = datetime(2023, 9, 1, tzinfo=UTC)
    reports = [
        RiskControl(
            soil_report_id=str(day),
            said=Said(on=day, at=at, event_id=str(day)),
            control_step=ControlStep.REPORTED if day in reported else ControlStep.STARTED,
        )
        for day in (since, *reported)
    ]
    return SoilRecord(
        parcel_id=land.PARCEL,
        township="330604006",
        stage=SoilStage.RISK_CONTROL,
        since=since,
        risk_controls=tuple(reports),
    )


@pytest.mark.parametrize(
    ("reported", "period", "due_on"),
    [
        ([], 1, date(2024, 7, 20)),
        ([date(2023, 8, 1)], 2, date(2025, 7, 20)),
        ([date(2024, 7, 20)], 2, date(2025, 7, 20)),
        ([date(2024, 7, 21)], 3, date(2026, 7, 20)),
        ([date(2023, 7, 20)], 1, date(2024, 7, 20)),
    ],
)
def test_a_report_is_due_by_the_end_of_the_first_period_without_one(reported, period, due_on):
    record = controlled(*reported)

    assert open_period(record, FIRST) == period
    assert due_day(record, period, FIRST) == due_on


@pytest.mark.parametrize(
    ("today", "reported", "period"),
    [
        (date(2024, 6, 19), [], None),
        (date(2024, 6, 20), [], 1),
        (date(2025, 6, 19), [], 1),
        (date(2025, 6, 20), [], 2),
        (date(2024, 6, 20), [date(2024, 6, 1)], None),
        (date(2025, 6, 20), [date(2024, 6, 1)], 2),
        (date(2024, 7, 25), [date(2024, 7, 21)], None),
    ],
)
def test_a_report_is_asked_for_thirty_days_before_the_end_of_its_period(today, reported, period):
    assert period_due(controlled(*reported), today, FIRST) == period


def test_no_report_is_due_of_a_plot_whose_risk_is_not_controlled():
    assert period_due(SoilRecord.of(Parcel.unknown(land.PARCEL)), date(2030, 1, 1), FIRST) is None


def test_a_control_that_goes_on_after_a_failed_assessment_is_reported_from_then_on(parcels):
    now = datetime(2024, 7, 11, 4, tzinfo=UTC)
    parcels.clock = lambda: now
    parcels.report(*land.survey())
    failed = soil.effect(False, "2023-08-10")

    play(parcels, *soil.whole_way()[:5], soil.effect(True, "2023-08-01"), failed)
    parcels.tick("announce_soil_reports_due")

    (fact,) = parcels.facts_named("soil_report_due")
    assert (fact["soil_report_id"], fact["due_on"]) == ("GK-started-2023-07-20", "2024-08-10")


def test_the_clock_announces_each_due_report_once_until_it_is_there(parcels):
    now = datetime(2024, 6, 19, 4, tzinfo=UTC)
    parcels.clock = lambda: now
    parcels.report(*land.survey())
    play(parcels, *soil.whole_way()[:5])

    told = []
    for each in ("2024-06-19", "2024-06-20", "2024-06-21", "2025-06-20", "2026-06-20"):
        now = datetime.fromisoformat(f"{each}T12:00:00+08:00")
        if each == "2026-06-20":
            play(parcels, soil.control("reported", "2026-06-19"))
        parcels.tick("announce_soil_reports_due")
        told.append([fact["period"] for fact in parcels.facts_named("soil_report_due")])

    assert told == [[], [1], [1], [1, 2], [1, 2]]
    assert parcels.facts_named("soil_report_due")[0] == {
        "parcel_id": land.PARCEL,
        "township": "330604006",
        "soil_report_id": "GK-started-2023-07-20",
        "period": 1,
        "due_on": "2024-07-20",
    }
