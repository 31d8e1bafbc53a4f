"""Which townships form the development zone: dated, as `rulebook/zone/<first day>.toml` says."""

from __future__ import annotations

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


@record
class Zone:
    """The member townships by their codes, who says so, and whether the zone has confirmed it."""

    townships: tuple[str, ...]
    source: str
    confirmed: bool


ZONE = Rulebook(FOLDER / "zone", Zone)
