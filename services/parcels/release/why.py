"""Why the land of a case is released, or is not."""

from __future__ import annotations

from collections.abc import Iterator

from backbone.errors import Reason
from park.why.said import OURS, RuleOutcome, RuleSaid, all_said, said

from ..remediation.case import Case
from ..remediation.release import ReleaseState
from .gates import GATES

VACANT_LAND = "闲置土地处置办法 (国土资源部令第53号, 2012) art. 21"


def rules_of(case: Case) -> Iterator[RuleSaid]:
    """What bars the release now; that nothing does, where it stands."""
    release = case.release
    yield from all_said(release.reasons, RuleOutcome.BARS, OURS)
    if release.state is ReleaseState.RELEASED:
        told = (
            f"Release {release.release_no} stands since {release.released_on}, the day on which the register "
            f"knew enough to say yes{_vacated(case)}: {len(GATES)} gates were asked and none bars it."
        )
        yield said(Reason("RELEASED", told, field="release"), RuleOutcome.KEPT, VACANT_LAND)


def _vacated(case: Case) -> str:
    accepted = case.to_release
    return f"; the land was vacated on {accepted.said.on}" if accepted else ""
