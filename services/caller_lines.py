"""What is wrong with a file of who may call what: on which of its lines, and how that is written."""

from __future__ import annotations

import difflib
import re

WRITTEN = {
    "may": 'may = ["reads", "parcels.get_*"]',
    "first_day": "first_day = 2027-01-01",
    "last_day": "last_day = 2027-03-31",
}


def wrong_toml(problem: Exception) -> str:
    """What the reader of TOML says, which puts the place at its end, in brackets."""
    what, _, where = str(problem).removesuffix(")").rpartition(" (at ")
    where = where if where.startswith("line ") else "at its end"
    return f"{where}: {what}. Write [[operator-wang]], and on the next line {WRITTEN['last_day']}"


def wrong_line(problem: Exception, user: str, text: str) -> str:
    """What the reader of lines says of one in the text. It puts the place at its end: at `$[0].last_day`."""
    what, _, at = str(problem).partition(" - at `$")
    entry, field = re.search(r"\[(\d+)\]", at), re.search(r"[.](\w+)", at)
    named = re.search(r"unknown field `(.*)`", what) or field
    name = named[1] if named else ""
    where = _where(text, user, int(entry[1]) if entry else 0, name)
    if not at:
        return f"{where}[[{user}]]: {what}. Write [[ and ]] around the user, what it may on lines below"
    return f"{where}[[{user}]]: {_said(what, name)}"


def _said(what: str, field: str) -> str:
    if field in WRITTEN:
        return f"{field}: {what}. Write {WRITTEN[field]}"
    if not field:
        return what
    near = difflib.get_close_matches(field, WRITTEN, 1) or WRITTEN
    return f"there is no {field}. Write {' or '.join(WRITTEN[each] for each in near)}"


def _where(text: str, user: str, entry: int, field: str) -> str:
    """The number of the line, in words; none where the text is in a form of its own."""
    header = re.compile(rf'\s*\[+\s*"?{re.escape(user)}"?\s*\]')
    wanted = re.compile(rf'\s*"?{re.escape(field)}"?\s*=') if field else header
    rows = text.splitlines()
    begins = [number for number, row in enumerate(rows) if header.match(row)]
    if len(begins) <= entry:
        return ""
    first, after = begins[entry], [*begins, len(rows)][entry + 1]
    found = next((number for number in range(first, after) if wanted.match(rows[number])), first)
    return f"line {found + 1}, "
