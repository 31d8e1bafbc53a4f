"""Programs that a test starts: they write to a file, and they are gone when the tests are gone."""

from __future__ import annotations

import atexit
import os
import random
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
STARTER = ThreadPoolExecutor(
    1
)  # the system ends a program with the thread that started it: this one stays


def free_ports(count: int) -> list[int]:
    """Ports that nobody holds now.

    They lie below the range that the system gives to outgoing connections: else a client that tries
    to reach a server which is down could be given the server's port, and talk to itself.
    """
    found: set[int] = set()
    while len(found) < count:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            found.add(port)
    return list(found)


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
