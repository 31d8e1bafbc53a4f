"""A question about a release, and its answer."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import fields

from backbone.messages.contract import Contract

from ..remediation.release import ReleaseState
from ..words import Why


class ReleaseStanding(Contract):
    parcel_id = fields.String(required=True)
    case_id = fields.String(required=True)


class Standing(TypedDict):
    """`release_no` is none for land that the case did not vacate."""

    state: ReleaseState
    release_no: int | None
    reasons: list[Why]
