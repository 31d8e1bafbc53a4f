"""The campaign: how much land was remediated and vacated, and how many firms by which way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from backbone import Collection, query

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel, ParcelState
from ..remediation.entrypoints import MOST_CASES, cases_on
from ..remediation.schemas import OfPeriod
from . import schemas
from .counting import COUNTING, Counting
from .figures import CampaignFigures, figures_of, lines_of
from .outcome import Outcome, outcome_of

KEPT = (Collection(Outcome, key="case_id", filters=("months", "township")),)


class Campaign(Reporting):
    """Keeps what each accepted case adds, found by its months, and answers for the sums."""

    @query(OfPeriod, answers=CampaignFigures)
    def campaign_figures(self, request: dict[str, Any]) -> Any:
        """Land remediated and vacated in a period, and firms by way, with the counting rule of its last
        day, which they follow."""
        rule = COUNTING.on(request["until"])
        counted = [each for each in self._in_period(request, rule) if rule.stands(each)]
        return self.store.dump(figures_of(counted, rule, **request))

    @query(schemas.ExplainFigure, answers=schemas.Explanation)
    def explain_figure(self, request: dict[str, Any]) -> Any:
        """The cases that add up to a figure, and those of the period that add nothing."""
        rule, figure = COUNTING.on(request["until"]), request["figure"]
        found = self._in_period(request, rule)
        lines = lines_of(figure, found, rule, request["disposal_way"])
        return self.store.dump({"figure": figure, "rule": rule, "lines": lines})

    def count_cases(self, parcel_id: str) -> None:
        """Keep what the cases on this parcel add as they stand now, and those on the parcels that it was
        made of: their lineage begins with what it has become a part of."""
        parcel = self.store.require(Parcel, parcel_id)
        for case in cases_on(parcel, self.store):
            if case.completed and case.parcel_id == parcel_id:
                before = self.store.get(Outcome, case.case_id)
                if after := outcome_of(case, self._lineage(parcel), before):
                    self.store.save(after)
        for source_id in parcel.parents if len(parcel.parents) > 1 else ():
            self.count_cases(source_id)

    def _lineage(self, parcel: Parcel) -> tuple[str, ...]:
        """The plots that the land of the parcel is a part of, the largest first, and the parcel. A part
        that was merged counts with the plot that it was split from if that has a case, so that the
        merge adds nothing; else with what it has become a part of."""
        split_from = self._wholes(parcel, _split_from)
        if not any(each.case_ids for each in split_from):
            split_from = self._wholes(parcel, _merged_into) or split_from
        return (*(each.parcel_id for each in reversed(split_from)), parcel.parcel_id)

    def _wholes(self, parcel: Parcel, whole_of: Callable[[Parcel], str | None]) -> list[Parcel]:
        """The plots that it is a part of, the smallest first."""
        found: list[Parcel] = []
        while whole_id := whole_of(parcel):
            parcel = self.store.require(Parcel, whole_id)
            found.append(parcel)
        return found

    def _in_period(self, request: dict[str, Any], rule: Counting) -> list[Outcome]:
        """The cases whose day lies in the period, in the order of their ids."""
        since, until, township = request["since"], request["until"], request["township"]
        narrowed = {"township": township} if township else {}
        found = {
            outcome.case_id: outcome
            for month in _months(since, until)
            for outcome in self.store.find(Outcome, MOST_CASES, months=month, **narrowed)
            if rule.is_in(outcome, since, until)
        }
        return [found[case_id] for case_id in sorted(found)]


def _merged_into(parcel: Parcel) -> str | None:
    return parcel.child_ids[0] if parcel.state is ParcelState.MERGED else None


def _split_from(parcel: Parcel) -> str | None:
    return parcel.parents[0] if len(parcel.parents) == 1 else None


def _months(since: date, until: date) -> Iterator[str]:
    for number in range(since.year * 12 + since.month - 1, until.year * 12 + until.month):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
