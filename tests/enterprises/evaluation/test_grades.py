"""Ranks, cuts and ties, and what changes a grade after them."""

from __future__ import annotations

import pytest

from backbone.errors import Answered

from .examples import QUARTERS, row, scores, simple

TWENTY = [98, 95, 95, 91, 88, 85, 84, 82, 80, 77, 75, 75, 75, 70, 66, 60, 55, 50, 41, 30]
FOUR_FIRMS = [row("a", 4), row("b", 3), row("c", 2), row("d", 1)]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("best_rank", "AAAABBBBBBBBBCCCCCCD"), ("worst_rank", "AAAABBBBBBCCCCCCCCCD")],
)
def test_a_tie_over_a_cut_goes_as_the_scheme_says(ties, expected):
    found = scores(simple(ties=ties), [row(each, x) for each, x in enumerate(TWENTY)])

    assert "".join(score.grade for score in found.values()) == expected
    assert [score.firm for score in found.values() if score.tie_decided] == ["10", "11", "12"]
    assert [score.rank for score in found.values()][9:14] == [10, 11, 11, 11, 14]


@pytest.mark.parametrize(
    ("firms", "expected"), [(5, "ABBCD"), (7, "ABBBCCD"), (1, "D"), (40, "A" * 8 + "B" * 16)]
)
def test_a_grade_takes_at_most_its_percents(firms, expected):
    found = scores(simple(), [row(each, -each) for each in range(firms)])

    assert "".join(score.grade for score in found.values()).startswith(expected)


def test_cuts_within_an_industry_rank_each_industry_by_itself():
    firms = [row(f"{of}{x}", x, industry=of) for of in "CF" for x in range(20)]
    found = scores(simple(cut_scope="industry"), firms)

    assert found["C19"].rank == found["F19"].rank == 1
    assert found["F0"].of == 20
    assert [each.firm for each in found.values() if each.grade == "D"] == ["C0", "F0"]


def test_cuts_are_read_as_a_round_writes_them():
    named = [dict(zip(("grade", "by", "value"), cut, strict=True)) for cut in QUARTERS]
    firms = [row(name, points) for name, points in zip("abcd", (4, 3, 2, 1), strict=True)]
    assert scores(simple(cuts=named), firms) == scores(simple(cuts=QUARTERS), firms)


def test_cuts_by_points_do_not_hang_on_the_others():
    found = scores(simple(cuts=[["A", ">=", 90], ["B", ">=", 60]]), [row("a", 90), row("b", 59)])

    assert [each.grade for each in found.values()] == ["A", None]


def adjust(step, grade=None, reason="as decided"):
    return {"step": step, "reason": reason} | ({"grade": grade} if grade else {})


@pytest.mark.parametrize(
    ("firm", "adjustments", "grades"),
    [
        ("d", [adjust("fixed", "A")], "DA"),
        ("d", [adjust("raised")], "DC"),
        ("d", [adjust("raised", "A")], "DA"),
        ("a", [adjust("raised", "C")], "AA"),  # raising never lowers
        ("a", [adjust("lowered")], "AB"),
        ("d", [adjust("lowered", "B")], "DD"),  # lowering never raises
        ("a", [adjust("veto")], "AD"),
        ("a", [adjust("veto", "C")], "AC"),
        ("d", [adjust("veto", "C")], "DD"),
        # whatever the order in which they are given
        ("c", [adjust("veto"), adjust("lowered"), adjust("raised"), adjust("fixed", "B")], "CBABD"),
    ],
)
def test_after_the_percentile_come_fixed_raised_lowered_and_veto(firm, adjustments, grades):
    firms = [
        each | {"adjustments": adjustments} if each["firm"] == firm else each for each in FOUR_FIRMS
    ]
    score = scores(simple(cuts=QUARTERS), firms)[firm]

    assert "".join(step.grade for step in score.steps) == grades
    assert score.grade == grades[-1]
    assert [step.reason for step in score.steps[1:]] == ["as decided"] * len(adjustments)


def test_an_adjustment_of_the_scheme_is_given_by_its_name():
    scheme = simple(cuts=QUARTERS, adjustments={"top_500": adjust("fixed", "A", "")})
    found = scores(scheme, [row("a", 2), row("b", 1, adjustments=["top_500"])])

    assert (found["b"].grade, found["b"].steps[-1].reason) == ("A", "top_500")


@pytest.mark.parametrize(
    ("adjustment", "field"),
    [
        ("unheard_of", "figures.0.adjustments.0"),
        (adjust("promoted", "A"), "figures.0.adjustments.0.step"),
        (adjust("fixed"), "figures.0.adjustments.0.grade"),
        (adjust("raised", "Z"), "figures.0.adjustments.0.grade"),
        (adjust("raised", ["A"]), "figures.0.adjustments.0.grade"),
        (adjust("raised", "A", " "), "figures.0.adjustments.0.reason"),
    ],
)
def test_an_adjustment_that_says_too_little_is_refused(adjustment, field):
    with pytest.raises(Answered) as said:
        scores(simple(), [row("a", 1, adjustments=[adjustment])])
    assert [reason.field for reason in said.value.reasons] == [field]


def test_a_firm_outside_the_ranking_takes_nobodys_place():
    scheme = simple(cuts=QUARTERS, outside={"T": "suppliers of water and power"})
    found = scores(scheme, [row("w", 9, outside="T"), row("m", 8, excluded="moved"), *FOUR_FIRMS])

    assert found["w"].excluded == "suppliers of water and power"
    assert found["m"].excluded == "moved"
    assert found["w"].rank is found["w"].grade is found["w"].total is None
    assert (found["a"].rank, found["a"].of, found["a"].grade) == (1, 4, "A")


def test_a_firm_of_another_group_is_left_out():
    scheme = simple(group="below_scale")
    found = scores(scheme, [row("a", 1, group="above_scale"), row("b", 1, group="below_scale")])

    assert found["a"].excluded == "the firm is above_scale, the scheme is of below_scale"
    assert found["b"].rank == 1


TENANT_RULE = "below-scale tenant takes the grade of the holder of the plot"


def test_a_tenant_takes_the_grade_of_the_holder_but_not_inside_a_small_firm_park():
    scheme = simple(cuts=QUARTERS, tenant_rule=f"{TENANT_RULE}, but not inside a small-firm park")
    firms = [
        *FOUR_FIRMS,
        row("t", 9, tenant_of="d"),
        row("p", 0, tenant_of="a", in_small_firm_park=True),
        row("lost", 9, tenant_of="nobody"),
    ]
    found = scores(scheme, firms)

    assert (found["t"].grade, found["t"].rank) == (found["d"].grade, None)
    assert found["t"].steps[-1].step == "tenant"
    assert (found["p"].rank, found["p"].of) == (5, 5)
    assert found["lost"].excluded == "the holder nobody is not among the firms"


def test_without_the_rule_a_tenant_stands_for_itself():
    assert scores(simple(), [row("a", 1), row("t", 2, tenant_of="a")])["t"].rank == 1


@pytest.mark.parametrize(
    ("cuts", "code"),
    [
        ([["A", "<=", 20], ["B", "<=", 20], ["C", "last", 80]], "CUTS_DO_NOT_ADD_UP"),
        ([["A", "<=", 20], ["B", "<=", 101]], "CUTS_DO_NOT_ADD_UP"),
        ([["A", "<=", 20], ["B", "last", 5]], "CUTS_DO_NOT_ADD_UP"),
        ([["A", "last", 20], ["B", "<=", 100]], "CUTS_DO_NOT_ADD_UP"),
        ([["A", "<=", 20], ["A", "last", 80]], "INVALID"),
        ([["A", "<=", 20], ["B", "count", 8]], "INVALID"),
        ([["A", "<", 20]], "INVALID"),
        ([["A", "<=", "a fifth"]], "INVALID"),
        ([["A", "<=", None]], "INVALID"),
        ([["A", "count", "1.5"]], "INVALID"),
        ([["A", 20]], "INVALID"),
        ([[None, "<=", 20]], "INVALID"),
        (["A"], "INVALID"),
        ("A<=20", "INVALID"),
    ],
)
def test_cuts_that_leave_a_gap_or_cannot_be_read_are_refused(cuts, code):
    with pytest.raises(Answered) as said:
        scores(simple(cuts=cuts), [row("a", 1)])
    [reason] = said.value.reasons
    assert reason.code == code
    assert reason.field.startswith("scheme.cuts")
