"""Schemes and figures of the tests."""

from __future__ import annotations

from decimal import Decimal

from services.enterprises.evaluation.scheme import Scheme
from services.enterprises.evaluation.scoring import scored

ABCD = [["A", "<=", 20], ["B", "<=", 60], ["C", "<=", 95], ["D", "last", 5]]
QUARTERS = [["A", "<=", 25], ["B", "<=", 50], ["C", "<=", 75], ["D", "last", 25]]
SIX = (
    "tax_per_mu",
    "value_added_per_mu",
    "value_added_per_tce",
    "value_added_per_emission",
    "labour_productivity",
    "rd_ratio",
)


def firm(name, *figures, codes=SIX, **marks):
    given = zip(codes, figures, strict=True)
    return {"firm": name, **{code: x for code, x in given if x is not None}, **marks}


FOUR = [
    firm("F1", "30", "150", "3.0", "6000", "20", "0.035"),
    firm("F2", "10", "90", "2.0", None, "15", "0.01"),
    firm("F3", "24.097", "136.16", "2.694", "4929.81", "18.14", "0.0302"),
    firm("F4", "5", "40", "0.6", "900", "8", "0"),
]


def simple(**more):
    """A scheme of one indicator whose figure is its points."""
    return {"id": "s", "rule": "as_is", "indicators": ["x"], "cuts": ABCD} | more


def row(name, x=None, **marks):
    return {"firm": name, **({} if x is None else {"x": x}), **marks}


def scores(scheme, figures):
    return {score.firm: score for score in scored(Scheme.load(scheme), figures)}


def points(number):
    return number.quantize(Decimal("0.0001"))
