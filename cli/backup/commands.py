"""A copy of a service's store, taken while the service works; and how it is put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from backbone import settings
from backbone.backup import file, restore, snapshot
from backbone.errors import Unavailable

from ..ask import Service, known
from ..console import err, moment, out

PROBLEMS = (file.Unreadable, file.Unwritable, restore.InTheWay, snapshot.Emptied, Unavailable)


def backup(
    service: Service,
    path: Annotated[
        Path, typer.Option("--file", help="where the copy goes, in place of an older one")
    ],
) -> None:
    """Write a copy of a service's store to a file, all of it as it was at one moment, while the service
    works. The file holds what the store holds, names and numbers of people included: keep it as safe."""
    url = _store_url(known(service))
    with _told(), _progress(f"copying {service}") as on_step:
        taken = snapshot.take(url, service, path, lambda done: on_step(done, None))
    size = path.stat().st_size / 1e6
    out.print(
        f"{path}: {service} as of {moment(taken.taken_at)}, {taken.frames:,} keys, {size:.1f} MB"
    )


def put_back(
    service: Service,
    path: Annotated[Path, typer.Option("--file", help="a copy that `tenglong backup` wrote")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="remove first what the store holds of the service")
    ] = False,
) -> None:
    """Put a service's store back from a copy. Nothing is written if the file is damaged, or if the store
    holds something. What came after the copy is not in it: `tenglong reconcile` tells what to do."""
    url = _store_url(known(service))
    with _told(), _progress(f"restoring {service}") as on_step:
        found = restore.put_back(url, service, path, overwrite=overwrite, on_restored=on_step)
    out.print(f"{service} is as it was at {moment(found.taken_at)}: {found.frames:,} keys")
    out.print("What came later is not in it: start the service, then tenglong reconcile")


def _store_url(service: str) -> str:
    url = settings.from_environment().redis_url
    if url.startswith("memory:"):
        err.print(
            f"REDIS_URL is not set: there is no store of {service} that this command could reach."
        )
        raise typer.Exit(2)
    return url


@contextmanager
def _told() -> Iterator[None]:
    """A sentence, and the end, for what goes wrong."""
    try:
        yield
    except PROBLEMS as problem:
        err.print(f"[red]{type(problem).__name__}[/] {problem}", highlight=False)
        raise typer.Exit(1) from problem


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int | None], None]]:
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)
