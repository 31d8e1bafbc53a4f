"""The work that every contestant does: a township's report of a plot is read, held against a
contract, kept, and announced.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from backbone.amqp.topology import Feed

AMQP_URI = os.environ.get("AMQP_URI", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
TOWNSHIP = "330604006"
QUORUM = {"x-queue-type": "quorum"}
BATCH = 200
NO_SHARE = {"PUBLISHER_PER_S": "0"}  # here one publisher is all there is, and floods
ROOT = Path(__file__).parents[1]
FEED = Feed("township", "/townships/", "plots", lambda code, _day: code == TOWNSHIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    plot_id: str
    area_m2: Decimal
    land_use: str
    in_zone: bool
    surveyed_on: str
    reports: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRegistered:
    plot_id: str
    area_m2: Decimal
    land_use: str


def report(number: int) -> dict[str, Any]:
    return {
        "plot_id": f"{TOWNSHIP}-{number:07}",
        "area_m2": "11781.50",
        "land_use": "industrial",
        "in_zone": True,
        "surveyed_on": "2023-07-20",
    }


def event(number: int) -> bytes:
    """The report as a township sends it."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"bench-{number}",
            "source": f"/townships/{TOWNSHIP}",
            "type": "plot.reported",
            "time": "2023-08-01T09:30:00+08:00",
            "data": report(number),
        }
    ).encode()
