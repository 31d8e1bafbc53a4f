"""The page for each alert, which whoever is woken opens: as a browser shows it, and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from markdown_it.token import Token

BASE = "http://localhost:8005/runbooks"  # with which the rules name them
LONGEST = 200  # characters of an address that notify takes
DOCS = Path(__file__).parents[2] / "docs"
PAGES = DOCS / "runbooks"
BESIDE = (
    "when-things-break.md",
    "operations.md",
    "backup.md",
    "performance.md",
    "security.md",
)  # they lead there

SHELL = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
pre, code {{ background: #f2f2f2; border-radius: 3px }}
code {{ padding: 0 .2em }}
pre {{ padding: .8em; overflow-x: auto }}
pre code {{ padding: 0 }}
table {{ border-collapse: collapse }}
td, th {{ border: 1px solid #bbb; padding: .3em .6em; text-align: left; vertical-align: top }}
</style>
{body}</html>
"""


def page(path: str) -> bytes | None:
    """What is there at this path of ours, as Markdown: a page, with none named the list of them, or what
    the pages lead to beside them."""
    there = {f"/runbooks/{each.name}": each for each in PAGES.glob("*.md")}
    there |= {f"/{name}": DOCS / name for name in BESIDE} | {"/runbooks/": PAGES / "README.md"}
    return there[path].read_bytes() if path in there else None


def html(path: str) -> bytes | None:
    """The same as a page of HTML without scripts. Whatever is HTML in the source is shown as text, and so is
    a link that leads to no page of ours or of others."""
    source = page(path)
    return _written(source.decode(), path) if source is not None else None


@cache
def _written(source: str, path: str) -> bytes:
    from markdown_it import MarkdownIt  # imported here: other commands do without

    reader = MarkdownIt("js-default")
    tokens = reader.parse(source)
    title = ""
    for opened, content in pairwise(tokens):
        if opened.type == "heading_open":
            title = title or content.content
            opened.attrSet("id", _anchor(content.content))
    for each in tokens:
        each.children = [*_opening(each.children or [], path)]
    body = reader.renderer.render(tokens, reader.options, {})
    return SHELL.format(title=escape(title), body=body).encode()


def _opening(tokens: Iterable[Token], path: str) -> Iterator[Token]:
    """Without the links that open nothing, as those to a file of the checkout."""
    leads = True
    for each in tokens:
        if each.type == "link_open":
            where = str(each.attrGet("href")).partition("#")[0]
            leads = bool(urlsplit(where).scheme) or page(urljoin(path, where)) is not None
        if leads or each.type not in ("link_open", "link_close"):
            yield each


def _anchor(heading: str) -> str:
    """What links have behind their `#` for a heading, as in the repository."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def address(named: str | None, base: str) -> str | None:
    """Where people reach the page that a rule names, if ours are reached at `base`. A page that is not ours
    stays as it is; one whose address is too long to be told is left out, so that the alarm is told."""
    if not named:
        return None
    ours = named.removeprefix(f"{BASE}/")
    told = named if ours == named else f"{base.rstrip('/')}/{ours}"
    return told if len(told) <= LONGEST else None
