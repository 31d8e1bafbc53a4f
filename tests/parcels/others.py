"""The other services as parcels sees them: each has an answer, or an error to raise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Enterprises:
    answer: Any = field(default_factory=lambda: {"on": "2023-09-01", "firms": []})
    asked: list[dict[str, Any]] = field(default_factory=list)
    deadline_s: float = 10.0

    def firms_on_parcel(self, **request: Any) -> Any:
        self.asked.append(request)
        return said(self.answer)


@dataclass
class Projects:
    answer: Any = field(default_factory=lambda: {"items": [], "cursor": None})
    asked: list[dict[str, Any]] = field(default_factory=list)
    deadline_s: float = 10.0

    contracts: Any = field(default_factory=list)

    def list_listings(self, **request: Any) -> Any:
        self.asked.append(request)
        return said(self.answer)

    def contracts_of_parcel(self, **request: Any) -> Any:
        return said(self.contracts)


def said(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    return answer
