"""A pause that may end early."""

from __future__ import annotations

from eventlet.event import Event


class Pause:
    """Somebody rests, until what it waits for is back or for so many seconds. When the pause is ended
    while nobody rests, the next rest is over at once: what it would wait for came in between."""

    def __init__(self) -> None:
        self._over = Event()

    def rest(self, seconds: float) -> None:
        self._over.wait(seconds)
        self._over = Event()

    def end(self) -> None:
        if not self._over.ready():
            self._over.send()
