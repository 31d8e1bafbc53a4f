"""Who may call what, and on which days: the second door, behind what the broker lets each user do.

It is dated data. Which kinds of users may call what is in the rulebook of the release,
`rulebook/callers/<first day>.toml`. What an installation says of a user, or of a kind, stands in the file
that GRANTS_FILE names, in place of that:

    [[operator-wang]]
    last_day = 2027-03-31

Of whom nothing is said here the broker alone decides.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from backbone.errors import Reason
from backbone.logs import log
from backbone.settings import Unusable
from park.rulebook import Rulebook
from park.time import day_of

from .caller_lines import wrong_line, wrong_toml

FILE_SETTING = "GRANTS_FILE"
A_DAY = "YYYY-MM-DD"
OPERATES = "operates"  # what is meant for operators; no star stands for it
DEEDS = ("reads", "writes", OPERATES)
BEFORE = "What it said before is in force; a service that starts now does not start with it."
EMPTIED = (
    "{} is empty, and was not. Write into it what is to hold, or, if that is nothing, a line that begins "
    "with #. What it said before is in force; a service that starts now holds nobody to it."
)


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be called from `first_day` to `last_day`, both included: `reads`, `writes`, `operates`, and
    methods as `parcels.get_*`; everything that the broker lets, without a `may`."""

    may: tuple[str, ...] | None = None
    first_day: date = date.min
    last_day: date = date.max

    def __post_init__(self) -> None:
        if self.first_day > self.last_day:
            raise ValueError(f"it ends on {self.last_day}, before its first day {self.first_day}")
        for each in self.may or ():
            if each not in DEEDS and "." not in each:
                known = f"no method, as parcels.get_* is, and none of {', '.join(DEEDS)}"
                raise ValueError(f"may has {each}, which is {known}")

    def names(self, method: str, kind: str) -> bool:
        """Whether it speaks of this method (`parcels.get_parcel`), which is of this kind."""
        if self.may is None or kind in self.may or method in self.may:
            return True
        return kind != OPERATES and any(fnmatchcase(method, each) for each in self.may)


Lines = Mapping[str, tuple[Line, ...]]
KINDS = Rulebook(Path(__file__).parent / "rulebook" / "callers", dict[str, tuple[Line, ...]])


def refusal(lines: Lines, caller: str, method: str, kind: str, today: date) -> Reason | None:
    """Why a user may not call a method on that day, if these lines say so. A user's own lines count, else
    those of its kind, as `operator` of `operator-wang`."""
    user = caller.rpartition(".")[2]  # without its zone
    said = lines.get(user, lines.get(user.partition("-")[0]))
    if said is None:
        return None
    named = [line for line in said if line.names(method, kind)]
    begun = [line for line in named if line.first_day <= today]
    if any(today <= line.last_day for line in begun):
        return None
    if not named:
        sentence = (
            f"{user} may not call {method}. This grants it, where GRANTS_FILE is: "
            f"{_granting(user, said, method, today)}"
        )
        return Reason("CALL_NOT_GRANTED", sentence)
    if later := [line for line in named if line not in begun]:
        first = min(later, key=lambda line: line.first_day)
        sentence = (
            f"{user} may call {method} from {first.first_day} on. This lets it begin on another day, where "
            f"GRANTS_FILE is: {_beginning(user, first)}"
        )
        return Reason("RIGHT_NOT_BEGUN", sentence)
    last = max(begun, key=lambda line: line.last_day)
    sentence = (
        f"{user} might call {method} until {last.last_day}. This renews it, where GRANTS_FILE is: "
        f"{_renewal(user, last)}"
    )
    return Reason("RIGHT_ENDED", sentence)


def _granting(user: str, lines: tuple[Line, ...], method: str, today: date) -> str:
    """The command that says of a user that it may call the method too, beside all that was said of it, and as
    long as before; until a day that is yet to be said, where all that is over."""
    may = dict.fromkeys((*(each for line in lines for each in line.may or ()), method))
    last_day = max((line.last_day for line in lines), default=date.max)
    until = f" --until {A_DAY}" if last_day < today else _until(last_day)
    return f"tenglong grant days {user}{until}{_options(may)}"


def _renewal(user: str, line: Line) -> str:
    """The command that says of a line that it ends on another day."""
    return f"tenglong grant days {user} --until {A_DAY}{_options(line.may or ())}"


def _beginning(user: str, line: Line) -> str:
    """The command that says of a line that it begins on another day, and of no more."""
    until = _until(line.last_day)
    return f"tenglong grant days {user} --from {A_DAY}{until}{_options(line.may or ())}"


def _until(last_day: date) -> str:
    return "" if last_day == date.max else f" --until {last_day}"


def _options(may: Iterable[str]) -> str:
    return "".join(f" --may '{each}'" for each in may)


def read(file: Path) -> Lines:
    """The lines of an installation's file. Raises `OSError`, and `ValueError` for what cannot be read."""
    try:
        return lines_of(file.read_text("utf-8"))
    except ValueError as problem:
        raise ValueError(f"{file}, {problem}") from problem


def lines_of(text: str) -> Lines:
    """The lines of such a text. Raises `ValueError`, which says where, what is wrong, and what would be
    right."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ValueError(wrong_toml(problem)) from problem
    return {user: _lines_of(user, each, text) for user, each in said.items()}


def _lines_of(user: str, said: object, text: str) -> tuple[Line, ...]:
    try:
        return msgspec.convert(said, tuple[Line, ...])
    except msgspec.ValidationError as problem:
        raise ValueError(wrong_line(problem, user, text)) from problem


class Door:
    """Asked at each call. The file is read again when it was changed; one that cannot be read, or was
    emptied, as who breaks off while it writes leaves it, is said in the log, and by `problem`, and leaves in
    force what it said before. Raises `Unusable` for one that cannot be read at the start."""

    def __init__(
        self, file: Path | None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.file, self.clock = file, clock
        self._stamp = self._told = _stamp(file)
        self._own: Lines = {}
        self._problem = ""
        if file:
            try:
                self._own = read(file)
            except (OSError, ValueError) as problem:
                raise Unusable(f"{FILE_SETTING}: {problem}") from problem

    def problem(self) -> str:
        """Why the file cannot be read now, or nothing."""
        self._lines()
        return self._problem

    def __call__(self, caller: str, method: str, kind: str) -> Reason | None:
        today = day_of(self.clock())
        return refusal({**KINDS.on(today), **self._lines()}, caller, method, kind, today)

    def _lines(self) -> Lines:
        stamp = _stamp(self.file)
        if self.file is None or stamp == self._stamp:
            self._problem = ""
            return self._own
        try:
            said = read(self.file)
        except (OSError, ValueError) as problem:
            return self._before(stamp, f"{problem}. {BEFORE}")
        if self._own and not said and not self.file.read_text("utf-8").strip():
            return self._before(stamp, EMPTIED.format(self.file))
        self._own, self._stamp, self._problem = said, stamp, ""
        return self._own

    def _before(self, stamp: tuple[int, ...], problem: str) -> Lines:
        """What the file said before, now that this is wrong with it."""
        self._problem = f"{FILE_SETTING}: {problem}"
        if stamp != self._told:
            log.error("grants_unreadable", problem=self._problem)
        self._told = stamp
        return self._own


def _stamp(file: Path | None) -> tuple[int, ...]:
    """What is another one when the file was changed, or is gone."""
    try:
        found = file.stat() if file else None
    except OSError:
        return ()
    return (found.st_ino, found.st_mtime_ns, found.st_size) if found else ()


def door(callers: str, environment: Mapping[str, str] = os.environ) -> Door:
    """The door of an installation with this setting CALLERS. Raises `Unusable`."""
    named = environment.get(FILE_SETTING)
    if named and callers != "named":
        raise Unusable(
            f"{FILE_SETTING} says who may call what, and CALLERS={callers} lets in who does not say a name: "
            "set CALLERS=named."
        )
    return Door(Path(named) if named else None)
