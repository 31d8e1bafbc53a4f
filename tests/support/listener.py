"""`python -m tests.support.listener projects listing_published` prints what a stock nameko service
hears. The broker is in AMQP_URI."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

from nameko.events import event_handler  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402


def main(source: str, fact: str) -> None:
    class Listening:
        name = "somebody_else"

        @event_handler(source, fact)  # type: ignore[untyped-decorator]  # nameko has no types
        def hear(self, payload: Any) -> None:
            print(json.dumps({"heard": payload}), flush=True)

    runner = ServiceRunner({"AMQP_URI": os.environ["AMQP_URI"]})
    runner.add_service(Listening)
    runner.start()
    print("listening", flush=True)
    runner.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
