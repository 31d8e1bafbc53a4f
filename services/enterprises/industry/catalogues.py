"""The park's own catalogues of industries, as dated data: `rulebook/catalogues/<first day>.toml`."""

from __future__ import annotations

from datetime import date

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


@record
class Entry:
    """A line of a catalogue. `codes` are the codes of GB/T 4754-2017, or their beginnings, that belong
    to it; `confirmed` says whether the zone has said so."""

    key: str
    name: str
    codes: tuple[str, ...] = ()
    confirmed: bool = False
    note: str | None = None


@record
class Catalogue:
    key: str
    name: str
    source: str
    entries: tuple[Entry, ...]


@record
class Catalogues:
    catalogues: tuple[Catalogue, ...]


@record
class CataloguePlace:
    """Where an industry stands in a catalogue. What is not `confirmed` was inferred from the code."""

    catalogue: str
    entry: str
    name: str
    confirmed: bool


CATALOGUES = Rulebook(FOLDER / "catalogues", Catalogues)


def places_of(
    code: str | None, day: date, rules: Rulebook[Catalogues] = CATALOGUES
) -> tuple[CataloguePlace, ...]:
    """The entries to which a code of GB/T 4754-2017 belongs by the catalogues of the day. A code that
    is shorter than an entry's belongs to it for a part only, and so is not placed there."""
    if code is None:
        return ()
    return tuple(
        CataloguePlace(
            catalogue=each.key, entry=entry.key, name=entry.name, confirmed=entry.confirmed
        )
        for each in rules.on(day).catalogues
        for entry in each.entries
        if any(code.startswith(begin) for begin in entry.codes)
    )
