from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park.units import AREA_TOLERANCE_M2, m2_to_mu, mu_to_m2, same_area, show_mu, tidy

MU = st.decimals(min_value=0, max_value=100_000, places=4)


def test_ninety_mu_are_sixty_thousand_square_metres():
    assert mu_to_m2(Decimal(90)) == 60_000
    assert m2_to_mu(Decimal(60_000)) == 90


def test_the_whole_park_is_not_off_by_a_rounded_factor():
    assert mu_to_m2(Decimal(58_000)) == Decimal("38666666.666667")


def test_a_plot_is_shown_in_mu_with_two_decimals_half_up():
    assert show_mu(Decimal("11781.00")) == "17.67"
    assert show_mu(mu_to_m2(Decimal("0.005"))) == "0.01"


@given(MU)
def test_mu_that_were_reported_come_back(mu):
    assert m2_to_mu(mu_to_m2(mu)) == mu


@given(MU)
def test_areas_are_the_same_within_a_hundredth_of_a_mu(mu):
    area = mu_to_m2(mu)
    assert same_area(area, area + AREA_TOLERANCE_M2)
    assert not same_area(area, area + AREA_TOLERANCE_M2 + Decimal("0.000001"))


@pytest.mark.parametrize("text", ["60000", "666.666667", "0.5", "0", "1000000000"])
def test_an_area_is_written_without_zeros_at_the_end(text):
    assert str(tidy(Decimal(text + ".0000000" if "." not in text else text + "000"))) == text
