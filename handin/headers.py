"""Finding the header of a sheet: among its first rows, on one row or two, by names that are data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from park.codes import HALF_WIDTH

from .cells.column import Column, text_of
from .cells.measures import Unit, unit_of
from .reading import Row
from .said import FileRefused
from .template import Template, templates

LOOKED_THROUGH = 20
ENOUGH = 2  # names that are known make a header
BRACKETS = str.maketrans("【】〔〕[]｛｝{}", "()" * 5)
BRACKETED = re.compile(r"\(([^()]*)\)")
NUMBERING = re.compile(r"^(?:\(?[0-9]{1,2}\)|[0-9]{1,2}[.、:)]?|[一二三四五六七八九十]+[、.])")
YEAR = re.compile(r"^(?:19|20)[0-9]{2}年(?:度|全年)?(?=.)")
BEHIND = re.compile(r"^(.*?)[/_,:-]?(?:单位:?)?([^/_,:-]+(?:/[^/_,:-]+)?)$")
OURS = ("row", "outcome", "why", "行号", "结果", "原因")  # the columns of an error workbook


@dataclass(frozen=True, slots=True)
class Header:
    """`last_row` is the row above the data; `unread` are titles that no field has."""

    template: Template
    columns: tuple[Column, ...]
    last_row: int
    titles: tuple[str, ...]
    unread: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        there = {column.field.name for column in self.columns}
        return tuple(name for name in self.template.needed if name not in there)


@dataclass(frozen=True, slots=True)
class Titles:
    """A row, or two rows joined, that may be the header."""

    last_row: int
    texts: tuple[str, ...]
    rows: int = 1

    def known(self, template: Template) -> int:
        names = names_of(template.kind)
        return len({field for text in self.texts if (field := _meant(text, names)[0])})


def plain(title: Any) -> str:
    """A title without what differs from one office to the next: spaces, newlines, full-width
    characters, capitals, stars."""
    text = re.sub(r"\s+", "", text_of(title).translate(HALF_WIDTH).translate(BRACKETS))
    return text.casefold().replace("*", "").replace("★", "")


@cache
def names_of(kind: str) -> Mapping[str, str]:
    """Every name of a template's fields, and the field."""
    fields = templates()[kind].fields.values()
    return {plain(name): each.name for each in fields for name in each.names}


def found(first: Sequence[Row], kind: str = "", given: Collection[str] = ()) -> Header:
    """The header among the first rows of a sheet, of the kind or of the one that fits best: one that
    lacks nothing goes before one of which more is known. `given` are fields that need no column. Raises
    `FileRefused` with one reason if there is none."""
    asked = [templates()[kind]] if kind else list(templates().values())
    candidates = list(_candidates(first, asked))
    ways = [(titles.known(each), titles, each) for titles in candidates for each in asked]
    ways = [way for way in ways if way[0] >= ENOUGH]
    if not ways:
        raise FileRefused(_why_none(first, asked))
    whole = [way for way in ways if not lacks(way[1].texts, way[2], given)]
    ranked = sorted(whole or ways, key=lambda way: (-way[0], way[1].last_row, way[1].rows))
    best = [way for way in ranked if way[0] == ranked[0][0]]
    titles = _with_units(best[0][1], [way[1] for way in best])
    return _header(titles, _one_of(titles, list(dict.fromkeys(way[2].kind for way in best))))


def _one_of(titles: Titles, kinds: Sequence[str]) -> Template:
    """Of the kinds that fit as well the one that lacks least, if there is one."""
    lacking = {kind: len(lacks(titles.texts, templates()[kind])) for kind in kinds}
    nearest = [kind for kind in kinds if lacking[kind] == min(lacking.values())]
    if len(nearest) > 1:
        raise FileRefused(f"The header fits {' and '.join(nearest)}; say which it is with --kind.")
    return templates()[nearest[0]]


def lacks(texts: Iterable[str], template: Template, given: Collection[str] = ()) -> list[str]:
    """The fields that the template needs, and neither a title names nor somebody has given."""
    names = names_of(template.kind)
    there = {field for text in texts if (field := _meant(text, names)[0])} | set(given)
    return [name for name in template.needed if name not in there]


def _candidates(first: Sequence[Row], asked: Sequence[Template]) -> Iterator[Titles]:
    """Each row alone, and each with the one below it, unless that is data."""
    rows = [(number, row) for number, row in first if number <= LOOKED_THROUGH]
    for number, row in rows:
        yield Titles(number, tuple(text_of(cell) for cell in row))
    for (one, upper), (other, lower) in pairwise(rows):
        if other == one + 1 and not any(_is_data(upper, lower, names_of(e.kind)) for e in asked):
            yield Titles(other, tuple(_joined(upper, lower)), 2)


def _is_data(upper: Sequence[Any], lower: Sequence[Any], names: Mapping[str, str]) -> bool:
    """Whether something stands below a known title that is neither a title nor a unit."""
    for above, below in zip(map(text_of, upper), map(text_of, lower), strict=False):
        is_title = not below or unit_of(plain(below).strip("()")) or _meant(below, names)[0]
        if not is_title and _meant(above, names)[0] and not _meant(above + below, names)[0]:
            return True
    return False


def _joined(upper: Sequence[Any], lower: Sequence[Any]) -> Iterator[str]:
    """Titles on two rows: what stands above reaches to the right, over cells that were merged."""
    reaching = ""
    for number in range(max(len(upper), len(lower))):
        above = text_of(upper[number]) if number < len(upper) else ""
        below = text_of(lower[number]) if number < len(lower) else ""
        reaching = above or (reaching if below else "")
        yield f"{reaching}\n{below}" if reaching and below else reaching or below


def _with_units(best: Titles, as_good: Iterable[Titles]) -> Titles:
    """The same header with the row below it, where that holds nothing but units."""
    for each in as_good:
        if each.rows == 2 and each.last_row == best.last_row + 1 and best.rows == 1:
            added = [
                plain(two.removeprefix(one).strip())
                for one, two in zip(best.texts, each.texts, strict=False)
                if two != one
            ]
            if added and all(unit_of(text.strip("()")) for text in added):
                return each
    return best


def _header(titles: Titles, template: Template) -> Header:
    names, columns, unread = names_of(template.kind), [], []
    for number, text in enumerate(titles.texts):
        field, unit = _meant(text, names)
        shown = re.sub(r"\s+", " ", text)
        if field:
            columns.append(Column(template.fields[field], number, letter(number), shown, unit))
        elif text and plain(text) not in OURS:
            unread.append(shown)
    _each_once(columns)
    return Header(template, tuple(columns), titles.last_row, titles.texts, tuple(unread))


def _each_once(columns: Iterable[Column]) -> None:
    seen: dict[str, Column] = {}
    for column in columns:
        if before := seen.get(column.field.name):
            raise FileRefused(
                f"The columns {before.letter} ({before.title}) and {column.letter} ({column.title}) both "
                f"give {column.field.name}; take one of them out."
            )
        seen[column.field.name] = column


def _meant(title: str, names: Mapping[str, str]) -> tuple[str, Unit | None]:
    """The field that a title names, and the unit in it."""
    below = title.split("\n")[1:]  # of a title on two rows the lower one says what it is
    for text in (plain(title), *map(plain, below[-1:])):
        base, unit = _without_brackets(text)
        for name, behind in _ways(base):
            if name in names:
                return names[name], unit or behind
    return "", None


def _without_brackets(text: str) -> tuple[str, Unit | None]:
    inner = [part.removeprefix("单位").lstrip(":") for part in BRACKETED.findall(text)]
    units = [unit for part in inner if (unit := unit_of(part))]
    return BRACKETED.sub("", text), units[0] if units else None


def _ways(base: str) -> Iterator[tuple[str, Unit | None]]:
    """A title as it stands, without a number before or behind it, and without a unit behind it."""
    bare = YEAR.sub("", NUMBERING.sub("", base))
    for text in dict.fromkeys((base, bare, bare.rstrip("0123456789"))):
        yield text, None
    for text in dict.fromkeys((base, bare)):
        for cut in range(len(text) - 1, 0, -1):
            if unit := unit_of(text[cut:]):
                yield text[:cut].rstrip("/_,:-").removesuffix("单位").rstrip("/_,:-"), unit


def _why_none(first: Sequence[Row], asked: Sequence[Template]) -> str:
    """Why no header was found: the sheet lies on its side, or has none."""
    down = max((_known_down(first, each, number) for each in asked for number in (0, 1)), default=0)
    if down > ENOUGH:
        return (
            "The names of the fields stand below each other, with a record in each column; turn the "
            "table, so that each record is a row."
        )
    none = f"No header was found among the first {LOOKED_THROUGH} rows"
    return f"{none}; {_nearest(first, asked)}put the names of the columns above the data."


def _nearest(first: Sequence[Row], asked: Sequence[Template]) -> str:
    """Where one title is known: it, its row, and what the kind that has it lacks."""
    rows = [titles for titles in _candidates(first, asked) if titles.rows == 1]
    ways = [
        (len(lacks(titles.texts, each)), titles, each)
        for titles in rows for each in asked if titles.known(each)
    ]  # fmt: skip
    if not ways:
        return ""
    _, titles, template = min(ways, key=lambda way: (way[0], way[1].last_row))
    known = next(text for text in titles.texts if _meant(text, names_of(template.kind))[0])
    fields = template.fields
    wanted = "、".join(fields[name].names[0] for name in lacks(titles.texts, template))
    return (
        f"of row {titles.last_row} only {known} is known; the nearest kind, {template.kind}, lacks "
        f"{wanted}; "
    )


def _known_down(first: Sequence[Row], template: Template, number: int) -> int:
    names = names_of(template.kind)
    texts = [text_of(row[number]) for _, row in first if len(row) > number]
    return len({field for text in texts if (field := _meant(text, names)[0])})


def letter(number: int) -> str:
    """The letter of a column, counted from 0."""
    text, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
