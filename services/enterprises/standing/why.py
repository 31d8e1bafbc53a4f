"""Why a firm stands as it does: through which case, in which role, by which way of remediation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from backbone.errors import Reason
from park.why.said import OURS, RuleOutcome, RuleSaid, said

from ..case import Case, CaseStanding
from ..firms.enterprise import Enterprise

WAYS = "浙政发〔2021〕31号; what each way makes of a firm is the zone's own reading, not confirmed"


def rules_of(
    firm: Enterprise, case_of: Callable[[CaseStanding, str], Case | None]
) -> Iterator[RuleSaid]:
    """How it stands through each case; `case_of` has the case of a standing, by its id."""
    for case_id, through in firm.standings.items():
        case = case_of(through, case_id)
        done = case.completion if case else None
        way = f" by {done.disposal_way}, accepted on {done.completed_on}" if done else ""
        where = f"Through {case_id} on {through.parcel_id}"
        told = f"{where} it is {through.standing} since {through.since}{way}."
        reason = Reason(f"STANDING_{through.standing.upper()}", told, field="standings")
        yield said(reason, RuleOutcome.FOLLOWS, WAYS, of=("case", case_id))
    for each in firm.open_premises:
        told = (
            f"It was reported on {each.parcel_id}, which is {', '.join(each.candidate_ids)} since "
            f"{each.since_on}; its township says on which of them it is."
        )
        yield said(Reason("PREMISES_OPEN", told, field="open_premises"), RuleOutcome.OPEN, OURS)
