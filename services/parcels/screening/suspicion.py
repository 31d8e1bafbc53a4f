"""A suspicion of low efficiency [疑似低效]: what the criteria say of a plot's year, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..register.parcel import Parcel
from ..words import township_of
from .checks import Answer, Check, Holder, View
from .criteria import Judgement, Verdict, judged
from .law import CRITERIA, Criteria
from .plot import Plot


class SuspicionState(StrEnum):
    CLEAR = (
        "clear"  # no criterion speaks for low efficiency, none does any more, or the plot is gone
    )
    SCREENED = "screened"
    VERIFIED = "verified"
    REJECTED = "rejected"  # on site, or because the holder's objection was upheld
    OBJECTED = "objected"
    ANSWERED = "answered"
    IDENTIFIED = "identified"  # a case of the plot was identified


WAITS_FOR = {  # what the receipt of a report about a suspicion in that state says
    SuspicionState.CLEAR: "waits: no criterion speaks for low efficiency in that year",
    SuspicionState.SCREENED: "waits for the check on site",
}


@record
class Suspicion:
    """Its reports are kept whatever the criteria say, and its state follows from both. `change_no` grows
    when the criteria that speak for low efficiency change."""

    suspicion_id: str
    parcel_id: str
    township: str
    data_year: int
    state: SuspicionState = SuspicionState.CLEAR
    judgements: tuple[Judgement, ...] = ()
    check: Check | None = None
    holder: Holder | None = None
    answer: Answer | None = None
    identified_on: date | None = None
    change_no: int = 0

    @classmethod
    def unknown(cls, parcel_id: str, data_year: int) -> Suspicion:
        """A plot's year of which nothing is known yet."""
        return cls(
            suspicion_id=f"{parcel_id}:{data_year}",
            parcel_id=parcel_id,
            township=township_of(parcel_id),
            data_year=data_year,
        )

    @property
    def low(self) -> tuple[Judgement, ...]:
        """The judgements that speak for low efficiency."""
        return tuple(each for each in self.judgements if each.verdict is Verdict.LOW)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Their kinds, each with its place: two places may use one kind."""
        return tuple(f"{each.kind} ({each.place})" for each in self.low)

    @property
    def open_objection(self) -> Holder | None:
        """The holder's objection, unless an answer of that day or later is there."""
        holder = self.holder
        if holder is None or holder.view is not View.OBJECTS:
            return None
        answered = self.answer and self.answer.said.on >= holder.said.on
        return None if answered else holder

    def with_report(self, report: Check | Holder | Answer) -> Suspicion:
        """Of two reports of one kind the one of the later day stands."""
        if isinstance(report, Check):
            newer = self.check is None or self.check.said <= report.said
            return replace(self, check=report) if newer else self
        if isinstance(report, Holder):
            newer = self.holder is None or self.holder.said <= report.said
            return replace(self, holder=report) if newer else self
        newer = self.answer is None or self.answer.said <= report.said
        return replace(self, answer=report) if newer else self

    def judged(self, judgements: tuple[Judgement, ...]) -> Suspicion:
        """As the criteria have it now."""
        after = replace(self, judgements=judgements)
        return replace(after, change_no=self.change_no + (after.criteria != self.criteria))

    def settled(self, identified_on: date | None) -> Suspicion:
        """In the state that follows from all that is known."""
        after = replace(self, identified_on=identified_on)
        return replace(after, state=_state(after))


def screened(
    held: Iterable[Suspicion], plot: Plot, parcel: Parcel, identified_days: Iterable[date]
) -> list[Suspicion]:
    """Every year of the plot as the criteria of its last day judge it, and as the days on which cases
    of the plot were identified leave it. Of a parcel that is gone only what led to a case stays: the
    figures of those that have taken its place speak for themselves."""
    held = list(held)
    years = [each.judged(judgements_of(plot, parcel, each.data_year)) for each in held]
    days = tuple(identified_days)
    settled = [each.settled(_identified_on(each, years, days)) for each in years]
    if not parcel.is_gone:
        return settled
    return [
        after if after.identified_on else before.judged(()).settled(None)
        for before, after in zip(held, settled, strict=True)
    ]


def judgements_of(
    plot: Plot, parcel: Parcel, data_year: int, rules: Rulebook[Criteria] = CRITERIA
) -> tuple[Judgement, ...]:
    """What the criteria of the last day of the year say of the plot's year."""
    last = date(data_year, 12, 31)
    return judged(rules.on(last).of(last), plot.in_year(data_year, parcel))


def _state(suspicion: Suspicion) -> SuspicionState:
    check, answer = suspicion.check, suspicion.answer
    if not suspicion.low:
        return SuspicionState.CLEAR
    if suspicion.identified_on:
        return SuspicionState.IDENTIFIED
    if check is None:
        return SuspicionState.SCREENED
    if not check.verified:
        return SuspicionState.REJECTED
    if suspicion.holder is None or suspicion.holder.view is View.AGREES:
        return SuspicionState.VERIFIED
    if suspicion.open_objection or answer is None:
        return SuspicionState.OBJECTED
    return SuspicionState.REJECTED if answer.upheld else SuspicionState.ANSWERED


def _identified_on(
    suspicion: Suspicion, others: Sequence[Suspicion], days: Iterable[date]
) -> date | None:
    """The last day on which a case of the plot was identified because of this suspicion."""
    of_it = [day for day in days if _concerns(day, others) == suspicion.data_year]
    return max(of_it, default=None)


def _concerns(day: date, suspicions: Iterable[Suspicion]) -> int | None:
    """A case goes by the newest year that was over, of which some criterion speaks for low efficiency;
    if there is none, by its own year."""
    years = [each.data_year for each in suspicions if each.low and each.data_year <= day.year]
    return max((year for year in years if year < day.year), default=max(years, default=None))
