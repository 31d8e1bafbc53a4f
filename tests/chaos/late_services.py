"""Services of the park in a process that hears late of a release that was revoked. Until then its listing is
on offer, and nothing but the question to the land register keeps it off a prospect's page. Its clock asks for
its work every few seconds instead of every hour: what a timer tells is told in a run of minutes, and each
tick may be met by a blow.

    python -m tests.chaos.late_services park projects

The hearing waits for `LATE_S`, and on while there is a file `late` in TRIES_DIR. A file `unguarded` there
makes a handbook of it as one writes it without a second thought: it names the rules that look away, `known`
(what projects heard of the release), `asked` (what the land register answers of it), or both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from tests.support import host  # isort: skip - first: it patches the standard library

import eventlet

from backbone.host.entrypoints import Every
from services.projects.handbook import rules
from services.projects.listings.entrypoints import Listings

HOME = Path(os.environ["TRIES_DIR"])
LATE_S = float(os.environ.get("LATE_S", "1.5"))
MOST_S = 5  # from one tick of a timer to the next
setup = Every.setup


def late(hear: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(hear)
    def heard(*given: Any) -> Any:
        eventlet.sleep(LATE_S)
        while (HOME / "late").exists():
            eventlet.sleep(0.05)
        return hear(*given)

    return heard


def hurried(every: Every) -> None:
    every.seconds = min(every.seconds, MOST_S)
    setup(every)


def looking_away(name: str, rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, which finds nothing while it is named."""
    off = HOME / "unguarded"

    @wraps(rule)
    def judged(plot: rules.Plot) -> Any:
        return None if off.exists() and name in off.read_text().split() else rule(plot)

    return judged


if __name__ == "__main__":
    Every.setup = hurried  # type: ignore[method-assign]
    Listings.withdraw_listing = late(Listings.withdraw_listing)  # type: ignore[method-assign]
    rules.ALWAYS = tuple(looking_away("known", each) for each in rules.ALWAYS)
    rules.ASKED_ALWAYS = tuple(looking_away("asked", each) for each in rules.ASKED_ALWAYS)
    host.main(sys.argv[1], sys.argv[2:])
