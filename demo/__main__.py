"""`make run`: the four services in one process, the story of a plot and a year of a small park played before
your eyes, then left running."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402 - patched before everything else is imported

eventlet.monkey_patch()

import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402

from rich.markup import escape  # noqa: E402
from rich.panel import Panel  # noqa: E402

from backbone import logs, settings  # noqa: E402
from backbone.host.runner import Running  # noqa: E402
from backbone.testing import transport as embedded  # noqa: E402
from demo.gateway import Gateway  # noqa: E402
from demo.how import tell_how  # noqa: E402
from demo.play import out, play  # noqa: E402
from demo.small_year import play_year  # noqa: E402
from park.masking import mask  # noqa: E402
from services.installation import HOMES, classes, installation, ports  # noqa: E402


def main() -> int:
    embedded.register()
    try:
        # whoever tries it may have a Redis that forgets; the services say so all the same
        environment = {"STORE_AT_RISK": "serve", **os.environ}
        chosen = settings.from_environment(environment).fit_to_run()
        wanted = ports(HOMES)
    except settings.Unusable as problem:
        out.print(f"[red]These settings cannot be used:[/] {problem}")
        return 2
    logs.configure(os.environ.get("LOG_LEVEL", "WARNING"), mask)
    _say_where(chosen)
    here = installation(chosen)
    running = Running(classes(HOMES), here, wanted)
    gateway = Gateway(here)
    signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(running.stop))
    signal.signal(signal.SIGINT, lambda *_: eventlet.spawn_n(running.stop))
    try:
        running.start()
        port = gateway.open(_port())
    except (settings.Unusable, OSError, ValueError) as problem:
        hint = "" if isinstance(problem, settings.Unusable) else " (the gateway: set GATEWAY_PORT)"
        out.print(f"[red]It cannot start:[/] {escape(str(problem))}{hint}")
        return 1
    eventlet.spawn_n(_play_and_tell, gateway, port, running, chosen)
    running.wait()
    return 0


def _port() -> int:
    """GATEWAY_PORT; DOOR_PORT is what it was called before."""
    return int(os.environ.get("GATEWAY_PORT") or os.environ.get("DOOR_PORT") or 8000)


def _say_where(chosen: settings.Settings) -> None:
    if chosen.amqp_uri.startswith("embedded:") or chosen.redis_url.startswith("memory:"):
        out.print(
            Panel(
                "Broker and store are [bold]IN MEMORY[/]: nothing here is durable, all is gone when you "
                "stop.\nFor real servers: make run AMQP_URI=amqp://… REDIS_URL=redis://…",
                title="NOT DURABLE",
                style="yellow",
            )
        )
    else:
        out.print(
            f"broker {settings.masked(chosen.amqp_uri)}, store {settings.masked(chosen.redis_url)}"
        )


def _play_and_tell(
    gateway: Gateway, port: int, running: Running, chosen: settings.Settings
) -> None:
    try:
        play(gateway)
        play_year(gateway)
    except Exception as problem:  # noqa: BLE001 - the services stay up; the reader is told
        out.print(f"[red]The story stopped:[/] {type(problem).__name__}: {problem}")
    tell_how(port, running, chosen)


if __name__ == "__main__":
    sys.exit(main())
