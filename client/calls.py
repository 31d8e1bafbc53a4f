"""A call and its answer, over a broker and services that may break meanwhile.

Until its deadline a call is sent again when the connection broke, when the service says that something
of it is away, and when no answer comes; always as the same call, so that a write takes effect once.
"""

from __future__ import annotations

import json
import threading
import uuid
from typing import Any

from .errors import CallError, raised
from .line import Line
from .tries import Time, tried

EXCHANGE = "nameko-rpc"
# to them, under a key that is no call, the broker lets services publish
ANSWERED_BY = (EXCHANGE, "")


class Caller:
    """Calls over one line, one after the other."""

    def __init__(self, uri: str, timeout: float) -> None:
        self.timeout = timeout
        self._line = Line(uri, "rpc.reply-", EXCHANGE)
        self._alone = threading.Lock()

    def call(self, method: str, arguments: dict[str, Any], timeout: float | None = None) -> Any:
        """What `<service>.<method>` answers within so many seconds. Raises a `CallError`."""
        call_id = str(uuid.uuid4())
        body = json.dumps({"args": [], "kwargs": arguments}, ensure_ascii=False).encode()
        given = Time(method, self.timeout if timeout is None else timeout)
        try:
            with self._alone:
                return tried(lambda: self._once(given, call_id, body), self._line, given)["result"]
        except CallError as problem:
            problem.request_id = arguments.get("request_id")
            raise

    def close(self) -> None:
        """Leave the broker."""
        self._line.close()

    def _once(self, given: Time, call_id: str, body: bytes) -> dict[str, Any] | None:
        """The answer to one try, or none while there is time for another. An answer to an earlier try
        is as good."""
        self._line.send(
            body,
            given.until,
            exchange=EXCHANGE,
            routing_key=given.what,
            content_type="application/json",
            reply_to=self._line.queue(given.until),
            correlation_id=call_id,
            expiration=max(given.left(), 0.001),
            headers={"x-deadline": given.deadline},
        )
        message = self._line.wait(
            given.patience(), lambda each: _answers(each, self._line.name, call_id)
        )
        if message is None:
            return None
        answer: dict[str, Any] = json.loads(message.body)
        if answer["error"]:
            raise raised(answer["error"])
        return answer


def _answers(message: Any, key: str, call_id: str) -> bool:
    """Whether it is the answer to this call, and came straight to our key. What somebody led here by an
    exchange or a queue of his own, or as a copy of a call, could be anybody's: there the broker holds nobody
    to keys."""
    came, headers = message.delivery_info, message.headers or {}
    is_direct = came["exchange"] in ANSWERED_BY and came["routing_key"] == key
    is_direct = is_direct and "x-death" not in headers
    return is_direct and message.properties.get("correlation_id") == call_id
