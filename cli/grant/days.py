"""On which days a user may call: its line in the file that the services read."""

from __future__ import annotations

import difflib
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from backbone import settings
from park.time import day_of
from services import access, callers
from services.callers import Line
from services.installation import HOMES

from ..console import err, out
from ..given import as_day
from .reaching import Management, broker_at, told

USER = re.compile(r"(operator|system|township|service)-[a-z0-9-]+|alarms|heartbeat|installer")
HEADER = r"\[\[\s*\"?{}\"?\s*\]\]"


def days(
    user: Annotated[str, typer.Argument(help="operator-wang; of a zone without its name")],
    first: Annotated[
        str, typer.Option("--from", metavar="YYYY-MM-DD", help="the first day, in the park")
    ] = "",
    last: Annotated[
        str, typer.Option("--until", metavar="YYYY-MM-DD", help="the last day, in the park")
    ] = "",
    may: Annotated[
        list[str] | None,
        typer.Option(
            help="reads, writes, operates, or methods, parcels.get_*; again for more; else all that the "
            "broker lets"
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help=f"the file; else the one that {callers.FILE_SETTING} names")
    ] = None,
    management: Management = "",
) -> None:
    """Say on which days a user may call, of what the broker lets it, in place of what the file said of that
    user. The services read the file again by themselves. Where AMQP_URI and the management API are
    those of an administrator, a user that the broker does not have is refused."""
    if not USER.fullmatch(user):
        raise typer.BadParameter("give a user as operator-wang or system-gis, without its zone")
    named = file or Path(os.environ.get(callers.FILE_SETTING, ""))
    if named == Path():
        raise typer.BadParameter(
            f"say with --file, or {callers.FILE_SETTING}, what the services read"
        )
    if not (first or last or may):
        raise typer.BadParameter("say --from, --until or --may")
    _look_up(user, management)
    try:
        line = Line(
            may=tuple(may) if may else None,
            first_day=as_day(first, "--from") if first else date.min,
            last_day=as_day(last, "--until") if last else date.max,
        )
        put(named, user, line)
    except (OSError, ValueError) as problem:
        err.print(str(problem), highlight=False, markup=False)
        raise typer.Exit(1) from None
    out.print(f"{named} says it of {user}", highlight=False)
    if line.last_day < (today := day_of(datetime.now(UTC))):
        over = f"{line.last_day} is over: {user} is refused from now on. It is {today} in the park."
        err.print(over, highlight=False)


def _look_up(user: str, management: str) -> None:
    """Raise `typer.BadParameter` for a user whom the installation does not have; where its broker is not
    named, say of one that every installation has of its own that nobody looked."""
    if settings.from_environment().amqp_uri.startswith("embedded:"):
        known = {"alarms", "heartbeat", "installer", *(f"service-{name}" for name in HOMES)}
        if user.startswith(("operator-", "system-", "township-")):
            said = f"AMQP_URI is not set, so nobody looked whether there is a user {user}: mind the spelling."
            err.print(said, highlight=False)
            return
    else:
        with told():
            broker = broker_at(management)
            zone, found = broker.zone(), map(access.zone_of, broker.known())
        known = {plain for of_zone, plain in found if of_zone == zone}
    if user not in known:
        near = difflib.get_close_matches(user, known, 3) or sorted(known)
        raise typer.BadParameter(f"there is no user {user}; there is {', '.join(near)}")


def still_dated(user: str) -> str:
    """That the file of this environment speaks of a user who is gone, and what to do; nothing if not."""
    named = os.environ.get(callers.FILE_SETTING)
    try:
        if not named or user not in callers.read(Path(named)):
            return ""
    except (OSError, ValueError) as problem:
        return f"{callers.FILE_SETTING}: {problem}. See whether it has lines of {user}."
    return (
        f"{named} still has lines of {user}, which hold for whoever is let in under that name again. Take "
        f"each [[{user}]] out of it, with what stands under it."
    )


def put(file: Path, user: str, line: Line) -> None:
    """Have the file say this of a user, in place of what it said of it; all else stands as it was. Raises
    `OSError`, and `ValueError` for a file that cannot be read, before and afterwards."""
    before = file.read_text("utf-8") if file.exists() else ""
    said = callers.read(file) if before else {}
    parts = re.split(r"(?m)^(?=#|\[\[)", before)
    header = re.compile(HEADER.format(re.escape(user)))
    kept = "".join(part for part in parts if not header.match(part)).rstrip()
    after = f"{kept}\n\n{_written(user, line)}".lstrip()
    if not _says(after, {**said, user: (line,)}):
        raise ValueError(f"{file} is in another form than this command writes; change it by hand")
    new = file.with_name(f".{file.name}.new")
    new.write_text(after, "utf-8")
    new.replace(file)  # so that whoever reads it finds the one or the other


def _says(text: str, lines: callers.Lines) -> bool:
    try:
        return callers.lines_of(text) == lines
    except ValueError:
        return False


def _written(user: str, line: Line) -> str:
    said = [f"[[{user}]]"]
    if line.may is not None:
        said.append(f"may = [{', '.join(map(_quoted, line.may))}]")
    if line.first_day > date.min:
        said.append(f"first_day = {line.first_day}")
    if line.last_day < date.max:
        said.append(f"last_day = {line.last_day}")
    return "\n".join(said) + "\n"


def _quoted(text: str) -> str:
    """As TOML has a text. Raises `ValueError` for what is no method."""
    if not re.fullmatch(r"[a-z_.*]+", text):
        raise ValueError(f"{text} is no method; write it as parcels.get_* or reads")
    return f'"{text}"'
