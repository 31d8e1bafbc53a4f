"""What an accepted case adds to the figures of the campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from backbone.records import record

from ..remediation.case import Case
from ..remediation.course import Stage
from ..remediation.reports import Completed
from ..words import DisposalWay


@record
class Outcome:
    """One for each case that was ever accepted, as its last acceptance says. `lineage` are the plots
    from the one that was first surveyed down to the case's own, of which each is a part of the one
    before. It is not valid if its acceptance turned out to be void."""

    case_id: str
    township: str
    lineage: tuple[str, ...]
    stage: Stage
    disposal_way: DisposalWay
    first_accepted_on: date
    accepted_on: date
    remediated_area_m2: Decimal | None
    vacated_area_m2: Decimal
    enterprise_ids: tuple[str, ...]
    is_valid: bool = True

    @property
    def parcel_id(self) -> str:
        return self.lineage[-1]

    @property
    def months(self) -> tuple[str, ...]:
        """The months in which it may count, to find it by: 2023-07."""
        return tuple(sorted({f"{day:%Y-%m}" for day in (self.first_accepted_on, self.accepted_on)}))


def outcome_of(case: Case, lineage: tuple[str, ...], before: Outcome | None) -> Outcome | None:
    """What the case adds as it stands; none if it was never accepted."""
    accepted = [step for step in case.course.taken if isinstance(step, Completed)]
    if not accepted:
        return before and replace(before, stage=case.stage, is_valid=False)
    last = accepted[-1]
    return Outcome(
        case_id=case.case_id,
        township=case.township,
        lineage=lineage,
        stage=case.stage,
        disposal_way=last.disposal_way,
        first_accepted_on=accepted[0].said.on,
        accepted_on=last.said.on,
        remediated_area_m2=last.remediated_area_m2,
        vacated_area_m2=last.vacated_area_m2,
        enterprise_ids=last.enterprise_ids or _firms_found(case),
    )


def _firms_found(case: Case) -> tuple[str, ...]:
    """The firms that the finding named."""
    return case.identified.enterprise_ids if case.identified else ()
