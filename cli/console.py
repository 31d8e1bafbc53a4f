"""Where commands write: answers to the output, everything else to the error stream."""

from __future__ import annotations

import os
import sys

from rich.console import Console

WIDTH = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200  # in a file lines are long
out, err = Console(width=WIDTH), Console(stderr=True)
