"""Running services in this process."""

from __future__ import annotations

import sys

from backbone import logs, settings
from backbone.host.runner import run
from park.masking import mask

from .installation import classes, installation, ports


def main(names: list[str]) -> None:
    """Run these services until SIGTERM. Settings that cannot be used end with exit code 2."""
    try:
        run_services(names)
    except settings.Unusable as problem:
        print(f"These settings cannot be used: {problem}", file=sys.stderr)
        sys.exit(2)


def run_services(names: list[str]) -> None:
    """Run services in this process until SIGTERM."""
    chosen = settings.from_environment().fit_to_run()
    logs.configure(chosen.log_level, mask)
    if chosen.amqp_uri.startswith("embedded:"):
        from backbone.testing import (
            transport,
        )  # 1.4 MB that a service on a real broker has no use for

        transport.register()
        logs.log.warning(
            "not_durable", broker="in memory", store="in memory, gone with this process"
        )
    try:
        run(classes(names), installation(chosen), ports(names))
    except settings.Unusable:
        raise
    except Exception:  # noqa: BLE001 - why it could not start stands in the log
        sys.exit(1)
