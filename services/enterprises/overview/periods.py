"""How the figures of a period are reckoned: what became of the requests of firms in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from park.overview import Clocks, OverviewPart, Reckoned
from park.time import day_of

from ..requests.request import ServiceRequest
from ..requests.words import RequestState

Cause = Callable[[str], str | None]  # the id of the event or call that last spoke of a request


@dataclass(frozen=True, slots=True)
class PeriodReckonings:
    """`requests` are those that were there on the last day, each as it stood then; `since` is the first
    day of the period."""

    requests: Iterable[ServiceRequest]
    cause: Cause
    since: date

    def of_requests(self, of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The requests of which the day that counts lies in the period, or that are open at its end."""
        dated = ((each, COUNTED[of](each, clocks.on)) for each in self.requests)
        parts = [self._part(each, day) for each, day in dated if self._counts(of, day, clocks.on)]
        yield Reckoned(parts=tuple(parts), since_on=None if of in AT_THE_END else self.since)

    def _counts(self, of: str, day: date | None, last: date) -> bool:
        return day is not None and (of in AT_THE_END or self.since <= day <= last)

    def _part(self, request: ServiceRequest, day: date | None) -> OverviewPart:
        return OverviewPart(
            thing="service_request",
            thing_id=request.service_request_id,
            adds=Decimal(1),
            about_on=day,
            event_id=self.cause(request.service_request_id),
        )


def _answered(request: ServiceRequest, _last: date) -> date | None:
    if request.state is not RequestState.ANSWERED or request.answered_at is None:
        return None
    return day_of(request.answered_at)


def _open(request: ServiceRequest, _last: date) -> date | None:
    return request.received_on if request.is_open else None


def _overdue(request: ServiceRequest, last: date) -> date | None:
    is_late = request.is_open and request.due_on is not None and request.due_on < last
    return request.due_on if is_late else None


AT_THE_END = ("open", "overdue")
COUNTED: dict[str, Callable[[ServiceRequest, date], date | None]] = {
    "received": lambda request, _last: request.received_on,
    "answered": _answered,
    "open": _open,
    "overdue": _overdue,
}
