"""What holds of whatever is reported of land: each rule answers with a reason, or with nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backbone.errors import Reason

from ..words import Said
from .identifiers import MOST_CLAIMANTS, Code
from .parcel import Parcel, ParcelState

WHERE_IT_WENT = {
    ParcelState.SPLIT: (
        "PARCEL_SPLIT",
        "The parcel was split into {successors}; report the one that is meant.",
    ),
    ParcelState.MERGED: (
        "PARCEL_MERGED",
        "The parcel was merged into {successors}; report that one.",
    ),
    ParcelState.WITHDRAWN: (
        "PARCEL_WITHDRAWN",
        "The split that made this parcel was undone; report the whole parcel.",
    ),
}


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


def survey_of_gone_parcel(parcel: Parcel) -> Reason | None:
    """A parcel that was split or merged cannot be surveyed again; what has taken its place can."""
    return parcel_is_gone(parcel) if parcel.is_gone else None


def gone_parcel(parcel: Parcel, field: str) -> Reason | None:
    """What lies on land is recorded of the parcels that are there: of one that is gone it would bar no
    release."""
    return replace(parcel_is_gone(parcel), field=field) if parcel.is_gone else None


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


def parcel_is_gone(parcel: Parcel) -> Reason:
    """The reason that names what has taken the place of a parcel."""
    code, sentence = WHERE_IT_WENT[parcel.state]
    successors = ", ".join(parcel.child_ids)
    return Reason(code, sentence.format(successors=successors), field="data.parcel_id")


def state_of(parcel: Parcel) -> str:
    """How a parcel stands, with those that have taken its place: `330604006-0231 is split into …`."""
    became = f" into {', '.join(parcel.child_ids)}" if parcel.child_ids else ""
    return f"{parcel.parcel_id} is {parcel.state}{became}"


def placeholder(code: Code) -> Reason:
    """A code that many parcels claim names none of them (ours); it is kept and disputed by nobody."""
    return Reason(
        "CODE_OF_MANY_PARCELS",
        f"More than {MOST_CLAIMANTS} parcels give the same {code.kind.replace('_', ' ')}, so it names none "
        "of them; survey them again with codes of their own.",
        field="data.identifiers",
    )
