"""The desk of one township: life after life, each command repeated until it is answered, some once more."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from park.time import day_of
from tests.chaos.pages import Pages, Visitor

from .acts import of_life
from .caller import PATIENCE_S, Caller, Refusal
from .life import Act, Life

ASKED_TWICE = 0.15  # of the commands are sent again after their answer


class Desk(threading.Thread):
    """One after the other the lives of plots of one township, by reports and commands. What was sent is in
    `sent`: a method or a type, and its id."""

    def __init__(
        self, uri: str, part: int, lives: int, seed: int, send: Callable[..., Any]
    ) -> None:
        super().__init__(daemon=True)
        self.caller, self.send = Caller(uri), send
        self.part, self.lives, self.chance = part, lives, random.Random(seed)
        self.sent: list[tuple[str, str]] = []
        self.copies = 0
        self.wrong: list[str] = []  # answered twice and differently, or not at all
        self.pages = Pages()

    def run(self) -> None:
        visitor = Visitor(self.pages, Caller(self.caller.uri))
        visitor.start()
        try:
            self.work()
            visitor.stop()
            self.pages.look_a_last_time(self.caller.call)
        except (Refusal, TimeoutError) as problem:
            self.wrong.append(str(problem))
        finally:
            visitor.stop()
            self.caller.close()
            self.wrong += self.pages.wrong

    def work(self) -> None:
        """All that the desk has to do."""
        if self.part == 0:
            about = {"name": "desk", "channel": "log", "address": "desk"}
            self.write("notify", "subscribe", "desk", **about)
        for number in range(self.lives):
            Life(self, f"d{self.part}n{number}").live(self.acts(number))

    def acts(self, number: int) -> Iterable[Act]:
        """What is done in the life of that number."""
        return of_life(self.part, number)

    def today(self) -> date:
        return day_of(datetime.now(UTC))

    def write(self, service: str, method: str, request_id: str, **arguments: Any) -> Any:
        """A command, until it is answered; some are asked once more, and must be answered the same."""
        answer = self.caller.call(service, method, request_id=request_id, **arguments)
        self.sent.append((f"{service}.{method}", request_id))
        if self.chance.random() < ASKED_TWICE:
            self.copies += 1
            again = self.caller.call(service, method, request_id=request_id, **arguments)
            if again != answer:
                self.wrong.append(f"another answer of {service}.{method} {request_id}")
        return answer

    def until(self, ask: Callable[[], Any]) -> Any:
        """What is so once the facts have come through."""
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            with suppress(Refusal):
                if found := ask():
                    return found
            time.sleep(0.3)
        raise TimeoutError("a fact did not come through")
