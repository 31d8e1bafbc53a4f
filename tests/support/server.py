"""A server that the tests may kill, freeze and start again with what it had written."""

from __future__ import annotations

import atexit
import shutil
import signal
import tempfile
from pathlib import Path
from typing import ClassVar, Self

from .children import Child, free_ports
from .eventually import eventually


class NotInstalled(Exception):
    """A server that the tests need is not on this machine."""

    def __init__(self, program: str) -> None:
        super().__init__(f"{program} is not installed: `make test` installs what the tests need")


class DidNotStart(Exception):
    """A server ended before it was ready, or was not ready in time; the text is what it wrote."""


class Server:
    """A server that lives as long as the tests, whatever they do to it."""

    name: ClassVar[str]
    ports_needed: ClassVar[int]
    starts_within_s: ClassVar[float]

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix=f"tenglong-{self.name}-"))
        self.ports: list[int] = []
        self.children: list[Child] = []
        atexit.register(self.discard)

    def start(self) -> Self:
        """Start on free ports; when somebody else takes one of them meanwhile, on others."""
        for tries_left in (2, 1, 0):
            self.ports = free_ports(self.ports_needed)
            try:
                self.restart()
                break
            except DidNotStart:
                if not tries_left:
                    raise
        return self

    def restart(self) -> None:
        """Start again after `kill` or `stop`, on the same ports, with the data that it had."""
        self.kill()
        self.children = self.launch()
        self._wait_ready()

    def ensure_up(self) -> None:
        """Undo what a test may have left behind."""
        self.resume()
        if self.children[-1].alive:
            self._wait_ready()
        else:
            self.restart()

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        for child in self.children:
            child.kill()

    def stop(self) -> None:
        """A clean stop; the data stays."""
        self.resume()
        self.children[-1].stop()
        self.kill()

    def pause(self) -> None:
        """It hangs: connections stay open, nothing is answered."""
        self.children[-1].send(signal.SIGSTOP)

    def resume(self) -> None:
        self.children[-1].send(signal.SIGCONT)

    def discard(self) -> None:
        """End it and delete its data."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def launch(self) -> list[Child]:
        """Start the processes; the last one is the server itself."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether it is ready, asked in its own protocol."""
        raise NotImplementedError

    def _wait_ready(self) -> None:
        try:
            eventually(self._ready_or_dead, self.starts_within_s)
        except AssertionError as late:
            raise DidNotStart(f"{late}; it wrote:\n{self.children[-1].tail()}") from late

    def _ready_or_dead(self) -> bool:
        if not self.children[-1].alive:
            raise DidNotStart(self.children[-1].tail())
        return self.answers()
