"""The papers for the regular meeting [例会材料]: the cases to decide, and what became of what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from park.overview import Clocks, FigureRule, Overview, OverviewExplained, Reckoned
from park.rulebook import Rulebook

from ..bulletins.meeting import Decision, late_cases
from ..remediation.case import Case
from ..remediation.reports import Planned
from ..rulebook import FOLDER
from .lists import carried_over, cases_list, decisions_list, last_decisions, parts_of
from .report import ReportLine, ReportList

FIGURES = Rulebook(FOLDER / "meeting_figures", dict[str, FigureRule])


class Papers:
    """The lists of the meeting of a day, from the cases and decisions as they were known."""

    def __init__(
        self, cases: Iterable[Case], decisions: Sequence[Decision], meeting_on: date, on: date
    ) -> None:
        self.cases: Mapping[str, Case] = {each.case_id: each for each in cases}
        last = last_decisions(decisions, meeting_on)
        older = carried_over(decisions, last, self.cases, on)
        self.lists: dict[str, ReportList] = {
            "cases_to_decide": cases_list(late_cases(self.cases.values(), decisions, on)),
            "last_decisions": decisions_list(last, self.cases, on),
            "carried_over": decisions_list(older, self.cases, on),
        }

    def figures(self, clocks: Clocks) -> list[OverviewExplained]:
        """How many there are of each list, with the things on it."""
        return Overview(FIGURES, {"list": self._list}).explained(clocks)

    def _list(self, of: str, _clocks: Clocks) -> Iterator[Reckoned]:
        yield parts_of(self.lists[of], self._event)

    def _event(self, line: ReportLine) -> str | None:
        """The plan that a case is past, and the call by which a decision was entered."""
        if line.thing == "decision":
            return line.thing_id
        planned = self.cases[line.thing_id].in_force(Planned)
        return planned.said.event_id if planned else None
