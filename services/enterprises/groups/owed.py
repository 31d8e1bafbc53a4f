"""What the firms of a group owe and promised by contracts of land, and what could not be attributed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from ..obligations.land import LandObligations
from ..obligations.reckoning import (
    Arrear,
    Asked,
    PromiseStanding,
    PromiseState,
    arrears,
    doubtful,
    promises,
)
from ..obligations.rules import not_attributed


def told(lands: Iterable[LandObligations], asked: Asked) -> dict[str, Any]:
    """The sums, and what they are made of; each instalment and promise once."""
    late: list[Arrear] = []
    promised: list[PromiseStanding] = []
    open_questions: list[dict[str, Any]] = []
    for land in lands:
        found, standing = arrears(land, asked), promises(land, asked)
        late += [each for each in found if each.owed_cny]
        promised += standing
        open_questions += _questions(land, found, bool(standing), doubtful(land, asked))
    counts = Counter(each.promise_state for each in promised)
    return {
        "arrears_cny": sum((each.owed_cny or Decimal(0) for each in late), Decimal(0)),
        "group_arrears": late,
        "open_promises": counts[PromiseState.OPEN],
        "kept_promises": counts[PromiseState.KEPT],
        "broken_promises": counts[PromiseState.BROKEN],
        "group_promises": promised,
        "not_attributed": open_questions,
    }


def _questions(
    land: LandObligations, late: Iterable[Arrear], known: bool, doubt: str | None
) -> Iterator[dict[str, Any]]:
    for each in late:
        if each.why:
            yield _question(
                land, each.why, instalment_no=each.instalment_no, amount_cny=each.amount_cny
            )
    if land.promises and doubt and not known:
        yield _question(land, doubt, promises=len({e.commitment_id for e in land.promises}))


def _question(land: LandObligations, code: str, **what: Any) -> dict[str, Any]:
    nothing = {"instalment_no": None, "amount_cny": None, "promises": 0}
    about = {"contract_id": land.contract_id, "parcel_id": land.parcel_id}
    return about | nothing | what | {"why": not_attributed(code)}
