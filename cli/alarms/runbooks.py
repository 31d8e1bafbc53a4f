"""The page for each alert, which whoever is woken opens: served as it is written, and its address."""

from __future__ import annotations

from pathlib import Path

BASE = "http://localhost:8005/runbooks"  # with which the rules name them
LONGEST = 200  # characters of an address that notify takes
DOCS = Path(__file__).parents[2] / "docs"
PAGES = DOCS / "runbooks"
BESIDE = ("when-things-break.md", "operations.md", "backup.md", "performance.md")  # they lead there


def page(path: str) -> bytes | None:
    """What is there at this path of ours, as Markdown: a page, with none named the list of them, or what
    the pages lead to beside them."""
    there = {f"/runbooks/{each.name}": each for each in PAGES.glob("*.md")}
    there |= {f"/{name}": DOCS / name for name in BESIDE} | {"/runbooks/": PAGES / "README.md"}
    return there[path].read_bytes() if path in there else None


def address(named: str | None, base: str) -> str | None:
    """Where people reach the page that a rule names, if ours are reached at `base`. A page that is not ours
    stays as it is; one whose address is too long to be told is left out, so that the alarm is told."""
    if not named:
        return None
    ours = named.removeprefix(f"{BASE}/")
    told = named if ours == named else f"{base.rstrip('/')}/{ours}"
    return told if len(told) <= LONGEST else None
