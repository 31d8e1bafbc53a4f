"""Buys `batch_vs_naive` in `make bench`; stands in for a check of each attribute, one after the other.

Nearly every event reads as a `StructuredEvent` in one go of msgspec, and then nothing is wrong with it.
`envelope.py` checks the others, and says what is wrong."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from .trace import PARENT, STATE

LONGEST = 200  # characters of an attribute; what an event leads to repeats several of them
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
Version = Annotated[str, msgspec.Meta(pattern=r"\Aurn:event:[a-z0-9_.]{1,150}:[0-9]{1,9}\Z")]


class StructuredEvent(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """An event under the names that CloudEvents gives to its attributes. What reads as one has
    nothing wrong with it; nearly all that comes does."""

    specversion: Literal["1.0"]
    id: Text
    source: Text
    type: Text
    datacontenttype: Literal["application/json"] | None = None
    subject: Text | None = None
    correlationid: Text | None = None
    causationid: Text | None = None
    causationsource: Text | None = None
    causationtype: Text | None = None
    dataschema: Version | None = None
    traceparent: Annotated[str, msgspec.Meta(pattern=PARENT)] | None = None
    tracestate: Annotated[str, msgspec.Meta(pattern=STATE)] | None = None
    time: str | None = None
    data: Any = msgspec.UNSET
