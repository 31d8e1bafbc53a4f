"""docs/one-event.md is true: its twelve functions are there, and an event enters them in that order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story
from tests.support.walk import function_of

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| (\d+)\. [^|]+ \| `([^`]+)` \| [^|]+ \|$", re.MULTILINE)
ROWS = ROW.findall((DOCS / "one-event.md").read_text("utf-8"))
WALK = [name for _, name in ROWS]
HANDLER = WALK.index("services/parcels/remediation/entrypoints.py:Remediation.complete_remediation")
LONGEST = 400


def test_the_walk_has_twelve_steps_each_a_function_that_is_there():
    assert [int(number) for number, _ in ROWS] == list(range(1, 13))
    assert all(callable(function_of(name)) for name in WALK)


@pytest.mark.parametrize("page", ["one-event.md", "when-a-step-fails.md", "glossary.md"])
def test_no_paragraph_of_the_first_pages_is_long(page):
    lines = (DOCS / page).read_text("utf-8").splitlines()
    assert [line[:60] for line in lines if len(line) > LONGEST] == []


def test_an_accepted_remediation_goes_the_way_that_the_page_says(tmp_path):
    notes = tmp_path / "calls"
    host = Host("park", SERVICES, "embedded://walk", "memory://walk")
    host.command[2:] = ["tests.support.walk", str(notes), *WALK, "--", "park", *SERVICES]
    with host:
        desk = {"name": "desk", "channel": "log", "address": "desk"}
        host.call("notify", "subscribe", **desk, request_id="desk")
        story = Story(host)
        story.tell(story.reports())
        delivered = {"state": "delivered"}
        eventually(lambda: host.call("notify", "list_deliveries", filter=delivered)["items"])
        eventually(lambda: in_order(calls(notes)))


def calls(notes: Path) -> list[str]:
    return notes.read_text().splitlines()


def in_order(called: list[str]) -> bool:
    """Whether the steps before the handler lead up to its call, and those behind it follow."""
    if WALK[HANDLER] not in called:
        return False
    at = called.index(WALK[HANDLER])
    return _follow(called[:at][::-1], WALK[:HANDLER][::-1]) and _follow(called[at:], WALK[HANDLER:])


def _follow(called: list[str], wanted: list[str]) -> bool:
    """Whether the wanted names occur in this order."""
    rest = iter(called)
    return all(name in rest for name in wanted)
