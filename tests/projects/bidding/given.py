"""A bidding for land of 1,361 万元 in steps of 10, that ends on 10 April 2025 at 10:00."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone.messages.contract import load
from services.projects.bidding.answer import tried
from services.projects.bidding.schemas import JudgeBidding

TODAY = date(2026, 11, 28)
LAND = {"place": "福建", "start": "1361", "step": "10", "end": "2025-04-10T10:00"}


def at(text: str) -> str:
    """`10 09:30` is the moment on that day of April 2025."""
    day, hour = text.split()
    return f"2025-04-{day}T{hour}"


def bid(bidder: str, moment: str, price: str) -> list[str]:
    return [bidder, at(moment), price]


def asked(**changes: Any) -> dict[str, Any]:
    return tried(load(JudgeBidding(), changes, path=""), TODAY)


def judge(*bids: list[str], **changes: Any) -> dict[str, Any]:
    return asked(**LAND | {"bids": list(bids)} | changes)


def outcome(found: dict[str, Any]) -> tuple[str, str | None, str | None]:
    price = found["price"]
    return found["outcome"], found["winner"], None if price is None else str(price)


def codes(found: dict[str, Any]) -> list[str]:
    return [each["code"] for each in found["refusals"]]


def path(found: dict[str, Any]) -> list[str]:
    return [each["code"] for each in found["path"]]


def clock(moment: Any) -> str | None:
    """Day and minute of an answer: `10 10:15`."""
    return moment and moment.strftime("%d %H:%M" if not moment.second else "%d %H:%M:%S")
