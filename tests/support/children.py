"""Programs that a test starts: they write to a file, and they are gone when the tests are gone."""

from __future__ import annotations

import atexit
import itertools
import os
import random
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
STARTER = ThreadPoolExecutor(
    1
)  # the system ends a program with the thread that started it: this one stays


def _ports_of_our_own() -> Iterator[int]:
    """The ports of this one of the runs side by side, one after the other, from any of them on."""
    first = 20_000 + PORTS_OF_A_RUN * int(os.environ.get("TESTS_SIDE", 0))
    begin = random.randrange(PORTS_OF_A_RUN)
    for number in itertools.count(begin):
        yield first + number % PORTS_OF_A_RUN


PORTS_OF_A_RUN = 4_000  # three run side by side; see bin/side-by-side
_ports = _ports_of_our_own()


def free_ports(count: int) -> list[int]:
    """Ports that nobody holds now, nor was given here a moment ago.

    They lie below the range that the system gives to outgoing connections: else a client that tries
    to reach a server which is down could be given the server's port, and talk to itself.
    """
    found: list[int] = []
    while len(found) < count:
        port = next(_ports)
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            found.append(port)
    return found


class Child:
    """A running program."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        output: Path,
        cwd: Path | None = None,
    ) -> None:
        self.output = output
        with output.open("ab") as file:
            starting = STARTER.submit(
                subprocess.Popen,
                [*DIES_WITH_US, *command],
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            self.process = starting.result()
        atexit.register(self.kill)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """As a power cut would: no time for a last word."""
        self.send(signal.SIGKILL)
        self.process.wait()
        atexit.unregister(self.kill)

    def stop(self, within_s: float = 30) -> int:
        """Ask it to end. Answers its exit code, or raises `subprocess.TimeoutExpired`."""
        self.send(signal.SIGTERM)
        return self.process.wait(within_s)

    def send(self, number: int) -> None:
        if self.alive:
            os.kill(self.process.pid, number)

    def tail(self, lines: int = 60) -> str:
        """The end of what it wrote."""
        return "\n".join(self.output.read_text(errors="replace").splitlines()[-lines:])
