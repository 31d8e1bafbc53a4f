"""Lives of plots: every type of report that a township may send, each about things of its own life, and
what can be read back of it.

A report has taken effect when the history of a thing names its event; twice, when it does so twice.
"""

from __future__ import annotations

import inspect
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from backbone.store import history
from park.townships import HEARTBEAT
from services.installation import HOMES, classes

SAMPLES = Path(__file__).parents[1] / "contracts" / "samples" / "township"
HEARERS = ("parcels", "enterprises")
TOWNSHIPS = ("330604006", "330604001")
OF_THE_SAMPLES = "330604006"
APART = ("low_efficiency.rejected",)  # of a plot of its own: one that was verified is not rejected


def types() -> list[str]:
    """Every type of report that the services hear of townships; a heartbeat is the platform's own."""
    return sorted(
        entrypoint.type
        for cls in classes(HOMES)
        for _, method in inspect.getmembers(cls, inspect.isfunction)
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if getattr(entrypoint, "source", "") == "township" and entrypoint.type != HEARTBEAT
    )


def life(run: str, township: str, chance: random.Random) -> list[dict[str, Any]]:
    """One event of each type, in an order of its own: whatever comes first waits for the others."""
    order = types()
    chance.shuffle(order)
    return [event(type_, run, township) for type_ in order]


def event(type_: str, run: str, township: str) -> dict[str, Any]:
    """The sample of the type, told of the things of this life. `run` has letters and digits alone."""
    text = (SAMPLES / f"{type_}.json").read_text("utf-8")
    things = f"{township}-{run}{'.apart' if type_ in APART else ''}."
    own = text.replace(f"{OF_THE_SAMPLES}-", things)
    return {
        "specversion": "1.0",
        "id": f"{run}/{type_}",
        "source": f"/townships/{township}",
        "type": type_,
        "time": "2023-09-01T09:30:00+08:00",
        "data": json.loads(own),
    }


def applied(call: Callable[..., Any], keys: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often the history of each thing names each event of a township. `call` asks the store, `keys`
    are those of histories."""
    found: Counter[tuple[str, str]] = Counter()
    for key in keys:
        for change in history.read(call("lrange", key, 0, -1)):
            if (change["by"]["source"] or "").startswith("/townships/"):
                found[key, change["by"]["id"]] += 1
    return found
