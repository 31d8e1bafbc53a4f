"""What the desk records of the soil of a plot, and what the gates make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backbone.errors import Invalid, Refused
from services.parcels.register.parcel import Parcel, Soil
from services.parcels.soil.record import SoilRecord
from services.parcels.words import Said

from .. import reports as land
from . import reports as soil

PARCEL = land.PARCEL


def play(parcels, *calls):
    return [parcels.call(method, **arguments) for method, arguments in calls]


def record(parcels):
    return parcels.read("get_soil", parcel_id=PARCEL)


def answers(parcels):
    """What the gates ask: on the registry, reviewed, filed, case open."""
    found = parcels.read("get_parcel", parcel_id=PARCEL)["soil"]
    return [found[name] for name in ("on_registry", "survey_reviewed", "survey_filed", "case_open")]


def evidence(parcels):
    return list(parcels.read("get_parcel", parcel_id=PARCEL)["soil"]["evidence_ids"])


def releases(parcels):
    names = ("land_released", "release_blocked", "release_revoked")
    return [
        (name, data["release_no"], [reason["code"] for reason in data.get("reasons", [])])
        for name, data in parcels.facts
        if name in names
    ]


@pytest.fixture
def known(parcels):
    """The plot is on the register."""
    parcels.report(*land.survey())
    return parcels


# --- the record and the answers of the gates


@pytest.mark.parametrize(
    ("steps", "stage", "code", "gates"),
    [
        (1, "preliminary", "S1", [False, True, True, True]),
        (2, "detailed", "S2", [False, True, True, True]),
        (3, "risk_assessment", "S3", [False, True, True, True]),
        (4, "registered", None, [True, True, True, True]),
        (5, "risk_control", "S4", [True, True, True, True]),
        (6, "soil_cleanup", "S5", [True, True, True, True]),
        (7, "effect_assessment", "S6", [True, True, True, True]),
        (8, "removal_applied", None, [True, True, True, True]),
        (9, "removed", None, [False, True, True, False]),
    ],
)
def test_each_step_of_the_whole_way_has_its_stage_and_its_answers(known, steps, stage, code, gates):
    play(known, *soil.whole_way()[:steps])

    found = record(known)
    assert (found["stage"], found["stage_code"], answers(known)) == (stage, code, gates)
    assert found["registered"] is gates[0]
    assert found["out_of_step"] == []


def test_a_survey_whose_groundwater_exceeds_and_that_concludes_met_passes(known):
    ammonia = {"medium": "groundwater", "substance": "ammonia nitrogen", "exceeded": True}

    play(known, soil.survey(findings=[ammonia]))

    assert answers(known) == [False, True, True, False]
    (fact,) = known.facts_named("soil_survey_concluded")
    assert (fact["exceeded_media"], fact["conclusion"]) == (["groundwater"], "met")


def test_the_findings_the_limits_and_the_dates_of_a_survey_are_kept(known):
    lead = {
        "medium": "soil",
        "substance": "lead",
        "exceeded": False,
        "measured": "400",
        "limit": "400",
        "unit": "mg/kg",
        "standard": "gb36600_class_1",
    }
    dates = {"surveyed_from": "2023-04-01", "surveyed_to": "2023-04-20", "publicity_days": 15}

    play(known, soil.survey(findings=[lead], **dates))

    (survey,) = record(known)["surveys"]
    assert survey["findings"] == [lead]
    assert {name: survey[name] for name in dates} == dates


def test_the_evidence_is_that_of_the_words_that_stand(known):
    play(known, ("record_soil", land.soil_record("2023-05-01", evidence_ids=["PLAIN-1"])))
    assert evidence(known) == ["PLAIN-1"]

    play(known, soil.survey(evidence_ids=["minutes-7"]))
    assert evidence(known) == ["PLAIN-1", "DC-preliminary", "minutes-7"]

    play(known, soil.notice(on="2023-07-10"), soil.lifted())
    assert evidence(known) == ["DC-preliminary", "minutes-7", "2023-2", "notice-2023-2"]


def test_the_soil_is_recorded_on_the_newest_day_that_counts(known):
    play(known, soil.notice(on="2023-07-10"), soil.survey(concluded_on="2023-05-10"))

    assert known.read("get_parcel", parcel_id=PARCEL)["soil"]["recorded"]["on"] == "2023-07-10"


@pytest.mark.parametrize(
    ("plain_on", "on_registry"), [("2023-07-09", True), ("2023-07-10", True), ("2023-07-11", False)]
)
def test_of_a_plain_record_and_a_notice_the_newer_day_counts_and_of_one_day_the_notice(
    known, plain_on, on_registry
):
    play(known, soil.notice(on="2023-07-10"), ("record_soil", land.soil_record(plain_on)))

    assert answers(known)[0] is on_registry
    assert record(known)["registered"] is on_registry


def test_a_plain_record_older_than_a_report_still_answers_the_other_questions(known):
    play(known, soil.notice(on="2023-07-10"), ("record_soil", land.soil_record("2023-05-01")))

    assert answers(known) == [True, True, True, True]


def test_a_review_that_is_reported_after_a_plain_record_counts_from_its_own_day(known):
    unreviewed = land.soil_record("2023-06-01", survey_reviewed=False, survey_filed=False)
    play(known, soil.survey(reviewed_on=None, filed_on=None), ("record_soil", unreviewed))
    assert answers(known) == [False, False, False, False]

    play(known, soil.survey(reviewed_on="2023-06-01", filed_on="2023-05-31"))

    assert answers(known) == [False, True, False, False]


def test_the_newest_survey_says_whether_the_survey_was_reviewed(known):
    play(known, soil.survey(soil_report_id="old", concluded_on="2023-03-01"))

    play(known, soil.survey(soil_report_id="new", reviewed_on=None, filed_on=None))

    assert answers(known) == [False, False, False, False]


def test_a_report_that_is_being_filled_in_is_kept_and_changes_nothing(known):
    play(known, soil.survey(report_status="filling_in"))

    assert record(known)["surveys"][0]["report_status"] == "filling_in"
    assert known.read("get_parcel", parcel_id=PARCEL)["soil"] is None
    assert known.facts_named("soil_survey_concluded") == []


def test_soil_that_was_recorded_before_there_were_soil_records_goes_on_counting():
    plain = Soil(
        on_registry=True,
        evidence_ids=("old",),
        recorded=Said(on=date(2022, 1, 1), at=datetime(2022, 1, 1, tzinfo=UTC), event_id="e"),
    )
    parcel = replace(Parcel.unknown(PARCEL), soil=plain)

    begun = SoilRecord.of(parcel)

    assert (begun.plain, begun.soil, begun.registered) == (plain, plain, True)


def test_what_was_recorded_with_a_survey_of_the_parcel_counts_as_a_plain_record(parcels):
    parcels.report(*land.survey(soil=land.soil(on_registry=True)))

    assert record(parcels)["registered"] is True
    assert parcels.read("list_soil", filter={"registered": True})["items"][0]["parcel_id"] == PARCEL


def test_soil_is_listed_by_township_stage_and_registry_and_has_a_history(known):
    play(known, soil.notice())

    for filter_ in ({"township": "330604006"}, {"stage": "registered"}, {"registered": True}):
        page = known.read("list_soil", filter=filter_)
        assert [each["parcel_id"] for each in page["items"]] == [PARCEL]
    assert known.read("list_soil", filter={"registered": False})["items"] == []
    assert len(known.read("soil_history", parcel_id=PARCEL)) == 1


# --- what is refused


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (soil.survey("phase_1", "met"), "CONCLUSION_OF_ANOTHER_PHASE"),
        (soil.survey("preliminary", "risk_assessment_needed"), "CONCLUSION_OF_ANOTHER_PHASE"),
        (soil.survey("detailed", "phase_1_suffices"), "CONCLUSION_OF_ANOTHER_PHASE"),
        (
            soil.survey(findings=[{"medium": "soil", "substance": "lead", "exceeded": True}]),
            "ART60_SOIL_EXCEEDS",
        ),
        (
            soil.survey(
                "phase_1",
                "phase_1_suffices",
                findings=[{"medium": "soil", "substance": "lead", "exceeded": True}],
            ),
            "ART60_SOIL_EXCEEDS",
        ),
        (
            soil.survey(surveyed_from="2023-04-02", surveyed_to="2023-04-01"),
            "ENDS_BEFORE_IT_STARTS",
        ),
        (
            soil.survey(publicity_from="2023-04-02", publicity_to="2023-04-01"),
            "ENDS_BEFORE_IT_STARTS",
        ),
    ],
)
def test_a_survey_that_contradicts_itself_is_refused(known, refused, call, code):
    with refused(code):
        play(known, call)


@pytest.mark.parametrize(
    "call",
    [
        soil.survey(surveyed_from="2023-04-01", surveyed_to="2023-04-01"),
        soil.survey(
            "preliminary",
            "detailed_survey_needed",
            findings=[{"medium": "soil", "substance": "lead", "exceeded": True}],
        ),
    ],
)
def test_one_that_does_not_is_taken(known, call):
    assert play(known, call)[0]["note"] is None


@pytest.mark.parametrize(
    ("medium", "measured", "exceeded", "right"),
    [
        ("soil", "400", False, True),
        ("soil", "400.1", False, False),
        ("soil", "400", True, False),
        ("soil", "400.1", True, True),
        ("groundwater", "400.1", False, True),
        ("soil", None, True, True),
    ],
)
def test_a_finding_agrees_with_its_figures(known, refused, medium, measured, exceeded, right):
    finding = {"medium": medium, "substance": "lead", "exceeded": exceeded, "limit": "400"}
    call = soil.survey(
        conclusion="detailed_survey_needed", findings=[finding | {"measured": measured}]
    )

    if right:
        assert play(known, call)
    else:
        with refused("FINDING_CONTRADICTS"):
            play(known, call)


def test_who_did_the_cleanup_does_not_assess_its_effect(known, refused):
    play(known, *soil.whole_way()[:6])

    with refused("ASSESSOR_IS_CONTRACTOR"):
        play(known, soil.effect(assessor=soil.CLEANER | {"name": "under another name"}))

    assert record(known)["stage"] == "soil_cleanup"


@pytest.mark.parametrize(
    "call", [soil.survey(concluded_on="2023-09-03"), soil.notice(on="2023-09-03")]
)
def test_a_day_that_has_not_come_is_refused(known, refused, call):
    with refused("NOT_YET"):
        play(known, call)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (soil.survey(reviewed_on="2023-09-03"), "reviewed_on"),
        (soil.survey(filed_on="2023-09-03"), "filed_on"),
        (soil.cleanup(plan_filed_on="2023-09-03"), "plan_filed_on"),
    ],
)
def test_so_is_a_review_or_a_filing_that_has_not_come(known, call, field):
    with pytest.raises(Refused) as refused:
        play(known, call)

    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("NOT_YET", field)]


@pytest.mark.parametrize("call", [soil.survey(), soil.risk(), soil.cleanup()])
def test_the_desk_records_reports_of_plots_that_are_known(parcels, refused, call):
    with refused("NOT_FOUND"):
        play(parcels, call)


def test_a_correction_of_a_report_takes_its_place_and_an_older_one_does_not(known):
    play(known, soil.survey("preliminary", "detailed_survey_needed"))
    play(known, soil.survey("preliminary", "met"))
    assert record(known)["stage"] == "clear"

    play(known, soil.survey("preliminary", "detailed_survey_needed", concluded_on="2023-05-09"))

    assert (record(known)["stage"], len(record(known)["surveys"])) == ("clear", 1)


# --- townships


def surveyed(**more):
    return "soil.surveyed", soil.survey(**more)[1]


def test_a_township_reports_a_survey_before_its_parcel_is_known(parcels):
    assert parcels.report(*surveyed()) == "waits for the registration of its parcel"

    parcels.report(*land.survey())
    assert parcels.report(*surveyed(concluded_on="2023-05-10")) is None
    assert answers(parcels) == [False, True, True, False]


def test_a_township_reports_no_soil_of_another_one(parcels, refused):
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*surveyed(), township="330604107")


def test_a_refusal_names_the_field_where_the_township_wrote_it(known):
    with pytest.raises(Refused) as refused:
        known.report(*surveyed(conclusion="sampling_needed"))

    assert refused.value.reasons[0].field == "data.conclusion"


def test_the_receipt_says_what_is_out_of_step_and_what_to_look_at(known):
    out_of_step = known.report(*surveyed(phase="detailed", conclusion="met"))
    assert "detailed:met follows preliminary, detailed" in out_of_step

    shown = {"publicity_from": "2023-06-25", "publicity_to": "2023-07-09"}
    assert known.report(*surveyed(**shown, publicity_days=15)) is None
    assert "14 days of publicity are stated, and 15" in known.report(
        *surveyed(**shown, publicity_days=14)
    )


def test_the_desk_is_answered_how_the_soil_stands_and_what_to_look_at(known):
    (answer,) = play(known, soil.survey("detailed", "risk_assessment_needed"))

    assert (answer["parcel_id"], answer["stage"], answer["stage_code"]) == (PARCEL, "none", None)
    assert (answer["registered"], answer["soil"]["case_open"]) == (False, True)
    assert "follows preliminary, detailed" in answer["note"]


@pytest.mark.parametrize(("ended", "warned"), [("2020-08-31", True), ("2020-09-01", False)])
def test_an_old_survey_is_a_warning_and_no_bar(known, ended, warned):
    note = known.report(*surveyed(surveyed_to=ended))

    assert ("more than 3 years ago" in (note or "")) is warned
    assert answers(known) == [False, True, True, False]


@pytest.mark.parametrize(
    ("reviewed", "filed", "warned"),
    [
        ("2023-05-09", None, "and reviewed on 2023-05-09, before it"),
        ("2023-05-10", "2023-05-10", ""),
        ("2023-05-12", "2023-05-11", "filed on 2023-05-11, before it was reviewed on 2023-05-12"),
        (None, "2023-05-01", ""),
    ],
)
def test_a_review_before_the_conclusion_or_a_filing_before_the_review_is_a_warning(
    known, reviewed, filed, warned
):
    days = {"concluded_on": "2023-05-10", "reviewed_on": reviewed, "filed_on": filed}

    note = known.report(*surveyed(**days))

    assert warned in (note or "")
    assert bool(note) is bool(warned)


def test_a_report_that_is_older_than_the_one_with_its_number_says_so(known):
    known.report(*surveyed(concluded_on="2023-05-10"))

    assert known.report(*surveyed(concluded_on="2023-05-09")) == (
        "a later report with this soil_report_id stands"
    )


def test_a_suspicion_is_kept_and_bars_nothing(known):
    cause = {"parcel_id": PARCEL, "soil_report_id": "YS-1", "suspicion": "a dyeing works"}

    known.report("soil.suspected", cause | {"suspected_on": "2023-05-01"})

    assert (record(known)["stage"], record(known)["stage_code"]) == ("suspected", "S0")
    assert known.read("get_parcel", parcel_id=PARCEL)["soil"] is None


def test_a_persons_number_in_a_report_is_kept_masked_and_the_receipt_says_so(known):
    cause = {"parcel_id": PARCEL, "soil_report_id": "YS-1", "suspected_on": "2023-05-01"}

    note = known.report(
        "soil.suspected", cause | {"suspicion": "张三 330604198001010093, tel 13800001111"}
    )

    (kept,) = record(known)["suspicions"]
    assert kept["suspicion"] == "张三 ****0093, tel ****1111"
    assert note.startswith(
        "The number of an identity card or a mobile phone is kept masked in suspicion"
    )


# --- notices of the registry


def test_a_notice_registers_a_plot_once_however_often_it_is_entered(known):
    first, second = play(known, soil.notice(), soil.notice())

    assert (first["added"], first["unchanged"]) == ([PARCEL], [])
    assert (second["added"], second["unchanged"]) == ([], [PARCEL])
    assert known.fact_names.count("soil_registered") == 1
    assert len(known.read("soil_history", parcel_id=PARCEL)) == 1


def test_a_corrected_copy_changes_nothing_twice_and_withdraws_what_it_names_no_more(known):
    other = "330604006-0232"
    play(known, soil.notice(added=[PARCEL, other]))

    (answer,) = play(known, soil.notice(added=[other]))

    assert (answer["withdrawn"], answer["unchanged"]) == ([PARCEL], [other])
    assert record(known)["registered"] is False
    assert known.read("get_parcel", parcel_id=PARCEL)["soil"] is None
    assert [name for name in known.fact_names if name.startswith("soil_")] == [
        "soil_registered", "soil_registered", "soil_registry_removed",
    ]  # fmt: skip


def test_notices_are_kept_as_their_newest_copy_says(known):
    play(known, soil.notice(), soil.notice(added=["330604006-0232"]), soil.lifted())

    notices = known.read("list_registry_notices", order="-issued_on")["items"]

    assert [each["batch"] for each in notices] == ["2023-2", "2023-1"]
    assert list(notices[1]["added"]) == ["330604006-0232"]
    assert len(known.read("registry_notice_history", batch="2023-1")) == 2


def test_a_corrected_copy_may_name_no_plot_at_all(known):
    _, answer = play(known, soil.notice(), soil.notice(added=[]))

    assert (answer["withdrawn"], record(known)["registered"]) == ([PARCEL], False)


def test_plots_that_nobody_surveyed_are_kept_for_later_and_named_in_the_answer(parcels):
    (answer,) = play(parcels, soil.notice())
    assert (answer["added"], answer["unknown"]) == ([PARCEL], [PARCEL])
    assert parcels.read("get_parcel", parcel_id=PARCEL)["state"] == "announced"

    for step in land.whole_case():
        parcels.report(*step)

    assert releases(parcels) == [("release_blocked", 1, ["ART66_NOT_REMOVED", "SOIL_CASE_OPEN"])]


def test_a_removal_that_is_entered_before_the_notice_that_added_the_plot_still_is_the_last_word(
    known,
):
    play(known, soil.lifted(), soil.notice())

    assert record(known)["stage"] == "removed"
    assert answers(known)[0] is False
    assert known.fact_names[-1] == "soil_registry_removed"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({"added": [PARCEL], "removed": [PARCEL]}, "each parcel once"),
        ({"added": [PARCEL, PARCEL]}, "each parcel once"),
        ({"added": ["0231"]}, "330604006-0231"),
    ],
)
def test_a_notice_that_could_be_read_in_two_ways_is_refused(known, arguments, hint):
    with pytest.raises(Invalid, match=hint):
        play(known, soil.notice(**arguments))


def test_the_grant_of_a_removal_takes_the_plot_off_the_registry_and_announces_it_once(known):
    play(known, *soil.whole_way()[:8], soil.removal("granted", "2023-08-10"))
    assert answers(known) == [False, True, True, False]

    play(known, soil.lifted())

    assert known.facts_named("soil_registry_removed") == [
        {
            "parcel_id": PARCEL,
            "township": "330604006",
            "soil_report_id": "YC-granted",
            "removed_on": "2023-08-10",
        }
    ]


# --- the release


def test_a_notice_revokes_a_release_and_the_removal_brings_it_back(parcels):
    for step in land.whole_case():
        parcels.report(*step)

    play(parcels, soil.notice(on="2023-08-10"), soil.lifted())

    assert releases(parcels) == [
        ("land_released", 1, []),
        ("release_revoked", 2, ["ART66_NOT_REMOVED", "SOIL_CASE_OPEN"]),
        ("land_released", 3, []),
    ]
    last = parcels.facts_named("land_released")[-1]
    assert last["evidence_ids"] == ["2023-2", "notice-2023-2"]


def test_a_reviewed_survey_lets_land_be_released_for_residential_use(parcels):
    for step in [land.survey(planned_use="residential"), *land.whole_case()[1:]]:
        parcels.report(*step)

    play(parcels, soil.survey())

    assert releases(parcels) == [
        ("release_blocked", 1, ["ART59_NO_SURVEY"]),
        ("land_released", 2, []),
    ]


# --- parts of a plot


def split(parcels):
    vacated, rest = f"{PARCEL}A", f"{PARCEL}B"
    for step in land.whole_case("state_capital_operation", vacated_area_m2="2000"):
        parcels.report(*step)
    parts = [
        {"parcel_id": vacated, "area_m2": "2000", "vacated": True},
        {"parcel_id": rest, "area_m2": "4666.666667", "vacated": False},
    ]
    parcels.call(
        "split_parcel",
        parcel_id=PARCEL,
        case_id=land.CASE,
        children=parts,
        split_on="2023-08-30",
    )
    return vacated, rest


@pytest.mark.parametrize("before", [True, False])
def test_a_part_keeps_what_is_reported_of_the_whole_before_and_after_the_split(parcels, before):
    if before:
        parcels.report(*land.survey())
        play(parcels, soil.notice())
    parts = split(parcels)
    if not before:
        play(parcels, soil.notice())

    for part in parts:
        found = parcels.read("get_soil", parcel_id=part)
        assert (found["stage"], found["registered"]) == ("registered", True)
        assert parcels.read("get_parcel", parcel_id=part)["soil"]["on_registry"] is True
    assert parcels.read("release_standing", parcel_id=parts[0], case_id=land.CASE)["state"] in (
        "blocked",
        "revoked",
    )


def test_a_part_comes_off_the_registry_when_the_notice_of_the_whole_is_corrected(parcels):
    parts = split(parcels)
    play(parcels, soil.notice(), soil.notice(removed=["330604006-0232"]))

    assert [parcels.read("get_soil", parcel_id=part)["registered"] for part in parts] == [False] * 2
    assert parcels.read("get_parcel", parcel_id=parts[0])["soil"] is None


def test_an_older_report_of_the_whole_that_comes_after_the_split_counts_for_its_parts(parcels):
    parcels.report(*land.survey())
    play(parcels, soil.notice(on="2023-07-10"))
    parts = split(parcels)

    play(parcels, soil.survey(concluded_on="2023-05-10"))

    for part in parts:
        found = parcels.read("get_parcel", parcel_id=part)["soil"]
        assert (found["on_registry"], found["survey_reviewed"]) == (True, True)


def test_a_plain_record_of_the_whole_counts_for_its_parts(parcels):
    parts = split(parcels)

    play(parcels, ("record_soil", land.soil_record(on_registry=True)))

    for part in parts:
        assert parcels.read("get_parcel", parcel_id=part)["soil"]["on_registry"] is True
