"""By which figures a firm is scored, where each comes from, and what is frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.enterprises.evaluation.inputs import inputs_of
from services.enterprises.rounds.entry import Figure, FigureSource, PlotArea, RoundFirm
from services.enterprises.rounds.inputs import added_up, used, values
from services.enterprises.rounds.law import PROCEDURE

from .conftest import AREAS_ON, ROUND, SCORED_ON, firm_id
from .test_the_round import refused

INPUTS = inputs_of(2022)


def indicators(firms, codes):
    return values(added_up(firms, INPUTS, codes), INPUTS, codes)


def mine(desk, number=1, **more):
    about = {"round_id": ROUND, "enterprise_id": firm_id(number), "asked_by": firm_id(number)}
    return desk.read("my_figures", **about | more)


def own(desk, number=1):
    return {
        each["name"]: (each["value"], each["figure_source"])
        for each in mine(desk, number)["own_figures"]
    }


def entry(**figures):
    return RoundFirm(
        round_firm_id="r/f",
        round_id="r",
        enterprise_id="f",
        township="330604006",
        frozen=tuple(
            Figure(name=name, value=Decimal(value), figure_source=FigureSource.DESK)
            for name, value in figures.items()
        ),
    )


@pytest.mark.parametrize(
    ("code", "figures", "value"),
    [
        ("tax_per_mu", {"tax_paid_cny": "300000", "land_m2": "6666.6666666667"}, "3"),
        ("tax_per_mu", {"tax_paid_cny": "-150000", "land_m2": "2000"}, "-5"),
        ("value_added_per_mu", {"value_added_cny": "15000000", "land_m2": "6666.6667"}, "150"),
        ("value_added_per_tce", {"value_added_cny": "900000", "energy_tce": "30"}, "3"),
        ("value_added_per_emission", {"value_added_cny": "60000000", "emission_t": "1"}, "6000"),
        ("labour_productivity", {"value_added_cny": "12000000", "employees": "60"}, "20"),
        ("rd_ratio", {"rd_cny": "700000", "revenue_cny": "20000000"}, "0.035"),
        ("tax_per_electricity", {"tax_paid_cny": "80000", "electricity_kwh": "400000"}, "0.20"),
        ("revenue_per_mu", {"revenue_cny": "2000000", "land_m2": "2000"}, "66.6666667"),
    ],
)
def test_an_indicator_is_one_input_over_another_in_the_units_of_the_schemes(code, figures, value):
    found = indicators([entry(**figures)], [code])

    assert abs(found[code] - Decimal(value)) < Decimal("0.0001")


@pytest.mark.parametrize(
    "figures",
    [
        {"tax_paid_cny": "1"},
        {"land_m2": "1"},
        {"tax_paid_cny": "1", "land_m2": "0"},
    ],
)
def test_an_indicator_without_one_of_its_inputs_is_missing(figures):
    assert indicators([entry(**figures)], ["tax_per_mu"]) == {}


def test_an_indicator_that_the_desk_gives_stands_in_place_of_a_made_one():
    firm = entry(tax_paid_cny="300000", land_m2="2000", tax_per_mu="7")

    assert indicators([firm], ["tax_per_mu"]) == {"tax_per_mu": Decimal(7)}
    assert indicators([firm], ["rd_ratio"]) == {}


def test_land_that_one_holder_gave_and_one_takes_from_the_register_is_added_up():
    plot = PlotArea(parcel_id="P", area_m2=Decimal(2000))
    register = Figure(name="land_m2", value=Decimal(2000), figure_source=FigureSource.REGISTER)
    tax = Figure(name="tax_paid_cny", value=Decimal(30000), figure_source=FigureSource.TAX)
    one = RoundFirm(
        round_firm_id="r/1",
        round_id="r",
        enterprise_id="1",
        township="330604006",
        plots=(plot,),
        frozen=(register, tax),
    )
    other = entry(tax_paid_cny="30000", land_m2="2000")

    found = indicators([one, other], ["tax_per_mu"])

    assert round(found["tax_per_mu"], 6) == 1  # 60,000 yuan on 6 mu


def test_a_firm_sees_its_own_figures_each_with_its_source(desk):
    desk.figures(1, source="declared", tax_paid_cny="1", employees=60)

    assert own(desk) == {
        "electricity_kwh": ("1000000", "desk"),
        "employees": ("60", "declared"),
        "land_m2": ("6666.666667", "register"),
        "tax_paid_cny": ("400000", "tax"),
    }


def test_a_firm_sees_only_its_own_figures(desk):
    assert refused(mine, desk, 1, asked_by=firm_id(2)) == ["NOT_YOUR_FIGURES"]
    assert firm_id(2) not in str(mine(desk, 1))


def test_a_firm_that_shares_a_result_is_told_with_how_many_and_not_with_whom(desk):
    desk.firm(5, {"parcel_id": "330604006-P1", "role": "owner", "from": "2015-01-01"})
    desk.until_scored()

    seen = mine(desk, 5)

    assert seen["shared_with"] == 2
    assert firm_id(1) not in str(seen)


def test_a_firm_sees_its_grade_when_it_is_published_and_not_before(desk):
    desk.until_scored()
    assert mine(desk)["grade"] is None

    desk.step("publicise_grades", "2023-07-11")

    seen = mine(desk)
    assert (seen["grade"], seen["rank"]) == ("A", 1)
    assert (seen["published_first"], seen["published_last"]) == ("2023-07-11", "2023-07-17")


def test_a_figure_of_statistics_judges_nobody_and_is_named_as_missing(desk):
    desk.firm(5)
    desk.survey(5)
    desk.figures(5, source="statistics", tax_paid_cny="900000")

    missing = {each["field"]: each["code"] for each in mine(desk, 5)["missing"]}

    assert missing == {"electricity_kwh": "FIGURE_MISSING", "tax_paid_cny": "STATISTICS_ONLY"}
    assert "tax_paid_cny" not in own(desk, 5)


def test_what_is_corrected_after_scoring_moves_no_score_and_is_shown(desk):
    desk.until_scored()
    before = desk.scored()

    desk.figures(4, tax_paid_cny="900000")

    after = desk.scored()
    assert after["4"].pop("changed") == ["tax_paid_cny"]
    assert before["4"].pop("changed") == []
    assert after == before
    (change,) = desk.read("round_changes", round_id=ROUND)["changed_figures"]
    assert change["enterprise_id"] == firm_id(4)
    assert (change["frozen_figure"]["value"], change["figure_now"]["value"]) == ("100000", "900000")
    assert own(desk, 4)["tax_paid_cny"] == ("100000", "tax")


def test_the_published_area_stands_when_the_plot_is_surveyed_anew(desk):
    desk.step("publicise_areas", AREAS_ON)
    desk.survey(1, "20000", version=2)
    desk.step("score_round", SCORED_ON)

    firm = desk.scored()["1"]

    values = {part["indicator"]: part["value"] for part in firm["parts"]}
    assert round(Decimal(values["tax_per_mu"]), 5) == 4
    assert firm["changed"] == ["land_m2"]


def test_the_desk_gives_only_figures_that_an_indicator_uses_and_never_of_statistics(desk):
    assert refused(desk.give, 1, luck="7") == ["FIGURE_NOT_KNOWN"]
    assert refused(desk.give, 1, land_m2="0") == ["LAND_AREA_MISSING"]
    figures = [{"name": "tax_paid_cny", "value": "1"}]
    about = {"enterprise_id": firm_id(1), "document_id": "D-1", "figures": figures}
    for source in ("statistics", "register"):
        more = about | {"source_class": source}
        assert refused(desk.step, "give_round_figures", AREAS_ON, **more) == ["INVALID"]


def test_the_later_figure_that_the_desk_gives_stands(desk):
    desk.give(1, tax_paid_cny="1")
    desk.give(1, tax_paid_cny="2")

    assert own(desk)["tax_paid_cny"] == ("2", "desk")


def aside(desk):
    found = desk.read("round_changes", round_id=desk.round_id)["figures_set_aside"]
    return [
        (
            each["enterprise_id"],
            *(each[name]["figure_source"] for name in ("used_figure", "other_figure")),
            *(each[name]["value"] for name in ("used_figure", "other_figure")),
            each["why"]["code"],
        )
        for each in found
    ]


def test_what_the_tax_office_says_later_than_the_desk_is_shown_with_the_order_of_the_sources(desk):
    desk.give(1, tax_paid_cny="500000")
    assert aside(desk) == [(firm_id(1), "desk", "tax", "500000", "400000", "SOURCE_GOES_FIRST")]
    desk.until_scored()

    desk.figures(1, tax_paid_cny="900000")

    assert aside(desk) == [(firm_id(1), "desk", "tax", "500000", "900000", "SOURCE_GOES_FIRST")]
    changes = desk.read("round_changes", round_id=ROUND)
    assert changes["changed_figures"] == []
    (told,) = changes["figures_set_aside"]
    assert "desk, tax, declared, register" in told["why"]["sentence"]
    assert told["why"]["source"].startswith("practice")


def test_of_a_firm_that_declared_the_tax_office_is_used_and_what_it_declared_is_shown(desk):
    desk.figures(2, source="declared", tax_paid_cny="310000")
    assert aside(desk) == [(firm_id(2), "tax", "declared", "300000", "310000", "SOURCE_GOES_FIRST")]


def test_a_figure_that_was_declared_when_it_was_frozen_stays_and_that_of_the_tax_office_is_shown(
    desk,
):
    desk.figures(1, source="declared", energy_tce="30", tax_paid_cny="400000")
    desk.firm(5)
    desk.survey(5)
    desk.figures(5, source="declared", tax_paid_cny="700000")
    desk.give(5, electricity_kwh="1000000")
    desk.until_scored()
    desk.figures(5, tax_paid_cny="650000")
    assert aside(desk) == [(firm_id(5), "declared", "tax", "700000", "650000", "FROZEN_BEFORE")]
    (change,) = desk.read("round_changes", round_id=ROUND)["changed_figures"]
    assert change["figure_now"]["value"] == "650000"


def test_what_two_sources_say_alike_is_no_difference_and_statistics_say_nothing(desk):
    desk.give(1, tax_paid_cny="400000")
    desk.figures(2, source="statistics", tax_paid_cny="900000")
    assert aside(desk) == []


def test_a_county_that_lets_the_tax_office_go_before_its_desk_says_so_in_its_data():
    figures = [
        Figure(name="tax_paid_cny", value=Decimal(value), figure_source=source)
        for value, source in (("1", FigureSource.DESK), ("2", FigureSource.TAX))
    ]
    procedure = PROCEDURE.on(date(2023, 7, 1))
    other = replace(procedure, sources=(FigureSource.TAX, FigureSource.DESK))
    assert [each.value for each in used(figures, procedure)] == [Decimal(1)]
    assert [each.value for each in used(figures, other)] == [Decimal(2)]
