"""The look at prospects' pages finds a plot whose release does not stand: where the handbook has its rules it
finds nothing, and where one of them looks away it fires."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.pages import Pages, surveyed_anew
from tests.support.doorway import Host
from tests.support.park import Story

OF_OTHERS = ("enterprise.registered",)  # a report that neither of the two services hears
PLAN = {"plan_conditions": {"plot_ratio": {"minimum": "1"}}}


class Late(Host):
    """The land register and projects, which hears of a revocation when a test says so."""

    def __init__(self) -> None:
        super().__init__("park", ["parcels", "projects"], "embedded://late", "memory://late")
        self.command[1:3] = ["-m", "tests.chaos.late_services"]
        self.env |= {"LATE_S": "0"}

    def hears_late(self, late: bool) -> None:
        self._file("late", "yes" if late else "")

    def looks_away(self, rules: str) -> None:
        self._file("unguarded", rules)

    def _file(self, name: str, text: str) -> None:
        file = Path(self.tries) / name
        file.write_text(text) if text else file.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def late() -> Iterator[Late]:
    with Late() as host:
        yield host


@pytest.mark.parametrize(
    ("looks_away", "wrong_before", "wrong_after"),
    [
        ("", 0, 0),
        ("known", 0, 0),  # the land register is asked all the same
        ("asked", 1, 0),  # projects has heard of it in the end
        ("known asked", 1, 1),
    ],
)
def test_a_plot_whose_release_is_taken_back_is_found_on_a_page_before_and_after_it_is_heard_of(
    late, looks_away, wrong_before, wrong_after
):
    story, pages = Story(late), Pages()
    (survey, stands), _ = surveyed_anew(story, **PLAN)
    story.tell([each for each in story.reports(**PLAN) if each[0] not in OF_OTHERS])
    listing_id = story.listing("draft")["listing_id"]
    chosen = {"lead_id": story.register_lead(), "listing_ids": [listing_id]}
    token = story.write("projects", "open_prospect_page", **chosen)["token"]
    pages.opened(token, [listing_id])
    late.looks_away(looks_away)

    def wrongly_shown() -> int:
        """By one more look."""
        before = pages.counts["wrongly_shown"]
        pages.look(late.call, token)
        return pages.counts["wrongly_shown"] - before

    assert wrongly_shown() == 0
    assert pages.counts["shown"] == 1
    assert not stands

    late.hears_late(True)
    story.tell([survey])
    assert wrongly_shown() == wrong_before
    assert pages.counts["unheard"] == 1

    late.hears_late(False)
    story.listing("withdrawn")
    assert wrongly_shown() == wrong_after
    assert (pages.counts["bare"], pages.counts["unheard"]) == (2, 1)
    assert len(pages.wrong) == wrong_before + wrong_after
