"""What each call of the overview is given."""

from __future__ import annotations

from typing import Any

CLOCKS = {
    "on": "2023-07-31",
    "known_at": "2023-09-10T00:00:00+08:00",
    "rules": "2023-08-01",
}
OVERVIEW_GIVEN: dict[str, dict[str, Any]] = {
    "overview": CLOCKS,
    "overview_figures": CLOCKS,
    "explain_overview": {**CLOCKS, "figure": "land_remediated"},
}
