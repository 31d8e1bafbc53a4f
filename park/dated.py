"""Policies that change with time: a folder of files, each named for the first day of its force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

P = TypeVar("P")


def load(folder: Path, read: Callable[[str], P]) -> dict[date, P]:
    """Every `<first day>.toml` of a folder, as `read` makes it of the text."""
    return {
        date.fromisoformat(file.stem): read(file.read_text("utf-8"))
        for file in folder.glob("*.toml")
    }


def in_force(policies: Mapping[date, P], day: date) -> P:
    """The policy of that day in the park; before the first one, the first one."""
    begun = [first for first in policies if first <= day]
    return policies[max(begun, default=min(policies))]
