"""The governance code of a plot [一码管地]: one printable code for each parcel, which anybody can check.

    330604006-0231/67

The id of the parcel (its township and the township's own number), a slash and two check digits. No
public specification of such a code is known; this one is ours. Since it holds the id, it never
changes and needs no list; since no id has a slash, it is taken for nothing else.
"""

from __future__ import annotations

import re

from backbone.errors import Reason
from park.codes import HALF_WIDTH

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-"
FORM = re.compile(r"([0-9]{9}-[A-Za-z0-9._-]{1,40})/([0-9]{2})")
MODULUS, BASE = (
    97,
    5,
)  # the powers of 5 run through all of 1 to 96, so no two of 50 places weigh the same


def land_code_of(parcel_id: str) -> str:
    """The governance code of a parcel."""
    return f"{parcel_id}/{_check(parcel_id)}"


def is_land_code(text: str) -> bool:
    """Whether a text is meant for a governance code, rightly written or not."""
    return "/" in text


def parcel_id_of(code: str) -> str | None:
    """The parcel that a governance code names, or none if `problem_of` has something to say."""
    found = FORM.fullmatch(tidied(code))
    return found[1] if found and found[2] == _check(found[1]) else None


def problem_of(code: str) -> Reason | None:
    """What is wrong with a governance code: its form, or a typing error. Of ours, no standard."""
    found = FORM.fullmatch(tidied(code))
    if not found:
        return Reason(
            "LAND_CODE_FORM",
            "A governance code is the id of a parcel, a slash and two digits: 330604006-0231/67.",
            field="code",
        )
    if found[2] != _check(found[1]):
        return Reason(
            "LAND_CODE_CHECK",
            "The two digits after the slash do not fit the rest of the governance code; look for a "
            "typing error.",
            field="code",
        )
    return None


def other_code(code: str, *, is_id: bool) -> Reason | None:
    """What to ask instead with a governance code, or with the id of a parcel: neither is a dated code."""
    if is_land_code(code):
        wrong = problem_of(code)
        ask = (
            "This is a governance code [一码管地]; resolve_code answers all that hangs on its plot."
        )
        return wrong or Reason("GOVERNANCE_CODE", ask, field="code")
    if is_id:
        ask = "This is the id of a parcel; get_parcel or resolve_code answer what is known of it."
        return Reason("PARCEL_ID", ask, field="code")
    return None


def tidied(code: str) -> str:
    """The code half-width and without space around it. Its letters stay: ids tell a from A."""
    return code.translate(HALF_WIDTH).strip()


def _check(parcel_id: str) -> str:
    """Two digits: every single wrong character, and every two that changed places, are noticed."""
    weighed = (ALPHABET.index(char) * pow(BASE, at, MODULUS) for at, char in enumerate(parcel_id))
    return f"{sum(weighed) % MODULUS:02d}"
