"""The facts of codes. They name firms and days, and never a code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from backbone.records import record

from .codes import CodeClaims, CodeKind, Dispute

DISPUTES = UUID("0c7b6f0e-5d0a-5a55-9a86-6f5a3f6e9d11")


@record
class FirmCodeDisputed:
    """`enterprises.firm_code_disputed`: the firm and another one claim the same code for some days, both
    included. It is announced for each of the two, to its township, under a `dispute_id` of its own."""

    dispute_id: str
    enterprise_id: str
    township: str
    other_enterprise_id: str
    kind: CodeKind
    from_on: date
    to_on: date | None


@record
class FirmCodeSettled:
    """`enterprises.firm_code_settled`: a correction has ended the dispute of the two about the code."""

    dispute_id: str
    enterprise_id: str
    township: str
    other_enterprise_id: str
    kind: CodeKind
    from_on: date


EMITTED = (FirmCodeDisputed, FirmCodeSettled)


def facts_of(before: CodeClaims, after: CodeClaims) -> Iterator[FirmCodeDisputed | FirmCodeSettled]:
    """What changed: a dispute that began or has other days, and one that is over."""
    known, now = (
        {_id_of(code.code_id, each): each for code in (codes,) for each in codes.disputes()}
        for codes in (before, after)
    )
    for dispute_id, each in now.items():
        if known.get(dispute_id) != each:
            yield FirmCodeDisputed(**_about(dispute_id, each, after), to_on=each.to_on)
    for dispute_id, each in known.items():
        if dispute_id not in now:
            yield FirmCodeSettled(**_about(dispute_id, each, after))


def _about(dispute_id: str, dispute: Dispute, code: CodeClaims) -> dict[str, Any]:
    return {
        "dispute_id": dispute_id,
        "enterprise_id": dispute.claim.enterprise_id,
        "township": dispute.claim.township,
        "other_enterprise_id": dispute.other_enterprise_id,
        "kind": code.kind,
        "from_on": dispute.from_on,
    }


def _id_of(code_id: str, dispute: Dispute) -> str:
    """The same whenever these two claim this code, also after the dispute was settled once."""
    firms = f"{dispute.claim.enterprise_id} {dispute.other_enterprise_id}"
    return str(uuid5(DISPUTES, f"{code_id} {firms}"))
