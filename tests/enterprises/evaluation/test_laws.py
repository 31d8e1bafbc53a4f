"""What holds of every scoring, whatever the figures are."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.enterprises.evaluation.scheme import Scheme
from services.enterprises.evaluation.scoring import Group, scored
from services.enterprises.evaluation.simulation.forecasting import forecast

from .examples import QUARTERS, simple

UNIT = Decimal("0.01")
FIGURES = st.decimals(-50, 200, places=2)
KINDS = st.sampled_from(["ratio", "min_max", "share_of_points", "as_is"])


@st.composite
def schemes(draw, up_only=True):
    one = {"code": "x", "weight": 60, "baseline": 25, "rule": draw(KINDS), "missing": "mean_score"}
    other = {"code": "y", "weight": 40, "baseline": 10}
    other["rule"] = draw(KINDS if up_only else st.just("inverse"))
    return simple(
        rule="ratio",
        indicators=[one, other],
        cuts=draw(
            st.sampled_from([QUARTERS, [["A", ">=", 80], ["B", ">=", 20], ["C", ">=", -900000]]])
        ),
        ties=draw(st.sampled_from(["best_rank", "worst_rank"])),
    )


@st.composite
def groups(draw, least=2):
    pairs = draw(st.lists(st.tuples(FIGURES | st.none(), FIGURES), min_size=least, max_size=9))
    firms = [{"firm": f"f-{n}", "x": x, "y": y} for n, (x, y) in enumerate(pairs)]
    # two that keep the lowest and the highest apart
    return [*firms, {"firm": "low", "x": -60, "y": -60}, {"firm": "high", "x": 210, "y": 210}]


def of(scheme, figures):
    return {score.firm: score for score in scored(Scheme.load(scheme), figures)}


@settings(deadline=None, max_examples=40)
@given(schemes(), groups(), st.randoms())
def test_the_order_of_the_firms_does_not_matter(scheme, figures, random):
    shuffled = random.sample(figures, len(figures))

    assert of(scheme, shuffled) == of(scheme, figures)


@settings(deadline=None, max_examples=40)
@given(schemes(), groups(), st.decimals("0.01", 100, places=2))
def test_more_of_an_indicator_never_makes_a_total_or_a_rank_worse(scheme, figures, more):
    before = of(scheme, figures)["f-0"]
    raised = [each | {"y": each["y"] + more} if each["firm"] == "f-0" else each for each in figures]
    after = of(scheme, raised)["f-0"]

    if scheme["indicators"][1]["rule"] != "min_max":  # else the scale itself may grow with it
        assert after.total > before.total
    assert after.rank <= before.rank


@settings(deadline=None, max_examples=40)
@given(schemes(), groups())
def test_parts_add_up_ranks_are_filled_and_grades_follow_the_ranks(scheme, figures):
    found = sorted(of(scheme, figures).values(), key=lambda each: each.rank)

    for score in found:
        assert abs(sum(score.parts.values()) - score.total) < Decimal("1e-9")
        assert score.rank == 1 + sum(1 for each in found if each.total > score.total)
        assert score.percentile == (Decimal(100) * score.rank / len(found)).quantize(
            Decimal("1e-10")
        )
    grades = [each.grade for each in found]
    assert grades == sorted(grades)
    if scheme["cuts"] == QUARTERS and scheme["ties"] == "worst_rank":
        assert grades.count("A") <= len(found) / 4


@settings(deadline=None, max_examples=40)
@given(schemes() | schemes(up_only=False), groups(), st.sampled_from(["f-0", "f-1", "low"]))
def test_what_is_forecast_reaches_the_grade_and_one_unit_less_does_not(scheme, figures, firm):
    group = Group.read(Scheme.load(scheme), figures)
    said = forecast(group, firm, unit=UNIT)
    grades = group.scheme.grades

    def grade_with(code, x):
        tried = [each | {code: x} if each["firm"] == firm else each for each in figures]
        try:
            return grades.index(of(scheme, tried)[firm].grade)
        except Answered:  # all figures are equal: nobody has a grade
            return len(grades)

    for need in said["needs"]:
        if need["needed"] is None:
            assert need["why"]
            continue
        code, needed = need["indicator"], need["needed"]
        less = UNIT if of_kind(scheme, code) != "inverse" else -UNIT
        assert grade_with(code, needed) <= grades.index(said["wanted"])
        if need["now"] is not None or needed > 0:
            assert grade_with(code, needed - less) > grades.index(said["wanted"])


def of_kind(scheme, code):
    return next(each["rule"] for each in scheme["indicators"] if each["code"] == code)
