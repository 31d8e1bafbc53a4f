"""Handing in: rows out as events, in a pipeline; their receipts back; what failed into a workbook.

Never more than `WINDOW` events wait for their receipt, so that neither the file nor the answers are
ever held as a whole.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from backbone import settings
from backbone.amqp.connection import CONNECTION_ERRORS, refusal
from backbone.amqp.publisher import Publisher
from backbone.errors import Unavailable
from backbone.messages.envelope import encode
from backbone.messages.outgoing import OutgoingMessage
from handin.errorbook import ErrorBook
from handin.journal import Journal, fingerprint_of
from handin.rows import Judged
from handin.said import Outcome
from handin.sheet import Asked, Sheet
from park.time import PARK_TIME

from ..console import err
from ..reach import reaching
from .receipts import Receipts
from .shown import Rows, apart, file_said, line, ordered, summary, why_of

LOST: tuple[type[Exception], ...] = (Unavailable, *CONNECTION_ERRORS)
AT_ONCE, WINDOW = 500, 4000
STRUCTURED = "application/cloudevents+json"
SENT = ("accepted", "duplicate", "refused_by_park")
LEFT = ("needs_person", "refused", "unanswered")


@dataclass(frozen=True, slots=True)
class How:
    uri: str
    wait_s: float
    journal: Path
    errors: Path
    again: str
    as_json: bool


@dataclass(slots=True)
class Waiting:
    """A row of which receipts are still to come, and what those said that came."""

    judged: Judged
    left: int
    outcomes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def hand_in(sheet: Sheet, asked: Asked, how: How) -> int:
    """Hand in the whole sheet, and show what came of it. Answers the exit code."""
    path, now = sheet.source.path, datetime.now(PARK_TIME)
    journal = Journal.of(how.journal, fingerprint_of(path, asked, how.again), now)
    file_said(sheet, as_json=how.as_json)
    if journal.resumed:
        err.print(
            f"goes on where {how.journal.name} ends: {sum(journal.counts.values()):,} rows are done"
        )
    run = Run(sheet, how, journal)
    try:
        with run.progress:
            run.all()
    except LOST as problem:
        journal.close(finished=False)
        lost = f"the broker was lost ({type(problem).__name__}: {problem})."
        err.print(
            f"{settings.masked(how.uri)}: {refusal(problem.__cause__ or problem, how.uri) or lost} "
            "What was handed in stays so; run the same command again, and it goes on from here.",
            highlight=False, markup=False,
        )  # fmt: skip
        raise typer.Exit(1) from problem
    finally:
        run.close()
    return run.told()


class Run:
    """One go through a sheet. `sent` are the rows that wait, by each of their event ids."""

    def __init__(self, sheet: Sheet, how: How, journal: Journal) -> None:
        self.sheet, self.how, self.journal = sheet, how, journal
        self.receipts: Receipts = reaching(how.wait_s, lambda: Receipts(how.uri), "the broker")
        self.publisher = Publisher(how.uri)
        self.sent: dict[str, Waiting] = {}
        self.counts: Counter[str] = Counter()
        self.rows = Rows()
        self.book = ErrorBook(how.errors, sheet.header.titles, sheet.given)
        self.began = time.monotonic()
        self.progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=err, transient=True,
        )  # fmt: skip
        self.task = self.progress.add_task("receipts", total=None)

    def all(self) -> None:
        rows = self._to_send(self.sheet.judged())
        while batch := list(islice(rows, AT_ONCE)):
            self._publish(batch)
            self._take(0)
            while len(self.sent) > WINDOW and self._take(self.how.wait_s):
                pass
        while self.sent and self._take(self.how.wait_s):
            pass
        for row in {id(each): each for each in self.sent.values()}.values():
            self._failed(row.judged, Outcome.NEEDS_PERSON, UNANSWERED, "unanswered")

    def close(self) -> None:
        self.journal.close(finished=not self.sent and self.counts["ended"] > 0)
        self.publisher.close()
        self.receipts.close()

    def told(self) -> int:
        """Show the end. Answers the exit code."""
        seconds = time.monotonic() - self.began
        sentences = self.sheet.said_at_the_end
        if self.book.close():
            sentences.append(f"The rows that were not handed in, and why: {self.how.errors}")
        if self.sent:
            sentences.append("Run the same command again: it goes on from here.")
        if not self.how.as_json:
            self.rows.show()
        counts = ordered(self.counts, (*SENT, *LEFT, "mended"))
        rate = round(self.counts["rows"] / max(seconds, 1e-3))
        summary(
            counts, sentences, as_json=self.how.as_json, seconds=round(seconds, 1), rows_per_s=rate
        )
        return 1 if any(self.counts[name] for name in ("refused_by_park", *LEFT)) else 0

    # --- out

    def _to_send(self, rows: Iterable[Judged]) -> Iterator[Judged]:
        """The rows that are to be sent now; what is to be said of the others is said on the way."""
        for judged in rows:
            if judged.apart:
                apart(judged, self.counts, as_json=self.how.as_json)
                continue
            self.counts["rows"] += 1
            self.counts["mended"] += judged.outcome == Outcome.MENDED
            if not judged.goes:
                self._failed(judged, judged.outcome, why_of(judged), judged.outcome.value)
            elif judged.number in self.journal:
                self._done_before(judged)
            else:
                yield judged
        self.counts["ended"] += 1

    def _done_before(self, judged: Judged) -> None:
        if judged.number in self.journal.refused:
            why = self.journal.refused[judged.number]
            self._failed(judged, Outcome.REFUSED, why, "refused_by_park")
        else:
            self.counts["accepted"] += 1

    def _publish(self, batch: list[Judged]) -> None:
        postings = []
        for judged in batch:
            row = Waiting(judged, len(judged.reports))
            for report in judged.reports:
                event = report.event(self.journal.time, self.how.again)
                self.receipts.hear(report.township)
                self.sent[event.id] = row
                key = f"{report.township}.{report.type}"
                postings.append(OutgoingMessage("township.events", key, encode(event), STRUCTURED))
        self.publisher.publish(postings)
        self.progress.update(self.task, total=self.counts["rows"])

    # --- back

    def _take(self, wait_s: float) -> bool:
        """Take the receipts that are there; whether there were any."""
        arrived = self.receipts.take(wait_s)
        for receipt in arrived:
            row = self.sent.pop(receipt["event_id"], None)
            if row is not None:
                self._answered(row, receipt)
        self.journal.keep()
        self.progress.update(self.task, completed=self.counts["rows"] - len(self.sent))
        return bool(arrived)

    def _answered(self, row: Waiting, receipt: dict[str, Any]) -> None:
        first = receipt.get("first") or {}
        refused = receipt if receipt["outcome"] == "refused" else first
        if refused.get("outcome") == "refused":
            row.outcomes.append("refused")
            row.reasons += [_sentence(reason) for reason in refused.get("reasons", ())]
        else:
            row.outcomes.append(receipt["outcome"])
        row.left -= 1
        if not row.left:
            self._finished(row)

    def _finished(self, row: Waiting) -> None:
        number = row.judged.number
        if "refused" in row.outcomes:
            why = "\n".join(row.reasons)
            self.journal.note(number, "refused", why)
            self._failed(row.judged, Outcome.REFUSED, why, "refused_by_park")
            return
        outcome = "accepted" if "accepted" in row.outcomes else "duplicate"
        self.journal.note(number, outcome)
        self.counts[outcome] += 1

    def _failed(self, judged: Judged, outcome: Outcome, why: str, counted: str) -> None:
        self.counts[counted] += 1
        columns = [each.column for each in judged.remarks if each.holds_back]
        self.book.add(judged.number, judged.cells, outcome, why, columns)
        if self.how.as_json:
            line(row=judged.number, outcome=counted, why=why)
        else:
            self.rows.failed(judged.number, outcome, counted, why)


UNANSWERED = "No receipt came yet. The event lies at the broker; run the same command again."


def _sentence(reason: dict[str, Any]) -> str:
    place = f" ({reason['field'].removeprefix('data.')})" if reason.get("field") else ""
    return f"{reason['code']}{place}: {reason['sentence']}"
