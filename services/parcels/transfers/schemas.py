"""The facts of projects that say who holds supplied land: only the fields that are used."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from backbone.messages.contract import Fact
from park.fields import Day, Share, WholeNumber

from ..register.rights.rights import Holder, RightType

RIGHT_TYPES = {
    "grant": RightType.GRANT,
    "lease": RightType.LEASE,
    "lease_then_grant": RightType.LEASE,  # the grant comes with a contract of its own
}


class HolderNamed(Fact):
    name = fields.Str(required=True)
    uscc = fields.Str(load_default=None, allow_none=True)
    share = Share(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Holder:
        return Holder(**data)


class OfSupply(Fact):
    supply_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    case_id = fields.Str(required=True)


class HeldByContract(OfSupply):
    """Loads to the ids, `change_no`, `on`, and `right`, the fields of a `UseRight`."""

    dated_by: str

    supply_form = fields.Str(required=True)
    use_term_years = WholeNumber(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    holders = fields.List(fields.Nested(HolderNamed), required=True)
    change_no = WholeNumber(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        right = {
            "right_type": RIGHT_TYPES.get(data.pop("supply_form"), RightType.OTHER),
            "term_years": data.pop("use_term_years"),
            "starts_on": data.pop("starts_on"),
            "ends_on": data.pop("ends_on"),
            "holders": tuple(data.pop("holders")),
        }
        return data | {"right": right, "on": data.pop(self.dated_by)}


class ContractSigned(HeldByContract):
    dated_by = "signed_on"

    signed_on = Day(required=True)


class ContractChanged(HeldByContract):
    dated_by = "changed_on"

    changed_on = Day(required=True)
