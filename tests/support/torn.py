"""A wire between a service and a server that swallows, tears and holds back what goes over it."""

from __future__ import annotations

import random
import struct
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from eventlet.patcher import original

from .children import HOST

# a thread of the system and plain sockets: what the test does meanwhile must not hold up the wire
socket, select, threading, clock = map(original, ("socket", "select", "threading", "time"))
RESET = struct.pack("ii", 1, 0)  # closed at once, as a firewall does that has forgotten it
AT_ONCE = 65_536
LOOKS_EVERY_S = 0.02
HALVES_APART_S = 0.2  # longer than any part waits for "what is there already"


@dataclass(eq=False)
class Line:
    """One connection over a wire: the client's socket and the server's."""

    client: Any
    server: Any
    answers_are_lost: bool = False
    questions_are_lost: bool = False

    @property
    def ends(self) -> tuple[Any, Any]:
        return self.client, self.server

    def cut(self) -> None:
        """Both sides are told that the other is gone, in the middle of whatever was said."""
        for end in self.ends:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            end.close()


class Wire:
    """Passes on to a server what it is told on a port of its own. Well until a test says else."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        self.lost = 0  # how often what a test named was lost
        self._lines: list[Line] = []
        self._mute = self._deaf = self._held = self._cuts = self._over = False
        self._tears = self._halves = 0
        self._loses: Callable[[bytes], bool] = lambda _: False
        self._holds: Callable[[bytes], bool] = lambda _: False
        self._times, self._answer_only = 0, False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over = True
        self._thread.join()

    # --- what a test may ask for

    def lose(self, words: Iterable[bytes], times: int = 1, answer_only: bool = False) -> None:
        """The next `times` that a client says all these words, they do not reach the server, and
        the connection is cut. `answer_only`: they do reach it, and the answer is lost."""
        named, self.lost = list(words), 0
        self._loses = lambda said: all(word in said for word in named)
        self._times, self._answer_only = times, answer_only

    def swallow(self) -> None:
        """From now on nothing that the server says arrives."""
        self._mute = True

    def forget(self) -> None:
        """From now on nothing that a client says reaches the server."""
        self._deaf = True

    def hold(self) -> None:
        """Nothing moves, in either direction, until it is well again."""
        self._held = True

    def hold_after(self, word: bytes) -> None:
        """What a client says with this word in it reaches the server; then nothing moves."""
        self._holds = lambda said: word in said

    @property
    def is_held(self) -> bool:
        return self._held

    def tear(self, after: int) -> None:
        """Of the next thing that is said only so many bytes arrive; then the connection is cut."""
        self._tears = after

    def halve(self, after: int) -> None:
        """The next thing that is said arrives in two pieces, with a moment in between."""
        self._halves = after

    def heal(self) -> None:
        """As it should be. What was swallowed stays lost: the connections that missed it are cut."""
        if self._mute or self._deaf:
            self.cut()
        self._holds = lambda _: False
        self._mute = self._deaf = self._held = False
        self._tears = self._halves = 0

    def cut(self) -> None:
        """Every connection over this wire is cut."""
        self._cuts = True

    # --- within, on the thread of the wire

    def _run(self) -> None:
        while not self._over:
            if self._cuts:
                self._cuts = False
                self._cut(self._lines)
            ends = [] if self._held else [end for line in self._lines for end in line.ends]
            for end in select.select([self._listener, *ends], [], [], LOOKS_EVERY_S)[0]:
                if end is self._listener:
                    self._accept()
                elif line := next((line for line in self._lines if end in line.ends), None):
                    self._pass_on(line, end)
        self._cut(self._lines)
        self._listener.close()

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        try:
            line = Line(client, socket.create_connection((HOST, self.server_port), 5))
        except OSError:  # the server is away, and so are we
            client.close()
            return
        for end in line.ends:
            end.settimeout(5)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lines.append(line)

    def _pass_on(self, line: Line, end: Any) -> None:
        asks = end is line.client
        try:
            said = end.recv(AT_ONCE)
            if not said:
                self._cut([line])
            elif self._ask(line, said) if asks else self._answer(line):
                self._say(line, line.server if asks else line.client, said)
        except OSError:
            self._cut([line])

    def _ask(self, line: Line, said: bytes) -> bool:
        """Whether what a client says is to be passed on: never again once something was lost."""
        self._held |= self._holds(said)
        if self._deaf or line.questions_are_lost:
            line.questions_are_lost = True
            return False
        if not (self._times and self._loses(said)):
            return True
        self._times -= 1
        self.lost += 1
        if self._answer_only:
            line.answers_are_lost = True
        else:
            self._cut([line])
        return self._answer_only

    def _answer(self, line: Line) -> bool:
        """Whether what the server says is to be passed on: never again once something was lost."""
        if line.answers_are_lost and not self._mute:
            self._cut([line])
        line.answers_are_lost |= self._mute
        return not line.answers_are_lost

    def _say(self, line: Line, target: Any, said: bytes) -> None:
        if after := self._tears:
            self._tears = 0
            target.sendall(said[:after])
            self._cut([line])
        elif after := self._halves:
            self._halves = 0
            target.sendall(said[:after])
            clock.sleep(HALVES_APART_S)
            target.sendall(said[after:])
        else:
            target.sendall(said)

    def _cut(self, lines: list[Line]) -> None:
        for line in lines:
            line.cut()
        self._lines = [line for line in self._lines if line not in lines]


class Weather:
    """What befalls wires by chance, a seed for each sequence."""

    def __init__(self, wires: dict[str, Wire], seed: int) -> None:
        self.wires, self.chance = wires, random.Random(seed)
        self.befell: dict[str, int] = {}

    def strike(self) -> None:
        """One trouble on one wire, and its end."""
        name = self.chance.choice(sorted(self.wires))
        what = self.chance.choice(["swallow", "forget", "tear", "tear", "halve", "hold"])
        wire = self.wires[name]
        if what in ("tear", "halve"):
            getattr(wire, what)(self.chance.choice([1, 5, self.chance.randrange(2, 300)]))
            time.sleep(self.chance.uniform(0.1, 0.3))
        else:
            getattr(wire, what)()
            time.sleep(self.chance.uniform(0.1, 2 if what == "hold" else 0.4))
        wire.heal()
        self.befell[f"{name}: {what}"] = self.befell.get(f"{name}: {what}", 0) + 1
