"""How requests, honours, capital and publicities stood when their day was over, in words."""

from __future__ import annotations

from park.dues.due import Due
from park.dues.stood import Stood, about, itself
from park.time import end_of
from park.units import tidy

from ..honours.honours import FirmHonours
from ..profile.firm_profile import FirmProfile
from ..profile.rules import capital_standing
from ..requests.request import ServiceRequest, closing_time_on
from ..rounds.round import Round


def _request(request: ServiceRequest, due: Due) -> str | None:
    """Its state and its office when the offices closed; none where nobody had received it by then."""
    closed_at = closing_time_on(request, due.due_on) if due.due_on else None
    if closed_at is None or due.due_on is None:
        return None
    then = request.as_of(closed_at, end_of(due.due_on))
    return f"{then.state.value}, held by {then.holder}" if then.received_on else None


def _honour(firm: FirmHonours, due: Due) -> str | None:
    """A firm has several; none where this one was not on record."""
    _, name, level, year = due.thing_id.rsplit(":", 3)
    key = (name, level, int(year))
    honour = next((each for each in firm.honours if each.key == key), None)
    if honour is None or due.due_on is None:
        return None
    return "stands" if honour.stands_on(due.due_on) else "does not stand"


def _capital(profile: FirmProfile, due: Due) -> str | None:
    if due.due_on is None:
        return None
    standing = capital_standing(profile, due.due_on)
    if standing.subscribed is None:
        return "nothing subscribed"
    of = f"of {tidy(standing.subscribed.amount):f} {standing.subscribed.currency}"
    paid = standing.paid_in
    return f"paid {tidy(paid.amount):f} {paid.currency} {of}" if paid else f"paid nothing {of}"


def _round(held: Round, _: Due) -> str:
    return held.state.value


REQUEST_STOOD = Stood(ServiceRequest, itself, _request)  # its steps are named by its clock
STOOD = {
    "expiry": Stood(FirmHonours, about, _honour),
    "recheck": Stood(FirmHonours, about, _honour),
    "pay_capital": Stood(FirmProfile, itself, _capital),
    "adjust_capital_term": Stood(FirmProfile, itself, _capital),
    "objections": Stood(Round, itself, _round),
}
