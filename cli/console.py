"""Where commands write: answers to the output, everything else to the error stream."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape

from park.time import PARK_TIME

WIDTH = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200  # in a file lines are long


def moment(told: str) -> str:
    """A moment as a service tells it, by the park's clock, to the second, as `--as-of` takes it."""
    return datetime.fromisoformat(told).astimezone(PARK_TIME).isoformat(timespec="seconds")


def cell(value: Any, widest: int) -> str:
    """A value as a cell of a table has it, cut where it is longer than so many characters."""
    said = "–" if value is None else str(value)
    return escape(said if len(said) <= widest else f"{said[: widest - 1]}…")


out, err = Console(width=WIDTH), Console(stderr=True)
