"""What a county may change: who moves a case, which ways vacate land, which soil bars a release.

Each topic is a folder of `rulebook/`, each edition a file named for its first day.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook

from .words import DisposalWay, LandUse

FOLDER = Path(__file__).parent / "rulebook"


@record
class Roles:
    """The roles that may send each report; an approval depends on the way."""

    identified: tuple[str, ...]
    planned: tuple[str, ...]
    progressed: tuple[str, ...]
    completed: tuple[str, ...]
    acceptance_requested: tuple[str, ...]
    returned: tuple[str, ...]
    suspended: tuple[str, ...]
    resumed: tuple[str, ...]
    cancelled: tuple[str, ...]
    reopened: tuple[str, ...]
    followed_up: tuple[str, ...]
    source: str


class Vacates(StrEnum):
    """Whether a way can vacate land; `part` vacates often less than the parcel."""

    YES = "yes"
    PART = "part"
    NO = "no"


@record
class Way:
    vacates: Vacates
    approved_by: tuple[str, ...]
    source: str


@record
class SoilLaw:
    """For which uses the soil must be clean, and whether registered soil bars every release."""

    sensitive_uses: tuple[LandUse, ...]
    registered_soil_bars_release: bool


ROLES = Rulebook(FOLDER / "roles", Roles)
WAYS = Rulebook(FOLDER / "ways", dict[DisposalWay, Way])
SOIL_LAW = Rulebook(FOLDER / "soil", SoilLaw)
