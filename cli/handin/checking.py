"""The dry run: every row judged, and compared with what the park has on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from nameko.exceptions import RemoteError, RpcTimeout, UnknownService
from nameko.standalone.rpc import ClusterRpcProxy

from backbone import settings
from backbone.amqp.connection import CONNECTION_ERRORS, connection, refusal
from handin.compare import ASKED, changes
from handin.events import Report
from handin.rows import Judged
from handin.said import Outcome
from handin.sheet import Sheet

from .shown import Rows, apart, file_said, line, ordered, summary

AT_ONCE = 100
Compared = tuple[Judged, tuple[str, ...]]  # what would change: new, same, or a field of the data


def check_rows(sheet: Sheet, uri: str, wait_s: float, *, as_json: bool) -> int:
    """Show every row and the summary. Answers the exit code."""
    file_said(sheet, as_json=as_json)
    park, counts, rows = Park(uri, wait_s), Counter[str](), Rows()
    for judged, changed in park.compared(sheet.judged()):
        if judged.apart:
            apart(judged, counts, as_json=as_json)
            continue
        counts.update(["rows", judged.outcome.value, *_change(changed)])
        if as_json:
            remarks = [each.as_dict() for each in judged.remarks]
            line(row=judged.number, outcome=judged.outcome.value, remarks=remarks, changes=changed)
        else:
            rows.add(judged)
    rows.show()
    names = (*Outcome, "new", "changed", "same") if park.reached else tuple(Outcome)
    said = sheet.said_at_the_end
    said += [park.sentence] if park.sentence else []
    summary(ordered(counts, names), said, as_json=as_json, compared=park.reached)
    return 1 if counts[Outcome.NEEDS_PERSON] + counts[Outcome.REFUSED] else 0


def _change(changed: tuple[str, ...]) -> tuple[str, ...]:
    """In a word: new, changed or same; nothing of what was not compared."""
    if not changed or changed in (("new",), ("same",)):
        return changed
    return ("changed",)


class Park:
    """What the park has on record. Once it does not answer it is not asked again, and `sentence`
    says so."""

    def __init__(self, uri: str, wait_s: float) -> None:
        self.uri, self.wait_s, self.sentence = uri, wait_s, ""
        self.reached = self._is_there()

    def compared(self, rows: Iterable[Judged]) -> Iterator[Compared]:
        rows = iter(rows)
        if not self.reached:
            yield from ((each, ()) for each in rows)
            return
        with ClusterRpcProxy({"AMQP_URI": self.uri}, timeout=self.wait_s) as park:
            while batch := list(islice(rows, AT_ONCE)):
                yield from zip(batch, self._beside(park, batch), strict=True)

    def _is_there(self) -> bool:
        if not self.uri or self.uri.startswith("embedded:"):
            self.sentence = "Not compared with the park: AMQP_URI names no broker, or --no-compare."
            return False
        try:
            with connection(self.uri):
                return True
        except CONNECTION_ERRORS as problem:
            away = f"no connection to {settings.masked(self.uri)}."
            self.sentence = f"Not compared with the park: {refusal(problem, self.uri) or away}"
            return False

    def _beside(self, park: Any, batch: list[Judged]) -> list[tuple[str, ...]]:
        if not self.reached:
            return [()] * len(batch)
        try:
            asked = [[(each, _ask(park, each)) for each in row.reports] for row in batch]
            return [_changes([(report, _answer(reply)) for report, reply in row]) for row in asked]
        except (*CONNECTION_ERRORS, RemoteError, RpcTimeout, UnknownService) as problem:
            self.reached = False
            away = f"it did not answer ({type(problem).__name__})."
            why = refusal(problem, self.uri) or away
            self.sentence = f"Not compared with the park, or not all rows: {why}"
            return [()] * len(batch)


def _ask(park: Any, report: Report) -> Any:
    service, method, argument = ASKED[report.type]
    return getattr(getattr(park, service), method).call_async(**{argument: report.thing})


def _answer(reply: Any) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = reply.result()
    except RemoteError as problem:
        if problem.exc_type != "NotFound":
            raise
        return None
    return found


def _changes(asked: list[tuple[Report, dict[str, Any] | None]]) -> tuple[str, ...]:
    """Of a row: new, same, or the fields that it would change."""
    if not asked:
        return ()
    found = [changes(report, document) for report, document in asked]
    if all(each is None for each in found):
        return ("new",)
    names = [name for each in found for name in (each if each is not None else ("new",))]
    return tuple(dict.fromkeys(names)) or ("same",)
