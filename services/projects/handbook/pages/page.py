"""A prospect's page: private, with an end, and always as things stand; and who saw which plot on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from backbone.records import record

from ...leads.lead import Wish

ID_LENGTH = 32  # hexadecimal digits of the hash: as many as nobody can guess


class PageState(StrEnum):
    OPEN = "open"
    ENDED = "ended"  # its last day is over
    CLOSED = "closed"  # by the team


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def page_id_of(token_hash: str) -> str:
    """The id of the page that a token opens; the token does not follow from it."""
    return token_hash[:ID_LENGTH]


@record
class ProspectPage:
    """Of the token only the hash is kept. The page shows the plots of `listing_ids`, or else those that
    suit the `wish`; which of them, is worked out at each look."""

    page_id: str
    token_hash: str
    project_id: str
    team: str | None
    listing_ids: tuple[str, ...] = ()
    wish: Wish | None = None
    opened_on: date
    ends_on: date
    closed_on: date | None = None

    def state_on(self, day: date) -> PageState:
        if self.closed_on is not None:
            return PageState.CLOSED
        return PageState.OPEN if day <= self.ends_on else PageState.ENDED


@record
class SeenPlot:
    """A plot as it was shown: under which release, and which notice."""

    listing_id: str
    release_no: int
    notice_version: int


@record
class PageView:
    """One look at a page: what was shown, when, and whether the land register was silent. It names no
    person: who looked is not known."""

    view_id: str
    page_id: str
    seen_at: datetime
    plots: tuple[SeenPlot, ...]
    incomplete: bool = False


@record
class ShownOn:
    """A page that showed a plot. `gone_no` counts what was told of it: that it is gone, that it is back.
    `by_register`: only the land register's answer speaks against it."""

    page_id: str
    gone_no: int = 0
    gone: bool = False
    by_register: bool = False


@record
class ShownPlot:
    """The pages that showed the plot of a listing."""

    listing_id: str
    pages: tuple[ShownOn, ...] = ()

    def on_page(self, page_id: str) -> ShownOn | None:
        return next((each for each in self.pages if each.page_id == page_id), None)

    def with_page(self, *shown: ShownOn) -> ShownPlot:
        known = {each.page_id: each for each in self.pages} | {each.page_id: each for each in shown}
        return replace(self, pages=tuple(known[key] for key in sorted(known)))


def looked_at(
    shown: ShownOn | None, page_id: str, can_be_had: bool, known_bars: bool
) -> ShownOn | None:
    """What is kept of a plot after a look at the page; none of one that was never shown."""
    if shown is None:
        return ShownOn(page_id=page_id) if can_be_had else None
    return turned(shown, gone=not can_be_had, by_register=not known_bars)


def heard_of(shown: ShownOn, known_bars: bool) -> ShownOn:
    """What is kept after projects heard something, without asking the land register: a plot that this
    alone took away stays away until the next look."""
    if not known_bars and shown.by_register:
        return shown
    return turned(shown, gone=known_bars, by_register=False)


def turned(shown: ShownOn, *, gone: bool, by_register: bool) -> ShownOn:
    """Told anew only if it was the other way round."""
    number = shown.gone_no + (gone is not shown.gone)
    return replace(shown, gone_no=number, gone=gone, by_register=gone and by_register)


def told_anew(before: Iterable[ShownOn], after: Iterable[ShownOn]) -> list[ShownOn]:
    """Those of which something is to be told."""
    known = {each.page_id: each.gone_no for each in before}
    return [each for each in after if each.gone_no > known.get(each.page_id, 0)]
