"""What a completed remediation makes of a firm.

The topic is a folder of `rulebook/`, each edition a file named for its first day.
"""

from __future__ import annotations

from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook

from .words import Role, Standing

FOLDER = Path(__file__).parent / "rulebook"


@record
class Outcome:
    """What becomes of a firm in either role."""

    owner: Standing
    tenant: Standing

    def of(self, role: Role) -> Standing:
        return self.owner if role is Role.OWNER else self.tenant


@record
class Outcomes:
    """What a disposal way comes to when land was vacated, and when all of it was kept."""

    vacated: Outcome
    kept: Outcome


OUTCOMES = Rulebook(FOLDER / "outcomes", dict[str, Outcomes])  # by disposal way
WAYS = sorted({way for outcomes in OUTCOMES.editions.values() for way in outcomes})
