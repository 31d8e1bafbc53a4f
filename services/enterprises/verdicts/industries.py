"""Where the catalogues of any rulebook place firms by their industries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.verdicts.words import listed

from ..firms.enterprise import Enterprise
from ..industry.catalogues import Catalogues, places_of
from ..industry.firm_industry import FirmIndustry, industry_on


@record
class PlacedFirm:
    """A firm with the code of its industry today, in the edition of 2017; none while that is a question."""

    enterprise_id: str
    code: str | None


def known_industries(store: Any, firms: Sequence[Enterprise]) -> list[PlacedFirm]:
    """The firms with what is stated of the industry of each, read at once."""
    ids = [each.enterprise_id for each in firms]
    if ids:
        store.read_ahead.fetch([], [(FirmIndustry, each) for each in ids])
    stated = (store.get(FirmIndustry, each) for each in ids)
    return [
        PlacedFirm(
            enterprise_id=firm.enterprise_id, code=industry_on(held, firm, store.today).code_2017
        )
        for firm, held in zip(firms, stated, strict=True)
    ]


def by_catalogues(firms: Iterable[PlacedFirm], rules: Rulebook[Catalogues], on: date) -> Rulings:
    """Which entries of each catalogue each firm with an industry belongs to."""
    catalogues = rules.on(on).catalogues
    found: dict[tuple[str, str], Ruling] = {}
    for firm in firms:
        places = places_of(firm.code, on, rules)
        for catalogue in catalogues if firm.code else ():
            entries = listed(each.entry for each in places if each.catalogue == catalogue.key)
            ruling = Ruling(says=entries, source=catalogue.source)
            found[firm.enterprise_id, f"catalogue {catalogue.key}"] = ruling
    return found
