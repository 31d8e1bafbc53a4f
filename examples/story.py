"""Telling a story at the broker that AMQP_URI names; where something is not up, one line says what."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from client import DeadlineExceeded, Unavailable

START = "Start a broker and the services of the park (docker compose up --wait), and run it again."


def run(main: Callable[[str], object]) -> None:
    """Run the story. Exits with 1 if broker or services are not there to hear it."""
    uri = os.environ.get("AMQP_URI")
    if not uri:
        sys.exit(
            f"AMQP_URI is not set: it names the broker, as amqp://user:password@host/%2F. {START}"
        )
    try:
        main(uri)
    except (Unavailable, DeadlineExceeded) as problem:
        sys.exit(f"{problem}. {START}")
