"""The contracts of standings: the facts of parcels, only the fields that are used."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Fact
from park.fields import AreaM2, Day

from ..case import Completion
from ..rulebook import WAYS


class RemediationIdentified(Fact):
    case_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    identified_on = Day(required=True)


class RemediationCompleted(Fact):
    """Loads to the names of the case and `completion`, a `Completion`."""

    case_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    disposal_way = fields.Str(required=True, validate=validate.OneOf(WAYS))
    vacated_area_m2 = AreaM2(required=True, zero=True)
    completed_on = Day(required=True)
    reopened_on = Day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        names = {name: data.pop(name) for name in ("case_id", "parcel_id")}
        return names | {"completion": Completion(**data)}


class RemediationReopened(Fact):
    case_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    reopened_on = Day(required=True)


class RemediationCancelled(Fact):
    case_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    cancelled_on = Day(required=True)
