"""Prospects who look at their pages while everything is killed: what a page showed is held against what the
land register says of the release.

A plot was shown wrongly when its release did not stand before the look began and after it was answered, under
one number: a release that was granted or revoked meanwhile may be shown or not. Whoever saw a plot that is
not on the page in the end must have been told.

A look can find something where nothing but the land register's answer keeps the plot off the page: projects
has not heard of the revocation yet (`unheard`), and it is for a reason that no other rule of the handbook
knows, as another area in a new survey.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from demo.story import AREA_M2, Plot, Report

Call = Callable[..., Any]
Standing = dict[str, Any]
STANDS = "released"
PAUSE_S = 0.3  # between two rounds through the pages
LOOKS = 40  # for one at the end which the land register did not leave unanswered
SURVEYED_MORE_M2 = "12500"  # than was vacated: the rest would have to be split off first
ON_OFFER = ("draft", "notice_published", "unsold")
TURNS = {"projects.shown_plot_gone": True, "projects.shown_plot_back": False}


def wrongly_shown(before: Standing, after: Standing) -> bool:
    """Whether the release stood at no moment between the two answers of the land register, so that no page
    may show the land in between."""
    stood = STANDS in (before["state"], after["state"])
    return not stood and before["release_no"] == after["release_no"]


def surveyed_anew(plot: Plot, **terms: Any) -> Iterator[tuple[Report, bool]]:
    """Surveys of a released plot, and whether its release stands by each."""
    for day, area_m2 in ((1, SURVEYED_MORE_M2), (2, AREA_M2)):
        yield (
            plot.parcel(area_m2=area_m2, surveyed_on=plot.day(day), **terms),
            area_m2 == AREA_M2,
        )


class Pages:
    """The pages of one desk, by their tokens, and what was seen on them. `counts` has looks, those while a
    release did not stand (`bare`), and of these the ones while projects still had the land on offer
    (`unheard`), plots shown, plots shown wrongly."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seen: set[tuple[str, str]] = set()  # page and listing
        self.last: dict[str, set[str]] = {}  # what each page showed at the end
        self.wrong: list[str] = []
        self._about: dict[str, set[str]] = {}  # the listings that each page is known to be about
        self._where: dict[str, dict[str, str]] = {}  # the parcel and the case of each listing
        self._lock = threading.Lock()

    def opened(self, token: str, listing_ids: Iterable[str]) -> None:
        with self._lock:
            self._about[token] = set(listing_ids)

    def tokens(self) -> list[str]:
        with self._lock:
            return list(self._about)

    def look(self, call: Call, token: str) -> dict[str, Any]:
        """The page, judged. `call` asks a service."""
        before = {each: self._standing(call, each) for each in sorted(self._about[token])}
        page: dict[str, Any] = call("projects", "prospect_page", token=token)
        shown = {each["listing_id"] for each in page["plots"]}
        bare = {each for each, said in before.items() if said["state"] != STANDS}
        after = {each: self._standing(call, each) for each in sorted(shown | bare)}
        judged = shown & before.keys()
        gone = {each for each in after.keys() & before if wrongly_shown(before[each], after[each])}
        wrong, unheard = shown & gone, any(self._is_on_offer(call, each) for each in sorted(gone))
        with self._lock:
            self._about[token] |= shown
            self.seen |= {(page["page_id"], each) for each in shown}
            self.counts.update(looks=1, shown=len(judged), wrongly_shown=len(wrong))
            self.counts.update(bare=bool(bare), unheard=unheard)
        self.wrong += [f"a page showed {each}: {before[each]}" for each in wrong]
        return page

    def look_a_last_time(self, call: Call) -> None:
        """Each page as it is left."""
        for token in self.tokens():
            for _ in range(LOOKS):
                page = self.look(call, token)
                if not page["unreachable"]:
                    break
            self.last[page["page_id"]] = {each["listing_id"] for each in page["plots"]}

    def _is_on_offer(self, call: Call, listing_id: str) -> bool:
        """Whether projects offers the land, whatever the land register says."""
        return call("projects", "get_listing", listing_id=listing_id)["state"] in ON_OFFER

    def _standing(self, call: Call, listing_id: str) -> Standing:
        if listing_id not in self._where:
            listing = call("projects", "get_listing", listing_id=listing_id)
            self._where[listing_id] = {name: listing[name] for name in ("parcel_id", "case_id")}
        said: Standing = call("parcels", "release_standing", **self._where[listing_id])
        return said


class Visitor(threading.Thread):
    """Looks at one page after the other until it is told to stop."""

    def __init__(self, pages: Pages, caller: Any) -> None:
        super().__init__(daemon=True)
        self.pages, self.caller = pages, caller
        self._enough = threading.Event()

    def run(self) -> None:
        try:
            while not self._enough.wait(PAUSE_S):
                for token in self.pages.tokens():
                    self.pages.look(self.caller.call, token)
        except Exception as problem:  # noqa: BLE001 - the account must not miss it
            self.pages.wrong.append(f"a visitor gave up: {problem!r}")
        finally:
            self.caller.close()

    def stop(self) -> None:
        """No look begins any more; the last one has ended."""
        self._enough.set()
        self.join()


def not_told(all_pages: Iterable[Pages], published: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """How many plots left a page that had shown them, and of how many of them that was not what was told
    last."""
    newest: dict[tuple[str, str], tuple[int, bool]] = {}
    for event in published:
        if event["type"] in TURNS:
            data = event["data"]
            about = (data["page_id"], data["listing_id"])
            said = (data["gone_no"], TURNS[event["type"]])
            newest[about] = max(said, newest.get(about, said))
    left = {
        (page_id, listing_id)
        for pages in all_pages
        for page_id, listing_id in pages.seen
        if page_id in pages.last and listing_id not in pages.last[page_id]
    }
    return len(left), sum(1 for each in left if not newest.get(each, (0, False))[1])
