"""What holds of whatever is reported of land: each rule answers with a reason, or with nothing."""

from __future__ import annotations

from datetime import date, timedelta

from backbone.errors import Reason

from ..words import Said
from .parcel import Parcel, ParcelState


def not_your_township(publisher: str, owner: str, field: str) -> Reason | None:
    """A township writes its own parcels and cases, and nobody else's."""
    if publisher == owner:
        return None
    return Reason(
        "NOT_YOUR_TOWNSHIP",
        f"This belongs to the township {owner}; only that township reports it.",
        field=field,
    )


def not_yet(said: Said, today: date, field: str) -> Reason | None:
    """A day that has not come would outlast every true report. A day's grace is for slow clocks."""
    if said.on <= today + timedelta(days=1):
        return None
    return Reason("NOT_YET", f"Today is {today}; give a day that has come.", field=field)


def survey_of_split_parcel(parcel: Parcel) -> Reason | None:
    """A parcel that was split cannot be surveyed again; its children can."""
    return parcel_is_split(parcel) if parcel.state is ParcelState.SPLIT else None


def older_record(parcel: Parcel, said: Said) -> Reason | None:
    """The newest record of the soil stands; an office that enters an older one should know."""
    return older_than(parcel.soil.recorded if parcel.soil else None, said)


def older_than(recorded: Said | None, said: Said) -> Reason | None:
    """The newest record stands, be it of the soil or of what lies on the land."""
    if recorded is None or recorded <= said:
        return None
    return Reason(
        "OLDER_RECORD",
        f"There is a record of {recorded.on}; an older one changes nothing.",
        field="recorded_on",
    )


def parcel_is_split(parcel: Parcel) -> Reason:
    """The reason that names the children of a parcel that was split."""
    children = ", ".join(parcel.child_ids)
    return Reason(
        "PARCEL_SPLIT",
        f"The parcel was split into {children}; report the one that is meant.",
        field="data.parcel_id",
    )
