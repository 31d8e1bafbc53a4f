"""Each published criterion judges a plot's year by its figure and its bar, or says what is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.parcels.register.parcel import Parcel, ParcelState
from services.parcels.screening.construction import Construction, Part
from services.parcels.screening.criteria import PlotYear, judged
from services.parcels.screening.figures import FirmYear
from services.parcels.screening.law import CRITERIA, Criteria, Criterion, CriterionKind
from services.parcels.words import Said

TEN_MU = Decimal("6666.666667")
EXACT_MU = Decimal(2000)  # 3 mu
LAST = date(2022, 12, 31)
SAID = Said(on=LAST, at=datetime(2023, 1, 1, tzinfo=UTC), event_id="e")
PUBLISHED = {(each.place, each.kind): each for each in CRITERIA.on(date(2025, 12, 31)).criteria}


def firm(enterprise_id="F", share="1", industry_code="C34", **figures):
    names = ("tax_paid_cny", "gross_output_cny", "value_added_cny", "energy_tce", "employees")
    given = dict.fromkeys((*names, "floor_area_m2")) | {"at_least": (), "statistics_only": ()}
    given |= {k: Decimal(v) if isinstance(v, str | int) else v for k, v in figures.items()}
    return FirmYear(
        data_year=2022,
        enterprise_id=enterprise_id,
        version=1,
        share=share and Decimal(share),
        industry_code=industry_code,
        **given,
    )


def built(**more):
    return Construction(reported=SAID, **more)


def plot(*firms, area_m2=EXACT_MU, construction=None, industry_code=None):
    parcel = Parcel(
        parcel_id="330604006-1",
        township="330604006",
        state=ParcelState.REGISTERED,
        area_m2=area_m2,
        industry_code=industry_code,
    )
    return PlotYear(parcel=parcel, construction=construction, firms=firms, judged_on=LAST)


def criterion(kind, **more):
    given = {"place": "here", "since": LAST, "unit": "u", "source": "s"}
    return Criterion(kind=CriterionKind(kind), **given | more)


def judge(criterion, plot):
    (found,) = judged([criterion], plot)
    return found


def verdict(criterion, plot):
    return judge(criterion, plot).verdict


def unknown(criterion, plot):
    found = judge(criterion, plot)
    assert found.verdict == "unknown"
    assert (found.figure, found.floor) == (None, None)
    return found.reason.code


TAX = criterion("tax_per_mu_below", floor=Decimal(5), by_industry={"C34": Decimal(9)})
TAX_FOR_ALL = criterion("tax_per_mu_below", floor=Decimal(5))


@pytest.mark.parametrize(
    ("tax_paid_cny", "expected"), [("149999.99", "low"), ("150000", "not_low"), ("-1", "low")]
)
def test_tax_per_mu_is_low_below_the_floor_and_not_at_it(tax_paid_cny, expected):
    found = judge(TAX_FOR_ALL, plot(firm(tax_paid_cny=tax_paid_cny)))

    assert found.verdict == expected
    assert found.floor == 5
    assert (found.unit, found.source) == ("u", "s")


def test_the_figure_of_a_judgement_is_per_mu_in_ten_thousand_yuan():
    assert judge(TAX_FOR_ALL, plot(firm(tax_paid_cny="120000"))).figure == 4


@pytest.mark.parametrize(
    ("industry", "floor"), [("C34", 9), ("C3411", 9), ("C35", 5), ("C3", 5), (None, 5)]
)
def test_the_floor_is_that_of_the_industry(industry, floor):
    assert judge(TAX, plot(firm(tax_paid_cny=1, industry_code=industry))).floor == floor


def test_of_two_codes_that_fit_the_longer_one_stands():
    floors = {"C": Decimal(1), "C34": Decimal(2), "C341": Decimal(3)}
    found = judge(
        criterion("tax_per_mu_below", by_industry=floors),
        plot(firm(tax_paid_cny=1), industry_code="C349"),
    )

    assert found.floor == 2


def test_the_industry_of_the_parcel_goes_before_that_of_its_firms():
    assert judge(TAX, plot(firm(tax_paid_cny=1), industry_code="C35")).floor == 5


def test_firms_of_two_industries_have_none_between_them():
    two = plot(firm(tax_paid_cny=1), firm("G", industry_code="C35", tax_paid_cny=1))

    assert judge(TAX, two).floor == 5
    by_industry = criterion("tax_per_mu_below", by_industry={"C34": Decimal(9)})
    assert unknown(by_industry, two) == "INDUSTRY_MISSING"


def test_without_a_bar_for_the_industry_nothing_is_guessed():
    one = plot(firm(tax_paid_cny=1))

    assert (
        unknown(criterion("tax_per_mu_below", by_industry={"C35": Decimal(9)}), one)
        == "BAR_MISSING"
    )
    assert unknown(PUBLISHED["台州", "tax_per_mu_below"], inside(one)) == "BAR_MISSING"


def inside(plot, is_inside=True):
    return PlotYear(
        parcel=plot.parcel,
        construction=built(inside_development_boundary=is_inside),
        firms=plot.firms,
        judged_on=plot.judged_on,
    )


def test_firms_on_one_plot_are_merged_by_their_shares():
    firms = [firm("F", tax_paid_cny="60000"), firm("G", share="0.5", tax_paid_cny="120000")]

    assert judge(TAX_FOR_ALL, plot(*firms)).figure == 4


@pytest.mark.parametrize(
    ("firms", "code"),
    [
        ([], "FIGURE_MISSING"),
        ([firm()], "FIGURE_MISSING"),
        ([firm(tax_paid_cny=1), firm("G")], "FIGURE_MISSING"),
        ([firm(statistics_only=("tax_paid_cny",))], "STATISTICS_ONLY"),
        ([firm(share=None, tax_paid_cny=1)], "SHARE_MISSING"),
        ([firm(tax_paid_cny="1", at_least=("tax_paid_cny",))], "ONLY_AT_LEAST"),
    ],
)
def test_a_figure_that_is_not_there_is_said(firms, code):
    assert unknown(TAX_FOR_ALL, plot(*firms)) == code


def test_a_figure_of_statistics_is_refused_by_the_law():
    found = judge(TAX_FOR_ALL, plot(firm(statistics_only=("tax_paid_cny",))))

    assert "art. 28" in found.reason.source


def test_a_figure_that_is_no_less_than_the_floor_is_not_low():
    found = judge(TAX_FOR_ALL, plot(firm(tax_paid_cny="150000", at_least=("tax_paid_cny",))))

    assert (found.verdict, found.figure_at_least) == ("not_low", True)
    assert not judge(TAX_FOR_ALL, plot(firm(tax_paid_cny="150000"))).figure_at_least


def test_a_plot_without_a_survey_has_no_area():
    assert unknown(TAX_FOR_ALL, plot(firm(tax_paid_cny=1), area_m2=None)) == "AREA_MISSING"


MEAN = criterion(
    "tax_per_mu_below_mean", share_of_mean=Decimal("0.50"), by_industry={"C34": Decimal(20)}
)


@pytest.mark.parametrize(("tax_paid_cny", "expected"), [("299999", "low"), ("300000", "not_low")])
def test_tax_is_low_below_half_of_the_mean_of_the_industry(tax_paid_cny, expected):
    found = judge(MEAN, plot(firm(tax_paid_cny=tax_paid_cny)))

    assert (found.verdict, found.floor) == (expected, 10)


def test_a_mean_that_nobody_entered_is_not_made_up():
    published = PUBLISHED["东阳", "tax_per_mu_below_mean"]

    assert unknown(published, plot(firm(tax_paid_cny=1))) == "BAR_MISSING"


@pytest.mark.parametrize(
    ("gross_output_cny", "expected"), [("149999", "low"), ("150000", "not_low")]
)
def test_shaoxing_cuts_at_an_output_of_50000_yuan_per_mu(gross_output_cny, expected):
    published = PUBLISHED["绍兴", "output_per_mu_below"]

    assert verdict(published, plot(firm(gross_output_cny=gross_output_cny))) == expected


@pytest.mark.parametrize(("floor_area_m2", "expected"), [("1999", "low"), ("2000", "not_low")])
def test_a_plot_ratio_below_1_is_low_inside_the_boundary(floor_area_m2, expected):
    published = PUBLISHED["台州", "plot_ratio_below"]
    land = plot(firm(floor_area_m2=floor_area_m2))

    assert verdict(published, inside(land)) == expected
    assert verdict(published, inside(land, False)) == "out_of_scope"
    assert judge(published, inside(land, False)).reason.code == "OUTSIDE_BOUNDARY"
    assert unknown(published, land) == "NOT_REPORTED"


def test_an_industry_may_be_an_exception():
    ratio = criterion("plot_ratio_below", floor=Decimal(1), exempt=("C26",))

    found = judge(ratio, plot(firm(floor_area_m2=1), industry_code="C2611"))
    assert (found.verdict, found.reason.code) == ("out_of_scope", "INDUSTRY_EXEMPT")
    assert verdict(ratio, plot(firm(floor_area_m2=1), industry_code="C27")) == "low"


def test_a_prohibited_industry_speaks_for_low_efficiency():
    listed = criterion("restricted_industry", industries=("C1712",))

    assert verdict(listed, plot(industry_code="C1712")) == "low"
    assert verdict(listed, plot(industry_code="C17")) == "not_low"
    assert unknown(listed, plot()) == "INDUSTRY_MISSING"
    published = PUBLISHED["台州", "restricted_industry"]
    assert unknown(published, inside(plot(industry_code="C17"))) == "BAR_MISSING"


OVERDUE = PUBLISHED["general", "completion_overdue"]


@pytest.mark.parametrize(
    ("agreed", "completed", "expected"),
    [
        (date(2020, 12, 31), None, "not_low"),
        (date(2020, 12, 30), None, "low"),
        (date(2020, 12, 30), date(2022, 12, 31), "not_low"),
        (date(2020, 12, 30), date(2023, 1, 1), "low"),  # after the day of the judgement
        (date(2024, 1, 1), None, "not_low"),
    ],
)
def test_a_completion_is_overdue_after_two_years(agreed, completed, expected):
    facts = built(agreed_completion_on=agreed, completed_on=completed)

    assert verdict(OVERDUE, plot(construction=facts)) == expected


def test_the_figure_of_an_overdue_completion_is_in_days():
    found = judge(OVERDUE, plot(construction=built(agreed_completion_on=date(2020, 12, 30))))

    assert (found.figure, found.floor) == (731, 730)
    assert unknown(OVERDUE, plot()) == "NOT_REPORTED"
    assert unknown(OVERDUE, plot(construction=built())) == "NOT_REPORTED"


@pytest.mark.parametrize(
    ("start", "paid", "expected"),
    [
        (date(2020, 12, 30), "0.4999", "low"),
        (date(2020, 12, 30), "0.5", "not_low"),
        (date(2020, 12, 31), "0.1", "not_low"),  # the two years are not over
    ],
)
def test_less_than_half_of_the_investment_after_two_years_is_low(start, paid, expected):
    share = Part(part=Decimal(paid), whole=Decimal(1))
    facts = built(agreed_start_on=start, investment_paid=share)
    found = judge(PUBLISHED["general", "investment_below"], plot(construction=facts))

    assert (found.verdict, found.figure, found.floor) == (expected, Decimal(paid) * 100, 50)


def test_an_investment_that_nobody_reported_is_not_judged():
    published = PUBLISHED["general", "investment_below"]

    assert unknown(published, plot()) == "NOT_REPORTED"
    assert unknown(published, plot(construction=built())) == "NOT_REPORTED"
    started = built(agreed_start_on=date(2020, 1, 1))
    assert unknown(published, plot(construction=started)) == "NOT_REPORTED"


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [
        (date(2021, 12, 31), "not_low"),
        (date(2021, 12, 30), "low"),
        (None, "not_low"),
        (date(2023, 1, 2), "not_low"),
    ],
)
def test_production_that_stopped_for_more_than_a_year_is_low(stopped, expected):
    published = PUBLISHED["general", "production_stopped"]

    facts = built(production_stopped_on=stopped)
    assert verdict(published, plot(construction=facts)) == expected
    assert unknown(published, plot()) == "NOT_REPORTED"


def test_every_published_criterion_says_where_it_can_be_read():
    assert len(PUBLISHED) == 10
    for each in PUBLISHED.values():
        assert each.source
        assert each.unit


def test_only_criteria_of_the_places_in_force_and_of_the_day_judge():
    old = criterion("tax_per_mu_below", since=date(2021, 6, 1))
    new = criterion("plot_ratio_below", since=date(2025, 4, 25))
    other = criterion("restricted_industry", place="there", since=date(2021, 6, 1))
    rules = Criteria(in_force=("here",), criteria=(old, new, other))

    assert rules.of(date(2021, 5, 31)) == ()
    assert rules.of(date(2021, 6, 1)) == (old,)
    assert rules.of(date(2025, 4, 25)) == (old, new)


@pytest.mark.parametrize(
    ("in_force", "kind", "wrong"),
    [
        ("elsewhere", "output_per_mu_below", "in_force names elsewhere"),
        ("here", "tax_per_mu_below_mean", "needs share_of_mean"),
        ("here", "investment_below", "needs years and floor"),
        ("here", "completion_overdue", "needs years"),
        ("here", "production_stopped", "needs years"),
    ],
)
def test_a_file_by_which_everything_would_pass_is_refused(in_force, kind, wrong):
    with pytest.raises(ValueError, match=wrong):
        Criteria(in_force=(in_force,), criteria=(criterion(kind),))
