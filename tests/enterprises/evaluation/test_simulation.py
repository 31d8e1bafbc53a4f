"""The enterprise desk tries a scheme on figures of its own, and nothing is written."""

from __future__ import annotations

import pytest

from backbone.errors import Answered

from .examples import FOUR, QUARTERS, row, simple

ABOVE_2021, ABOVE_2022 = "huangyan-2021-above", "huangyan-2022-above"
BY_QUARTERS = {
    "rule": "sum(x/baseline*weight)",
    "indicators": [
        {"code": "tax_per_mu", "weight": "50", "baseline": "11.5932"},
        {"code": "tax_per_electricity", "weight": "50", "baseline": "0.2352"},
    ],
    "cuts": QUARTERS,
}


def simulate(enterprises, scheme, figures):
    return enterprises.read("simulate_scores", scheme=scheme, figures=figures)


def codes(said):
    return [doubt["code"] for doubt in said["doubts"]]


def test_the_desk_simulates_a_kept_scheme_and_reads_why_each_firm_stands_where_it_stands(
    enterprises,
):
    said = simulate(enterprises, ABOVE_2022, FOUR)
    found = {score["firm"]: score for score in said["scores"]}

    assert (said["scheme_id"], said["firms"], said["ranked"]) == (ABOVE_2022, 4, 4)
    assert codes(said) == ["NO_CUTS"]
    assert found["F1"]["total"] == "116.4393"
    assert found["F1"]["parts"]["tax_per_mu"] == "37.3490"
    assert (found["F2"]["rank"], found["F2"]["grade"]) == (3, None)
    assert found["F2"]["missing"] == [
        {
            "indicator": "value_added_per_emission",
            "why": "no figure",
            "filled_by": "the mean score of the 3 firms that have one",
            "points": "7.9988",
        }
    ]
    assert not enterprises.facts


def test_a_scheme_of_the_desks_own_is_given_in_the_published_form(enterprises):
    figures = [
        {"firm": "a", "tax_per_mu": "８", "tax_per_electricity": 0.2},
        {"firm": "b", "tax_per_mu": 7, "tax_per_electricity": "0.1"},
        {"firm": "c", "tax_per_mu": "/", "tax_per_electricity": "0.1", "tax_per_person": 4},
    ]
    said = simulate(enterprises, BY_QUARTERS, figures)

    assert said["grades"] == {"A": 0, "B": 1, "C": 0, "D": 1}
    assert said["unused"] == ["tax_per_person"]
    assert codes(said) == ["FIGURES_NOT_USED", "GROUP_TOO_SMALL"]
    assert said["scores"][0]["total"] == "77.0200"
    assert said["scores"][2]["excluded"] == "there is no figure of tax_per_mu"
    assert said["scores"][2]["rank"] is said["scores"][2]["total"] is None


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (simple(cuts=[]), ["NO_CUTS"]),
        (simple(cuts=QUARTERS), ["TIE_OVER_A_CUT"]),
        (simple(cuts=[["A", "count", 4]]), []),
        (simple(cuts=[["A", "count", 5]]), ["COUNTS_DO_NOT_ADD_UP"]),
        (simple(cuts=[["A", "<=", 100]], baseline_rule="twice the mean"), ["NOT_APPLIED"]),
        (simple(cuts=[["A", "<=", 100]], indicators=[{"code": "x", "kap": 2}]), ["NOT_APPLIED"]),
        (
            simple(
                rule="share_of_points",
                indicators=[{"code": "x", "weight": 30, "cap": "1.5"}],
                cuts=[["A", "<=", 100]],
            ),
            ["WEIGHTS_NOT_100", "CAP_BELOW_WEIGHT"],
        ),
    ],
)
def test_what_a_person_should_look_at_is_named(enterprises, scheme, expected):
    firms = [row("a", 3), row("b", 2), row("c", 2), row("d", 1)]

    assert codes(simulate(enterprises, scheme, firms)) == expected


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"scheme": "huangyan-2031", "figures": FOUR}, "NOT_FOUND", "scheme"),
        ({"scheme": 5, "figures": FOUR}, "INVALID", "scheme"),
        ({"scheme": None, "figures": FOUR}, "INVALID", "scheme"),
        ({"figures": FOUR}, "INVALID", "scheme"),
        ({"scheme": ABOVE_2022}, "INVALID", "figures"),
        ({"scheme": ABOVE_2022, "figures": []}, "INVALID", "figures"),
        ({"scheme": ABOVE_2022, "figures": {"F1": FOUR[0]}}, "INVALID", "figures"),
        ({"scheme": ABOVE_2022, "figures": ["F1"]}, "INVALID", "figures.0"),
        ({"scheme": ABOVE_2022, "figures": [FOUR[0], FOUR[0]]}, "FIRM_TWICE", "figures.1.firm"),
    ],
)
def test_a_call_that_cannot_be_answered_says_what_is_wrong(enterprises, given, code, field):
    with pytest.raises(Answered) as said:
        enterprises.read("simulate_scores", **given)
    assert (said.value.reasons[0].code, said.value.reasons[0].field) == (code, field)


def test_two_schemes_side_by_side_show_who_wins_and_who_loses(enterprises):
    said = enterprises.read("compare_schemes", scheme=ABOVE_2021, against=ABOVE_2022, figures=FOUR)
    found = {each["firm"]: each for each in said["compared"]}

    assert {name: each["change"] for name, each in found.items()} == {
        "F1": "0.2546",
        "F2": "-0.7808",
        "F3": "-0.0328",
        "F4": "-0.1852",
    }
    assert (found["F1"]["total_before"], found["F1"]["total_after"]) == ("116.1847", "116.4393")
    assert found["F1"]["parts_change"]["tax_per_mu"] == "2.7470"
    assert (said["winners"], said["losers"]) == (1, 3)
    assert found["F1"]["moved"] is None  # neither scheme has cuts


def test_changed_grades_are_counted_with_what_they_cost(enterprises):
    costs = {"C": {"electricity_kwh": "0.1"}, "D": {"electricity_kwh": "0.3"}}
    before = simple(indicators=["x"], cuts=QUARTERS, costs=costs)
    firms = [
        row("a", 4, y=1, electricity_kwh=1000),
        row("b", 3, y=2, electricity_kwh=1000),
        row("c", 2, y=3, electricity_kwh=1000),
        row("d", 1, y=4),
    ]
    said = enterprises.read(
        "compare_schemes", scheme=before, against=before | {"indicators": ["y"]}, figures=firms
    )
    found = {each["firm"]: each for each in said["compared"]}

    assert (said["better"], said["worse"]) == (2, 2)
    assert (found["a"]["grade_before"], found["a"]["grade_after"]) == ("A", "D")
    assert (found["a"]["cost_before_cny"], found["a"]["cost_after_cny"]) == ("0.00", "300.00")
    assert (found["b"]["moved"], found["c"]["moved"]) == ("worse", "better")
    assert found["d"]["cost_before_cny"] is None  # nobody knows its electricity
    assert said["cost_change_cny"] == "300.00"  # 300 for a, 100 for b, 100 less for c
    assert said["moves"][0] == {"grade_before": "A", "grade_after": "D", "firms": 1}


def test_what_is_wrong_with_the_second_scheme_is_told_of_its_own_field(enterprises):
    for against, field in (
        ({"indicators": 5}, "against.indicators"),
        ("huaian-2024", "against.indicators.0.baseline"),
        ("nowhere", "against"),
    ):
        with pytest.raises(Answered) as said:
            enterprises.read("compare_schemes", scheme=ABOVE_2021, against=against, figures=FOUR)
        assert said.value.reasons[0].field == field


def forecast(enterprises, firm, scheme=None, **more):
    scheme = scheme or {"cuts": QUARTERS, "rule": "as_is", "indicators": ["x"]}
    firms = [row("a", 40), row("b", 30), row("c", 20), row("d", "9.5")]
    return enterprises.read("forecast_grade", scheme=scheme, figures=firms, firm=firm, **more)


def test_a_firm_learns_what_it_lacks_for_the_next_grade(enterprises):
    said = forecast(enterprises, "d")

    assert (said["grade"], said["rank"], said["wanted"]) == ("D", 4, "C")
    assert said["needs"] == [
        {
            "indicator": "x",
            "now": "9.5",
            "needed": "20.0000",
            "more": "10.5000",
            "total": "20.0000",
            "rank": 3,  # with the firm that it draws level with
            "why": None,
        }
    ]


def test_a_firm_learns_what_it_lacks_for_the_grade_that_it_names(enterprises):
    [need] = forecast(enterprises, "d", grade="A", unit="0.5")["needs"]

    assert (need["needed"], need["rank"]) == ("40.0", 1)


def test_a_firm_of_the_best_grade_lacks_nothing(enterprises):
    said = forecast(enterprises, "a")

    assert (said["grade"], said["wanted"], said["needs"]) == ("A", None, [])
    assert forecast(enterprises, "b", grade="C")["wanted"] is None


def test_where_no_figure_is_enough_the_forecast_says_so(enterprises):
    capped = [{"code": "x", "rule": "as_is", "cap": 15}]
    [need] = forecast(enterprises, "d", {"cuts": [["A", ">=", 50], ["B", ">=", 0]],
                                         "indicators": capped})["needs"]  # fmt: skip

    assert (need["needed"], need["why"]) == (None, "no figure of x alone is enough")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"firm": "z"}, "NOT_FOUND", "firm"),
        ({"firm": "d", "grade": "Z"}, "INVALID", "grade"),
        ({"firm": "d", "unit": "0"}, "INVALID", "unit"),
        ({"firm": "d", "scheme": {"rule": "as_is", "indicators": ["x"]}}, "NO_CUTS", "scheme"),
        (
            {"firm": "d", "scheme": simple(indicators=["x", "y"], cuts=QUARTERS)},
            "NOT_RANKED",
            "firm",
        ),
    ],
)
def test_a_forecast_that_cannot_be_made_says_why(enterprises, given, code, field):
    with pytest.raises(Answered) as said:
        forecast(enterprises, **given)
    assert (said.value.reasons[0].code, said.value.reasons[0].field) == (code, field)


def test_the_kept_schemes_are_listed_with_their_source(enterprises):
    listed = enterprises.read("list_schemes")["schemes"]
    of = {each["scheme_id"]: each for each in listed}

    assert of["huangyan-2022-below"] == {
        "scheme_id": "huangyan-2022-below",
        "place": "黄岩区",
        "data_year": 2022,
        "group": "below_scale",
        "indicators": ["tax_per_mu", "tax_per_electricity"],
        "grade_names": [],
        "source": "chacewang.com/newsdetail/news430850.html",
    }
    assert len(listed) == 11
    of_place = enterprises.read("list_schemes", place="旌德县")["schemes"]
    assert [each["scheme_id"] for each in of_place] == ["jingde-2022"]


def test_a_word_of_an_indicator_that_nobody_scores_by_is_named_with_its_place(enterprises):
    scheme = simple(cuts=[["A", "<=", 100]], indicators=[{"code": "x", "kap": 2, "note": "2022"}])

    [doubt] = simulate(enterprises, scheme, [row("a", 3)])["doubts"]

    assert doubt["sentence"].endswith("not applied: indicators.0.kap.")
