"""What the list of asked fields makes of registered parcels, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..completeness.gaps import Asked, lacks
from ..register.parcel import Parcel, ParcelState


def by_asked_fields(parcels: Iterable[Parcel], rules: Rulebook[Asked], on: date) -> Rulings:
    """Of each registered parcel, and each field that is asked for, whether it is there."""
    law = rules.on(on)
    return {
        (each.parcel_id, field): Ruling(
            says="missing" if lacks(each, field) else "there", source=law.source
        )
        for each in parcels
        if each.state is ParcelState.REGISTERED
        for field in law.asked
    }
