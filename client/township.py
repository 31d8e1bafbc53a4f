"""A township's own system: it reports, and is told in a receipt what became of each report."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from .errors import Reason, Refused, reasons_of
from .line import Line
from .tries import Time, tried
from .values import Moment, plain

EVENTS, RECEIPTS = "township.events", "township.receipts"
KEPT_S = 3600  # its queue of receipts, while the connection is broken


@dataclass(frozen=True)
class Receipt:
    """What became of a report: `accepted`, `refused` with reasons, or `duplicate` with what the first
    one came to (its `outcome`, and more in `data`). A `note` says what it waits for, say."""

    event_id: str
    outcome: str
    reasons: tuple[Reason, ...]
    note: str | None
    data: dict[str, Any]

    @property
    def accepted(self) -> bool:
        """Whether the report stands, now or since it was first sent."""
        return "accepted" in (self.outcome, self.data.get("first", {}).get("outcome"))

    def or_raise(self) -> Self:
        """The receipt of a report that was not refused. Raises `Refused` with the reasons of one that
        was."""
        first = self.data.get("first", {})
        if "refused" not in (self.outcome, first.get("outcome")):
            return self
        told = self.data.get("reasons") or first.get("reasons") or []
        raise Refused("; ".join(map(str, reasons_of(told))), {"exc_args": [told]})


class Township:
    """Reports under its 9-digit code. `timeout` is in seconds, of each report that names none."""

    def __init__(self, uri: str, code: str, timeout: float = 10) -> None:
        self.code, self.timeout = code, timeout
        self._line = Line(uri, f"receipts-{code}-", RECEIPTS, key=code, kept_s=KEPT_S)
        self._alone = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the broker."""
        self._line.close()

    def report(
        self,
        type_: str,
        data: Mapping[str, Any],
        *,
        event_id: str | None = None,
        time: Moment | None = None,
        timeout: float | None = None,
    ) -> Receipt:
        """Say that something happened, such as `parcel.registered`, and wait for the receipt. `time` is
        when it happened: now, if you do not say. What is not answered in time raises `Unavailable` or
        `DeadlineExceeded`; reported again with the same `event_id` it takes effect once."""
        event_id = event_id or str(uuid.uuid4())
        body = self._event(event_id, type_, data, time or datetime.now(UTC))
        given = Time(f"{self.code}.{type_}", self.timeout if timeout is None else timeout)
        with self._alone:
            return tried(lambda: self._once(given, event_id, body), self._line, given)

    def _event(self, event_id: str, type_: str, data: Mapping[str, Any], time: Moment) -> bytes:
        event = {
            "specversion": "1.0",
            "id": event_id,
            "source": f"/townships/{self.code}",
            "type": type_,
            "time": time,
            "data": data,
        }
        return json.dumps(plain(event), ensure_ascii=False).encode()

    def _once(self, given: Time, event_id: str, body: bytes) -> Receipt | None:
        """The receipt of one try, or none while there is time for another."""
        self._line.queue(given.until)  # before the report, so that no receipt is missed
        self._line.send(
            body,
            given.until,
            exchange=EVENTS,
            routing_key=given.what,
            content_type="application/cloudevents+json",
            delivery_mode=2,
        )
        message = self._line.wait(
            given.patience(), lambda each: _data(each)["event_id"] == event_id
        )
        return None if message is None else _receipt(_data(message))


def _data(message: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(message.body)["data"]
    return data


def _receipt(data: dict[str, Any]) -> Receipt:
    reasons = reasons_of(data.get("reasons"))
    return Receipt(data["event_id"], data["outcome"], reasons, data.get("note"), data)
