"""Whoever follows a link of the documentation comes to a file that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page.relative_to(ROOT)
    for pattern in ("*.md", "docs/**/*.md", "services/**/*.md", "deploy/**/*.md")
    for page in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_of_a_page_leads_to_a_file(page):
    targets = LINK.findall((ROOT / page).read_text("utf-8"))

    assert [each for each in targets if not (ROOT / page.parent / each).exists()] == []


def test_the_pages_have_links():
    assert any(LINK.search((ROOT / page).read_text("utf-8")) for page in PAGES)
