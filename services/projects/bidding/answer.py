"""The answer about a bidding that is tried out: nothing is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from backbone.errors import Reason
from park.time import PARK_TIME, day_of

from .deadlines import last_days
from .freezing import apart, extended, is_in_last_hour, resumption_of, running
from .judge import judged
from .model import BidRefusal, Freeze, Judgement, Offered, PriceBid, Unit
from .rulebook import BIDDING_LAWS, BiddingLaw, law_of
from .schemas import UNITS

Given = dict[str, Any]  # a request as `schemas.JudgeBidding` loads it


def tried(given: Given, today: date) -> dict[str, Any]:
    """How the bidding comes out by the rules of the day: the one that was asked, that of its end, or of its
    freeze. Raises `Refused` (`PLACE_UNKNOWN`)."""
    first = given["end"] or (given["frozen"][0].frozen_at if given["frozen"] else None)
    on = given["on"] or (day_of(first) if first else today)
    law = law_of(given["place"] or BIDDING_LAWS.on(on).tried_by, on)
    unit = Unit(name=given["unit"], cny=UNITS[given["unit"]])
    answer: dict[str, Any] = {
        "place": law.place,
        "rules_of": on,
        "rules": law.source,
        "unit": unit.name,
    }
    found = None
    if given["start"] is not None:
        found = judged(_offered(given, law, unit), _bids(given, unit))
    answer |= _outcome(found, unit) | after_freezes(given["frozen"], given["end"], law)
    if not given["place"]:
        answer["path"].insert(0, _step(_stands_in(law)))
    return answer | {"deadlines": _deadlines(given, law, found)}


def _stands_in(law: BiddingLaw) -> Reason:
    """Nobody said whose rules they are."""
    sentence = f"No place is named; the rules of {law.place} stand in."
    return Reason("PLACE_STANDS_IN", sentence, field="place", source=law.source)


def _offered(given: Given, law: BiddingLaw, unit: Unit) -> Offered:
    """Multiples that the request asks for, or does not, come before those of the place."""
    if given["multiples"] is not None:
        law = law.with_steps(given["multiples"])
    money = {name: given[name] and given[name] * unit.cny for name in MONEY}
    return Offered(
        law=law,
        unit=unit,
        begins_at=given["begin"],
        ends_at=given["end"],
        admitted=None if given["numbers"] is None else frozenset(given["numbers"]),
        start_cny=money["start"],
        step_cny=money["step"],
        auction_step_cny=money["auction_step"],
        reserve_cny=money["reserve"],
        reserve_entered_at=given["reserve_entered_at"],
        freezes=given["frozen"],
        auction_is_over=given["auction_silent"],
    )


MONEY = ("start", "step", "auction_step", "reserve")


def _bids(given: Given, unit: Unit) -> list[PriceBid]:
    return [
        PriceBid(bidder=name, bid_at=moment, price_cny=price * unit.cny)
        for name, moment, price in given["bids"]
    ]


def _outcome(found: Judgement | None, unit: Unit) -> dict[str, Any]:
    winner = found and found.winner
    auction = found and found.auction
    return {
        "outcome": found and found.outcome.value,
        "winner": winner and winner.bidder,
        "price": winner and unit.of(winner.price_cny),
        "highest": unit.of(found.highest.price_cny) if found and found.highest else None,
        "refused": [each.index for each in found.refused] if found else [],
        "refusals": [_refusal(each, unit) for each in found.refused] if found else [],
        "listing_ends_at": _moment(found and found.listing_ends_at),
        "starts_at": _moment(auction and auction.starts_at),
        "opens_at_price": auction and unit.of(auction.opens_at_price_cny),
        "ends_at": _moment(found and found.ends_at),
        "path": [_step(each) for each in found.path] if found else [],
    }


def _refusal(refusal: BidRefusal, unit: Unit) -> dict[str, Any]:
    right = refusal.right_cny
    return {
        "index": refusal.index,
        "bidder": refusal.bid.bidder,
        "bid_at": _moment(refusal.bid.bid_at),
        "price": unit.of(refusal.bid.price_cny),
        "right_price": None if right is None else unit.of(right),
        **_step(refusal.reason),
    }


def _step(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "sentence": reason.sentence, "source": reason.source}


def after_freezes(
    freezes: Sequence[Freeze], ends_at: datetime | None, law: BiddingLaw
) -> dict[str, Any]:
    """What follows from the last freeze: when it goes on, and how much of the listing is left then."""
    names = ("resume_not_before", "told_by", "extended_to_at_least", "extended_to_at_most")
    answer: dict[str, Any] = dict.fromkeys((*names, "remaining_at_most_minutes"))
    if not freezes:
        return answer
    *others, last = apart(freezes, law)
    if found := resumption_of(last, law):
        told_by = None if found.is_at_once else _moment(found.told_by)
        answer |= {"resume_not_before": _moment(found.not_before), "told_by": told_by}
    before = ends_at and running(ends_at, others, law).ends_at
    if before and last.frozen_at < before:
        answer |= _left(last, before, law)
    return answer


def _left(freeze: Freeze, ends_at: datetime, law: BiddingLaw) -> dict[str, Any]:
    span = extended(freeze, ends_at, law)
    bounded = law.freezing and is_in_last_hour(ends_at - freeze.frozen_at, law)
    return {
        "extended_to_at_least": _moment(span and span.earliest),
        "extended_to_at_most": _moment(span and span.latest),
        "remaining_at_most_minutes": (
            law.freezing.left_minutes_at_most.whole if law.freezing and bounded else None
        ),
    }


def _deadlines(given: Given, law: BiddingLaw, found: Judgement | None) -> list[dict[str, Any]]:
    listing_end = (found and found.listing_ends_at) or given["end"]
    if listing_end is None:
        return []
    days = last_days(
        law,
        listing_ends_on=day_of(listing_end),
        ended_on=day_of(found.ends_at) if found and found.ends_at else None,
        is_sold=bool(found and found.winner),
        applied_on=given["applied_on"],
        bond_refused_on=given["bond_refused_on"],
    )
    return [asdict(each) for each in days]


def _moment(moment: Any) -> datetime | None:
    local: datetime | None = moment and moment.astimezone(PARK_TIME)
    return local
