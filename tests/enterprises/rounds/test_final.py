"""Final grades over the years, their revisions, and what follows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.time import PARK_TIME
from services.enterprises.rounds.grades import FirmGrades, YearGrade
from services.enterprises.rounds.law import POLICIES, Grade

from ..reports import premises
from .conftest import FINAL_ON, ROUND, Desk, firm_id, four_firms, plot_id
from .test_the_round import refused

SECOND = ROUND[:-1] + "2"


def last(desk, number):
    of_firm = [
        (each["data_year"], each["revision"], each["grade"], each["previous_grade"])
        for each in desk.facts_named("grade_final")
        if each["enterprise_id"] == firm_id(number)
    ]
    return of_firm[-1]


def revise(desk, on="2023-07-20"):
    desk.step("revise_round", on, why="a tax figure was wrong")
    desk.round_id = SECOND


def finish(desk, first="2023-07-20"):
    """The new version, to its end."""
    day = date.fromisoformat(first)
    for step, later in [
        ("publicise_areas", 0),
        ("score_round", 8),
        ("publicise_grades", 8),
        ("finalise_round", 15),
    ]:
        desk.step(step, (day + timedelta(days=later)).isoformat())


@pytest.fixture
def final(desk):
    desk.until_final()
    return desk


def test_a_new_version_with_a_corrected_figure_takes_the_place_of_the_old_one(final):
    final.figures(4, tax_paid_cny="900000")
    revise(final)
    assert final.read("get_round", round_id=ROUND)["state"] == "final"

    finish(final)

    old, new = (final.read("get_round", round_id=each) for each in (ROUND, SECOND))
    assert (old["state"], old["superseded_by"]) == ("superseded", SECOND)
    assert (new["supersedes"], new["why"]) == (ROUND, "a tax figure was wrong")
    assert final.grades() == {"4": "A", "1": "B", "2": "C", "3": "D"}
    assert final.grades(round_id=ROUND) == {"1": "A", "2": "B", "3": "C", "4": "D"}
    assert last(final, 4) == (2022, 2, "A", None)


def test_the_fact_of_a_revised_grade_names_the_one_that_it_corrects(final):
    final.figures(4, tax_paid_cny="900000")
    revise(final)
    finish(final)

    told = [
        each for each in final.facts_named("grade_final") if each["enterprise_id"] == firm_id(4)
    ]
    first, second = ((each["change_id"], each["corrects"]) for each in told)
    assert first == (f"{firm_id(4)}:2022:1", None)
    assert second == (f"{firm_id(4)}:2022:2", first[0])


def test_a_firm_whose_grade_stays_is_told_nothing_new(final):
    revise(final)
    finish(final)

    assert len(final.facts_named("grade_final")) == 4


def test_a_firm_that_the_new_version_leaves_out_has_no_grade_any_more(final):
    revise(final)
    about = {"enterprise_id": firm_id(4), "placed": "left_out", "reason_code": "PUBLIC_UTILITY"}
    final.step("place_firm", "2023-07-20", **about)
    finish(final)

    assert last(final, 4) == (2022, 2, None, None)
    assert final.read("grades_of", enterprise_id=firm_id(4))["years"][0]["grade"] is None


def test_one_version_is_open_at_a_time(final):
    final.step("revise_round", "2023-07-20", why="one")
    assert refused(final.step, "revise_round", "2023-07-20", why="two") == ["REVISION_OPEN"]


def test_the_new_version_keeps_what_the_desk_gave_placed_and_adjusted(desk):
    desk.until_scored()
    desk.adjust(1, "veto", "D")
    desk.step("publicise_grades", "2023-07-11")
    desk.step("finalise_round", FINAL_ON)
    revise(desk)
    finish(desk)

    assert desk.grades()["1"] == "D"
    assert len(desk.facts_named("grade_final")) == 4


def test_a_final_round_that_is_withdrawn_takes_its_grades_back(final):
    final.step("withdraw_round", "2023-07-20", why="the wrong scheme")

    taken_back = final.facts_named("grade_final")[4:]
    assert [(each["grade"], each["revision"]) for each in taken_back] == [(None, 2)] * 4
    assert final.read("get_round", round_id=ROUND)["state"] == "withdrawn"


def test_a_round_that_was_not_final_takes_nothing_back(desk):
    desk.until_publicised()
    desk.step("withdraw_round", "2023-07-20", why="the wrong scheme")

    assert desk.facts_named("grade_final") == []


def test_a_low_or_worse_grade_is_told_and_taken_back_when_it_is_revised(final):
    dropped = final.facts_named("grade_dropped")
    assert [(each["enterprise_id"], each["grade"]) for each in dropped] == [
        (firm_id(3), "C"),
        (firm_id(4), "D"),
    ]
    final.figures(4, tax_paid_cny="900000")
    revise(final)
    finish(final)

    (restored,) = final.facts_named("grade_restored")
    assert (restored["grade_id"], restored["grade"]) == (f"{firm_id(4)}:2022", "A")
    assert [each["grade"] for each in final.facts_named("grade_dropped")[2:]] == ["C", "D"]
    first = (None, None)
    assert [(each["corrects"], each["told_grade"]) for each in dropped] == [first, first]
    again = final.facts_named("grade_dropped")[-1]
    assert (again["corrects"], again["told_grade"]) == (f"{firm_id(3)}:2022:1", "C")
    assert (restored["corrects"], restored["told_grade"]) == (f"{firm_id(4)}:2022:1", "D")
    assert restored["change_id"] == f"{firm_id(4)}:2022:2"


def open_2021(desk):
    for number in range(1, 5):
        desk.figures(number, data_year=2021, tax_paid_cny=str(number * 100000))
    desk.round_id = "黄岩区:2021:below_scale:1"
    desk.open(data_year=2021)
    for number in range(1, 5):
        desk.give(number, electricity_kwh="1000000")


def test_the_grade_of_the_year_before_is_told_also_when_that_becomes_final_later(final):
    open_2021(final)
    final.until_final()

    assert final.read("grades_of", enterprise_id=firm_id(1))["years"] == [
        _year(2021, "D", None, "黄岩区:2021:below_scale:1", 1),
        _year(2022, "A", "D", ROUND, 2),
    ]
    assert last(final, 4) == (2022, 2, "D", "A")


def _year(data_year, grade, previous, round_id, revision):
    return {
        "data_year": data_year,
        "grade": grade,
        "previous_grade": previous,
        "final_on": FINAL_ON,
        "scheme": "huangyan-2022-below",
        "parcels": ["330604006-P1"],
        "round_id": round_id,
        "revision": revision,
        "since": FINAL_ON,
        "decided_on": FINAL_ON,
        "decided_by": round_id,
        "known_at": "2023-08-21T04:12:00Z",
    }


def test_a_firm_has_one_grade_of_a_year(final):
    final.round_id = "黄岩区:2022:below_scale_ge3:1"
    final.open(group="below_scale_ge3")
    final.give(1, electricity_kwh="1000000")
    final.until_publicised()

    assert refused(final.step, "finalise_round", FINAL_ON) == ["GRADED_IN_OTHER_ROUND"]


@pytest.mark.parametrize("tenant_first", [True, False])
def test_a_tenant_takes_the_grade_of_a_holder_in_another_round_whichever_ends_first(
    desk, tenant_first
):
    desk.survey(7)
    desk.firm(7, premises(parcel_id=plot_id(7)), scale="above_scale")
    desk.firm(5, premises("tenant", parcel_id=plot_id(7)))
    desk.figures(7, tax_paid_cny="100000")
    above = "黄岩区:2022:above_scale:1"
    desk.open(group="above_scale", cuts=[{"grade": "C", "by": "<=", "value": "100"}])
    desk.round_id = above
    desk.give(7, electricity_kwh="1000000")

    for round_id in (ROUND, above) if tenant_first else (above, ROUND):
        desk.round_id = round_id
        desk.until_final()

    assert last(desk, 5)[2] == last(desk, 7)[2] == "C"
    desk.round_id = above
    desk.step("withdraw_round", "2023-07-20", why="the wrong scheme")
    assert last(desk, 5) == (2022, 2, None, None)


def test_the_plots_are_those_of_the_day_on_which_the_grade_is_final(desk):
    desk.firm(
        1,
        {"parcel_id": "330604006-P1", "role": "owner", "from": "2015-01-01"} | {"to": "2023-07-17"},
        {"parcel_id": "330604006-P7", "role": "tenant", "from": "2023-07-18"},
    )
    desk.until_final()

    assert desk.facts_named("grade_final")[0]["parcels"] == ["330604006-P7"]


# --- what follows a grade


def policies(desk, number, **on):
    return desk.read("policies_for", enterprise_id=firm_id(number), **on)


def test_a_firm_is_told_what_follows_its_grade_with_source_and_doubt(final):
    answer = policies(final, 4)

    assert (answer["grade"], answer["data_year"], answer["round_id"]) == ("D", 2022, ROUND)
    power = next(each for each in answer["policies"] if each["lever"] == "electricity")
    assert (power["amount"], power["unit"]) == ("0.3", "yuan per kWh")
    assert (power["confirmed"], bool(power["source"])) == (False, True)
    assert {each["place"] for each in answer["policies"]} == {"general"}


def test_before_the_grade_was_final_nothing_follows(final):
    assert policies(final, 4, on="2023-07-17")["policies"] == []
    assert policies(final, 4, on=FINAL_ON)["policies"] != []


@pytest.fixture
def revised_twice(final):
    """Firm 4 is D, then A by its corrected tax, then D again, each final on a day of its own."""
    final.told_at = [final.now]
    for version, (tax, first) in enumerate([("900000", "2023-07-20"), ("100000", "2023-08-05")], 2):
        final.now += timedelta(days=30)
        final.figures(4, tax_paid_cny=tax)
        final.step("revise_round", first, why="a tax figure was wrong")
        final.round_id = f"{ROUND[:-1]}{version}"
        finish(final, first)
        final.told_at.append(final.now)
    return final


def test_the_code_and_the_policies_of_a_day_are_of_one_grade_by_one_round(revised_twice):
    third = ROUND[:-1] + "3"
    for fact in revised_twice.facts_named("grade_final"):
        revised_twice.hear("enterprises", "grade_final", fact).or_raise()

    by_policy = policies(revised_twice, 4, on="2023-08-10")
    asked = {"enterprise_id": firm_id(4), "on": "2023-08-10"}
    code = revised_twice.read("get_codes", **asked)["codes"][0]

    assert (code["value"], by_policy["grade"]) == ("D", "D")
    assert code["valid_from"] == by_policy["since"] == FINAL_ON
    assert code["decided_on"] == by_policy["decided_on"] == "2023-08-20"
    assert by_policy["decided_by"] == third
    assert f"Decided for 2022 by round {third}" in code["reasons"][0]["sentence"]
    assert code["reasons"][0]["sentence"].endswith("on 2023-08-20.")


def test_a_grade_that_was_decided_later_names_the_one_that_stood_on_the_day(revised_twice):
    answer = policies(revised_twice, 4, on="2023-08-10")

    assert (answer["grade"], answer["grade_then"]) == ("D", "A")
    (warning,) = answer["warnings"]
    assert warning["code"] == "GRADE_DECIDED_LATER"
    assert f"grade A by {SECOND} stood decided" in warning["sentence"]


@pytest.mark.parametrize(("told", "grade"), [(0, "D"), (1, "A"), (2, "D")])
def test_a_grade_is_told_as_it_was_known_at_a_moment(revised_twice, told, grade):
    moment = revised_twice.told_at[told].isoformat()

    assert policies(revised_twice, 4, on="2023-08-10", known_at=moment)["grade"] == grade


def test_before_anything_was_entered_no_grade_was_known(final):
    answer = policies(final, 4, known_at="2023-08-01T00:00:00Z")

    assert (answer["grade"], answer["since"], answer["decided_by"]) == (None, None, None)


def test_from_its_decision_on_a_grade_has_no_warning(revised_twice):
    on = policies(revised_twice, 4, on="2023-08-20")
    before = policies(revised_twice, 4, on="2023-08-19")

    assert (on["warnings"], on["grade_then"]) == ([], "D")
    assert len(before["warnings"]) == 1


def test_a_version_that_leaves_a_grade_the_same_is_the_round_in_force(final):
    revise(final)
    finish(final)

    answer = final.read("grades_of", enterprise_id=firm_id(4))
    [year] = answer["years"]
    assert (year["round_id"], year["decided_by"]) == (SECOND, ROUND)
    assert (year["since"], year["decided_on"], year["final_on"]) == (
        FINAL_ON,
        FINAL_ON,
        "2023-08-04",
    )
    assert [(e["round_id"], e["revision"]) for e in answer["revisions"]] == [
        (ROUND, 1),
        (SECOND, 1),
    ]
    assert policies(final, 4)["round_id"] == SECOND


def test_what_was_kept_without_a_moment_was_known_when_it_was_final():
    old = year_grade(2022, Grade.D)
    firm = FirmGrades(enterprise_id="f", township="330604006", revisions=(old,))
    midnight = datetime(2023, 9, 1, tzinfo=PARK_TIME)

    assert firm.on(date(2023, 9, 1), midnight) is old
    assert firm.on(date(2023, 9, 1), midnight - timedelta(seconds=1)) is None


def test_another_grade_of_the_year_before_does_not_decide_this_grade_anew():
    firm = FirmGrades(enterprise_id="f", township="330604006").with_final(year_grade(2022, Grade.D))
    earlier = replace(year_grade(2021, Grade.A), final_on=date(2024, 1, 5))

    year = firm.with_final(earlier).of(2022)

    assert (year.previous_grade, year.final_on) == (Grade.A, date(2024, 1, 5))
    assert (year.since, year.decided_on) == (date(2023, 9, 1), date(2023, 9, 1))


def test_after_a_withdrawal_nothing_follows(final):
    final.step("withdraw_round", "2023-07-20", why="the wrong scheme")

    answer = policies(final, 4)
    assert (answer["grade"], answer["policies"]) == (None, [])
    then = policies(final, 4, on="2023-07-19")
    assert (then["grade"], then["policies"], then["grade_then"]) == (None, [], "D")
    assert [each["code"] for each in then["warnings"]] == ["GRADE_DECIDED_LATER"]


def test_a_firm_that_was_never_evaluated_has_no_grade(empty):
    empty.firm(1)
    assert policies(empty, 1)["grade"] is None
    assert empty.read("grades_of", enterprise_id=firm_id(1))["years"] == []
    assert refused(policies, empty, 2) == ["NOT_FOUND"]


@pytest.mark.parametrize(
    ("place", "grade", "day", "amounts"),
    [
        ("瑞安", "C", "2018-07-01", ["0.15", "30"]),
        ("瑞安", "C", "2018-06-30", []),
        ("瑞安", "B", "2018-07-01", []),
        ("general", "A", "2018-01-01", ["100"]),
        ("general", "B", "2018-01-01", ["80"]),
        ("general", "C", "2018-01-01", ["0.1"]),
        ("general", "D", "2018-01-01", ["0.3"]),
    ],
)
def test_the_policies_of_a_place_by_grade_and_day(place, grade, day, amounts):
    held = next(iter(POLICIES.editions.values()))
    of_place = type(held)(in_force=(place,), policies=held.policies)

    found = of_place.of(Grade(grade), date.fromisoformat(day))

    assert [str(each.amount) for each in found if each.amount is not None] == amounts


def test_every_policy_names_its_source_and_only_read_ones_are_confirmed():
    held = next(iter(POLICIES.editions.values()))
    assert all(each.source for each in held.policies)
    assert {each.place for each in held.policies if each.confirmed} == {"瑞安"}


# --- order


def year_grade(data_year, grade):
    return YearGrade(
        data_year=data_year,
        revision=1,
        grade=grade,
        previous_grade=None,
        final_on=date(data_year + 1, 9, 1),
        round_id="r",
        scheme="s",
        parcels=(),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2019, 2022), st.sampled_from([*Grade, None])), min_size=1, max_size=8
    )
)
def test_whatever_is_made_final_in_turn_each_year_knows_the_grade_before_it(finals):
    firm = FirmGrades(enterprise_id="f", township="330604006")
    for data_year, grade in finals:
        previous = firm.grade_of(data_year - 1)
        new = year_grade(data_year, grade)
        firm = firm.with_final(
            type(new)(**{n: getattr(new, n) for n in new.__slots__} | {"previous_grade": previous})
        )

    for year in firm.years:
        assert year.grade == dict(finals)[year.data_year]
        assert year.previous_grade == firm.grade_of(year.data_year - 1)
        numbers = [e.revision for e in firm.revisions if e.data_year == year.data_year]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_round_in_another_store_comes_to_the_same(final):
    other = four_firms(Desk())
    other.until_final()

    assert other.facts_named("grade_final") == final.facts_named("grade_final")
