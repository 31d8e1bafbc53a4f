"""`python -m tests.support.host park parcels`: services in a process of their own, with a gateway.

Prints one line of JSON when they have started: the ports of the probes and of the gateway. The first
argument is `park`, `sample`, or a module that defines services. Settings come from the environment.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported

eventlet.monkey_patch()

import json  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from importlib import import_module  # noqa: E402

from backbone import (  # noqa: E402
    logs,
    settings,
    testing,
)
from backbone.amqp.connection import CONNECTION_ERRORS  # noqa: E402
from backbone.host.installation import Installation  # noqa: E402
from backbone.host.runner import Running  # noqa: E402
from demo.gateway import Gateway  # noqa: E402
from tests.mutants import switch  # noqa: E402
from tests.support.defined import installation_of, services_of  # noqa: E402


def main(kind: str, names: list[str]) -> None:
    testing.register()
    chosen = settings.from_environment()
    switch.from_environment()  # nothing, but in `make mutants`
    logs.configure(chosen.log_level, lambda text: text)
    if kind == "park":
        from services.installation import classes as park_classes
        from services.installation import installation

        classes, here = park_classes(names), installation(chosen)
    else:
        module = import_module("tests.support.sample" if kind == "sample" else kind)
        classes = [services_of(module)[name] for name in names]
        here = installation_of(module, chosen)
    running = Running(classes, here, dict.fromkeys(names, 0))
    signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(running.stop))
    running.start()
    print(json.dumps({"ports": running.ports, "gateway": gateway_of(here)}), flush=True)
    running.wait()


def gateway_of(here: Installation) -> int:
    """Open one, and answer its port. It waits for the broker, as the services do."""
    gateway = Gateway(here)
    while True:
        try:
            return gateway.open(0)
        except CONNECTION_ERRORS:
            eventlet.sleep(0.2)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
