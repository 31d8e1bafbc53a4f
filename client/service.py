"""What the classes in `api/` have in common."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from .calls import Caller
from .values import plain, read


class Service:
    """One service as seen by a caller."""

    name = ""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def _ask(self, method: str, answer: Any, given: dict[str, Any], timeout: float | None) -> Any:
        """The answer to a read, as its type has it."""
        said = self._caller.call(f"{self.name}.{method}", plain(given), timeout)
        return read(answer, said)

    def _write(
        self,
        method: str,
        answer: Any,
        given: dict[str, Any],
        timeout: float | None,
        request_id: str | None,
    ) -> Any:
        """The answer to a write, which has an id of its own."""
        given = {**given, "request_id": request_id or str(uuid.uuid4())}
        return self._ask(method, answer, given, timeout)

    def _all(
        self, method: str, page: Any, given: dict[str, Any], timeout: float | None
    ) -> Iterator[Any]:
        """Each thing of a list; the next page is asked for when the last one is read."""
        cursor: Any = None
        while True:
            said = self._ask(method, page, {**given, "cursor": cursor}, timeout)
            yield from said["items"]
            cursor = said["cursor"]
            if not cursor:
                return
