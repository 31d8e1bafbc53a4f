"""The facts of supplied land: who holds it now. Days in the park."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backbone.records import record

from ..register.parcel import Parcel
from ..register.rights.rights import Holder, RightType
from ..register.rights.supplied import Supplied


@record
class ParcelTransferred:
    """`parcels.parcel_transferred`: by its contract the parcel has this holder, right and term.
    `change_no` grows with each change of the contract."""

    parcel_id: str
    township: str
    supply_id: str
    case_id: str
    right_type: RightType
    term_years: int | None
    starts_on: date | None
    ends_on: date | None
    holders: tuple[Holder, ...]
    change_no: int


@record
class TransferUndone:
    """`parcels.transfer_undone`: the award is void; the parcel has the holder that it had before."""

    parcel_id: str
    township: str
    supply_id: str
    case_id: str


EMITTED = (ParcelTransferred, TransferUndone)


def facts_of(
    before: Parcel, after: Parcel, supply_id: str
) -> Iterator[ParcelTransferred | TransferUndone]:
    """The fact of what was heard of a supply, if the land has another holder by it or another term."""
    old, new = _supplied(before, supply_id), _supplied(after, supply_id)
    if new and new.stands and old != new:
        yield _transferred(after, new)
    elif old and old.stands and new and not new.stands:
        yield TransferUndone(
            parcel_id=after.parcel_id,
            township=after.township,
            supply_id=supply_id,
            case_id=new.case_id,
        )


def _supplied(parcel: Parcel, supply_id: str) -> Supplied | None:
    return next((each for each in parcel.supplies if each.supply_id == supply_id), None)


def _transferred(parcel: Parcel, supplied: Supplied) -> ParcelTransferred:
    right = supplied.right
    if right is None:
        raise ValueError("only a contract transfers a parcel")
    return ParcelTransferred(
        parcel_id=parcel.parcel_id,
        township=parcel.township,
        supply_id=supplied.supply_id,
        case_id=supplied.case_id,
        right_type=right.right_type,
        term_years=right.term_years,
        starts_on=right.starts_on,
        ends_on=right.ends_on,
        holders=right.holders,
        change_no=supplied.change_no,
    )
