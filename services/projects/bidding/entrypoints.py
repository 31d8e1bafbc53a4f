"""Biddings tried out by the rules of a place and a day."""

from __future__ import annotations

from typing import Any

from backbone import query

from . import schemas
from .answer import tried


class Biddings:
    """Judges bids; nothing is kept of them."""

    store: Any  # within a handler, the unit of work

    @query(schemas.JudgeBidding, answers=schemas.JudgedBidding)
    def judge_bidding(self, request: dict[str, Any]) -> Any:
        """Who gets the land by the bidding rules of a place and a day, and by which path."""
        return tried(request, self.store.today)
