"""Prospects' pages: private, with an end, and always as things stand."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import uuid4

from backbone import Collection, command, query, reads
from backbone.errors import NotFound
from backbone.rpc.methods import once
from park.rules import refuse

from ...leads.lead import Wish
from ...listings.listing import Listing
from ...platforms.platform import Platform
from .. import schemas
from ..entrypoints import MOST, Looked, Looking, silent_of, told
from ..limits import is_over, nothing_chosen, nothing_fits
from ..offers import plots_on_offer, suits
from ..rulebook import HANDBOOK
from ..rules import known_availability
from .page import (
    PageState,
    PageView,
    ProspectPage,
    SeenPlot,
    ShownPlot,
    hash_of,
    looked_at,
    page_id_of,
)

KEPT = (Collection(PageView, key="view_id", filters=("page_id",), orders=("seen_at",)),)


def with_token(method: Callable[..., Any]) -> Callable[..., Any]:
    """The answer with the token of the page that this call opened. What is kept of the call, to answer a
    repeat, is without it: the token is nowhere but with the caller."""

    @wraps(method)
    def answer(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        opened, token = method(self, *args, **kwargs), vars(self).pop("_token", None)
        is_of_it = token and page_id_of(hash_of(token)) == opened["page_id"]
        return {**opened, "token": token if is_of_it else None}

    return answer


class Prospects(Looking):
    """Keeps the pages of prospects, shows them as things stand, and writes down what was shown."""

    get_prospect_page, list_prospect_pages, prospect_page_history = reads(ProspectPage)
    get_page_view, list_page_views, page_view_history = reads(PageView)

    @with_token
    @command(schemas.OpenProspectPage, answers=schemas.OpenedPage)
    def open_prospect_page(self, request: dict[str, Any]) -> Any:
        """Open a page for a project or a lead, until a day. The answer has the token that shows it."""
        project, lead = self.prospect_of(request["project_id"])
        today, rules = self.store.today, HANDBOOK.on(self.store.today).page
        chosen = request["listing_ids"]
        for listing_id in chosen:
            self.store.require(Listing, listing_id, "listing_ids")
        wish = request["wish"] or (lead.wish if lead and not chosen else None)
        ends_on = request["ends_on"] or today + timedelta(days=rules.open_days)
        refuse(is_over(ends_on, today, "ends_on"), nothing_chosen(chosen, wish))
        self._token = secrets.token_hex(32)
        token_hash = hash_of(self._token)
        page = ProspectPage(
            page_id=page_id_of(token_hash),
            token_hash=token_hash,
            project_id=request["project_id"],
            team=request["team"] or (project.team if project else None),
            listing_ids=chosen,
            wish=wish,
            opened_on=today,
            ends_on=ends_on,
        )
        self.store.save(page)
        names = ("page_id", "project_id", "team", "opened_on", "ends_on")
        empty = None if chosen or wish is None else nothing_fits(len(self._fitting(wish)))
        more = {"token": None, "warnings": told([empty] if empty else [])}
        return self.store.dump({name: getattr(page, name) for name in names} | more)

    @command(schemas.CloseProspectPage, answers=ProspectPage)
    def close_prospect_page(self, request: dict[str, Any]) -> Any:
        """Close a page before its end; it stays closed."""
        page = self.store.require(ProspectPage, request["page_id"], "page_id")
        after = replace(page, closed_on=page.closed_on or self.store.today)
        self.store.save(after)
        return self.store.dump(after)

    @query(schemas.PageAsked, answers=schemas.ProspectPageNow)
    def prospect_page(self, request: dict[str, Any]) -> Any:
        """The page of a token as things stand. Each look is written down, and whoever saw a plot before that
        is gone now is told of. A plot that changes meanwhile is looked at again before anything is shown."""
        seen: dict[str, Any] = {}

        def look() -> None:
            seen.update(self._look(request["token"]))

        once(self.store, "prospect_page", str(uuid4()), "", look)
        return self.store.dump(seen)

    def _look(self, token: str) -> dict[str, Any]:
        token_hash = hash_of(token)
        page = self.store.get(ProspectPage, page_id_of(token_hash))
        if page is None or not hmac.compare_digest(page.token_hash, token_hash):
            raise NotFound.of("prospect's page", "token")
        state, now = page.state_on(self.store.today), self.store.now
        looked = list(self._on(page)) if state is PageState.OPEN else []
        shown = [each for each in looked if each[1].can_be_had]
        if state is PageState.OPEN:
            self._write_down(page, looked)
        platforms = self.store.find(Platform, MOST) if shown else ()
        return {
            "page_id": page.page_id,
            "state": state,
            "ends_on": page.ends_on,
            "seen_at": now,
            "plots": plots_on_offer(shown, platforms),
            "not_shown_count": len(looked) - len(shown),
            "unreachable": silent_of(looked),
        }

    def _on(self, page: ProspectPage) -> Iterator[Looked]:
        """The plots that the page is about, those of a wish the smallest first, as they stand."""
        most = HANDBOOK.on(self.store.today).page.most_plots
        chosen = [self.store.require(Listing, each) for each in page.listing_ids]
        if not chosen and page.wish:
            fitting = self._fitting(page.wish)[:most]
            chosen = [self.store.require(Listing, each.listing_id) for each in fitting]
        now, for_id = self.store.now, page.project_id
        yield from self.looks_at([self.plot_of(each, now, for_id) for each in chosen[:most]])

    def _fitting(self, wish: Wish) -> list[Listing]:
        """The land on offer that is what is wished for, the smallest first."""
        found = self.store.find(Listing, MOST, is_open=True)
        fitting = [each for each in found if suits(wish, each)]
        return sorted(fitting, key=lambda each: (each.area_m2 or 0, each.listing_id))

    def _write_down(self, page: ProspectPage, looked: list[Looked]) -> None:
        """What is shown, and what was shown before and is not any more."""
        for plot, found in looked:
            known = self.store.get(ShownPlot, plot.listing.listing_id)
            before = known.on_page(page.page_id) if known else None
            known_bars = bool(known_availability(plot).bars)
            silent = plot.silence is not None and not known_bars
            after = looked_at(before, page.page_id, found.can_be_had, known_bars)
            if after and not silent:
                self.keep_shown(page, plot.listing, after, found.bars)
        view = PageView(
            view_id=self.store.cause.id,
            page_id=page.page_id,
            seen_at=self.store.now,
            plots=tuple(_seen(plot.listing) for plot, found in looked if found.can_be_had),
            incomplete=bool(silent_of(looked)),
        )
        self.store.save(view)


def _seen(listing: Listing) -> SeenPlot:
    return SeenPlot(
        listing_id=listing.listing_id,
        release_no=listing.release.release_no if listing.release else 0,
        notice_version=listing.notice_version,
    )
