"""Whom to call about a request. The request itself, its facts and its alerts show this masked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from backbone.records import record
from park.codes import HALF_WIDTH
from park.masking import mask_persons

SHOWN = 4
# a mobile number, perhaps with +86 and in groups; or a line with its area code
PHONE = re.compile(
    r"(?<![0-9])(?:(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}[ -]?[0-9]{7,8})(?![0-9])"
)


def masked_name(name: str) -> str:
    """The first character of a name, and as many stars as others: 张*."""
    return name[:1] + "*" * (len(name) - 1)


def masked_phone(phone: str) -> str:
    """The last digits of a number; none of one too short to hide anything."""
    return "****" + (phone[-SHOWN:] if len(phone) > 2 * SHOWN - 2 else "")


def without_persons(text: str) -> str:
    """A text as it may be kept: phone numbers and numbers of identity cards reduced to the last 4."""
    pieces, end = [], 0
    text = mask_persons(text)
    for found in PHONE.finditer(text.translate(HALF_WIDTH)):
        pieces += [text[end : found.start()], "****", found.group()[-SHOWN:]]
        end = found.end()
    return "".join([*pieces, text[end:]])


@record
class Reading:
    """Who asked for the contact, and what for."""

    reader: str
    purpose: str
    read_at: datetime


@record
class Contact:
    """The person behind a request, as the receipt in force gave it, and everyone who read it."""

    service_request_id: str
    contact_name: str
    contact_phone: str
    given_at: datetime
    readings: tuple[Reading, ...] = ()

    def newer_of(self, held: Contact | None) -> Contact:
        """Of two receipts the later one gives the contact; who read either stays known."""
        if held is None:
            return self
        mine, theirs = (
            (each.given_at, each.contact_name, each.contact_phone) for each in (self, held)
        )
        return replace(self, readings=held.readings) if mine >= theirs else held
