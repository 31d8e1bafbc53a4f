"""What every service holds of its figures of the overview: the parts of each add up to it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from backbone.testing import Rehearsal


def figures_of(service: Rehearsal, **asked: Any) -> dict[str, Any]:
    """The figures by their names."""
    found = service.read("overview_figures", **asked)
    named = {each["figure"]: each for each in found}
    assert len(named) == len(found)
    return named


def value_of(service: Rehearsal, figure: str, **asked: Any) -> str | None:
    return figures_of(service, **asked)[figure]["value"]


def hold_that_parts_add_up(service: Rehearsal, **asked: Any) -> int:
    """Every figure is what its parts add up to, and each names what said it. Answers how many parts there
    were."""
    seen = 0
    for name, figure in figures_of(service, **asked).items():
        explained = service.read("explain_overview", figure=name, **asked)
        parts = explained["parts"]
        assert all(each["event_id"] for each in parts), f"nobody said a part of {name}"
        assert explained["figure"] == figure
        assert figure["parts"] == len(parts)
        assert (figure["value"] is None) == (figure["reason"] is not None)
        seen += len(parts)
        if figure["value"] is not None:
            assert Decimal(figure["value"]) == added_up(parts, figure["unit"]), name
    return seen


def added_up(parts: list[Any], unit: str) -> Decimal:
    if unit != "times":
        total = sum((Decimal(each["adds"]) for each in parts), Decimal(0))
        return total.quantize(Decimal("0.01"), ROUND_HALF_UP) if unit == "mu" else total
    after = sum(Decimal(each["after"]) for each in parts)
    return round(after / sum(Decimal(each["before"]) for each in parts), 6)
