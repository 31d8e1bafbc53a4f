"""Whoever breaks rules hears of all of them at once."""

from __future__ import annotations

import pytest

from backbone.errors import Reason, Refused
from park.rules import broken, refuse

SMALL, ODD = Reason("TOO_SMALL", "Give 3 or more."), Reason("ODD", "Give an even number.")


def is_large(number: int) -> Reason | None:
    return SMALL if number < 3 else None


def is_even(number: int) -> Reason | None:
    return ODD if number % 2 else None


@pytest.mark.parametrize(
    ("number", "reasons"), [(4, ()), (2, (SMALL,)), (5, (ODD,)), (1, (SMALL, ODD))]
)
def test_every_broken_rule_is_answered_in_the_order_of_the_rules(number, reasons):
    assert broken((is_large, is_even), number) == reasons


def test_a_refusal_has_every_reason():
    with pytest.raises(Refused) as refused:
        refuse(SMALL, None, ODD)

    assert refused.value.reasons == (SMALL, ODD)


def test_nothing_is_refused_without_a_reason():
    refuse(None, None)
    refuse()
