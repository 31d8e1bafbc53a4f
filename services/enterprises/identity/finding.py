"""Finding firms by a code or a name, of today or of before. Codes are answered masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from backbone.errors import Reason
from park.masking import SHOWN, mask

from .firm_identity import FirmIdentity, searchable


def by_code(firms: Iterable[FirmIdentity], code: str, on: date) -> Iterator[dict[str, Any]]:
    """Each firm that has, had or was said to have the code."""
    for firm in firms:
        for held in firm.codes:
            if held.value == code:
                shown = f"****{code[-SHOWN:]}"
                yield _found(firm, held, on) | {"matched": shown, "matched_as": held.kind.value}


def by_name(firms: Iterable[FirmIdentity], name: str, on: date) -> Iterator[dict[str, Any]]:
    """Each firm a name of which, new or old, has this in it; its newest such name."""
    wanted = searchable(name)
    for firm in firms:
        fits = [each for each in firm.names if wanted in searchable(each.name)]
        if fits:
            held = next((each for each in fits if each.covers(on)), fits[-1])
            yield _found(firm, held, on) | {"matched": mask(held.name), "matched_as": "name"}


def _found(firm: FirmIdentity, held: Any, on: date) -> dict[str, Any]:
    now = firm.names[-1].name if firm.names else None
    return {
        "enterprise_id": firm.enterprise_id,
        "township": firm.township,
        "name_now": now and mask(now),
        "valid_from": held.valid_from,
        "valid_to": held.valid_to,
        "mistyped": getattr(held, "mistyped", False),
        "on_that_day": held.covers(on),
    }


def in_order(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the day first."""
    return sorted(found, key=lambda each: (not each["on_that_day"], each["enterprise_id"]))


def holder(found: Iterable[dict[str, Any]], on: date) -> tuple[str | None, Reason | None]:
    """The one firm that had the code on the day, or why nobody can say which."""
    there = sorted({each["enterprise_id"] for each in found if each["on_that_day"]})
    if len(there) == 1:
        return there[0], None
    if not there:
        return None, None
    firms = f"{len(there)} firms claim it: {', '.join(there[:5])}"
    return None, Reason(
        "CODE_OF_SEVERAL_FIRMS",
        f"On {on} {firms}. Whose it is has to be said by their townships; they are not one firm.",
        field="code",
    )


def nothing_asked(request: dict[str, Any]) -> Reason | None:
    """All firms are a list and no find."""
    if request["code"] or request["name"]:
        return None
    return Reason("NOTHING_ASKED", "Give a code, or a part of a name, or both.", field="code")
