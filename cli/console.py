"""Where commands write: answers to the output, everything else to the error stream."""

from __future__ import annotations

import os
import sys
from datetime import datetime

from rich.console import Console

from park.time import PARK_TIME

WIDTH = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200  # in a file lines are long


def moment(told: str) -> str:
    """A moment as a service tells it, by the park's clock, to the second, as `--as-of` takes it."""
    return datetime.fromisoformat(told).astimezone(PARK_TIME).isoformat(timespec="seconds")


out, err = Console(width=WIDTH), Console(stderr=True)
