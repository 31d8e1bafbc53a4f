"""`python -m tests.chaos.hurrying_services park parcels …`: services as `tests.support.host` runs them, whose
clock asks for its work every few seconds instead of every hour. What is told by a timer is told in a run of
minutes, then, and each tick may be met by a blow."""

from __future__ import annotations

import sys

from tests.support import host  # isort: skip - patches eventlet before everything else

from backbone.host.entrypoints import Every

MOST_S = 5  # from one tick to the next
setup = Every.setup


def hurried(every: Every) -> None:
    every.seconds = min(every.seconds, MOST_S)
    setup(every)


if __name__ == "__main__":
    Every.setup = hurried
    host.main(sys.argv[1], sys.argv[2:])
