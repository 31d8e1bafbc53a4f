"""The store of a service: what an operator says of it."""

from __future__ import annotations

import typer

from backbone import settings
from backbone.errors import Unavailable
from backbone.host import birth
from backbone.store import totals as counted
from backbone.store.redis import connect
from backbone.store.repository import Repository
from services.installation import classes

from .ask import Service, known
from .console import err, out
from .reach import broker_uri, reaching

app = typer.Typer(no_args_is_help=True)


@app.callback()
def store() -> None:
    """The Redis of a service: when it is not the one that the service had, or its totals look wrong."""


@app.command()
def accept(service: Service) -> None:
    """Say that the store of a service is new, or the right one: what was in the one before is gone for
    good. The service goes on within seconds; without this it takes nothing."""
    uri, name = broker_uri(), known(service)
    reaching(10, lambda: birth.accept(uri, name))
    out.print(f"{service} takes the store that it finds; its /readyz tells when it does")


@app.command()
def totals(service: Service) -> None:
    """Count anew what a service keeps totals of. It goes on meanwhile. Needed once after a version that
    kept no totals ran beside one that does; else it shows that nothing differs."""
    name, uri = known(service), settings.from_environment().redis_url
    if uri.startswith("memory:"):
        err.print("REDIS_URL is not set: there is no store that this command could reach.")
        raise typer.Exit(2)
    (service_class,) = classes([name])
    repository = Repository(name, connect(uri), service_class.store.collections)
    try:
        counting = [kept.type for kept in repository.collections.values() if kept.totals]
        for cls in counting:
            out.print(_counted_anew(repository, cls))
        if not counting:
            out.print(f"{service} keeps no totals")
    except Unavailable as problem:
        err.print(str(problem), highlight=False)
        raise typer.Exit(1) from problem


def _counted_anew(repository: Repository, cls: type) -> str:
    before = counted.read(repository, cls)
    counted.build(repository, cls)
    after = counted.read(repository, cls)
    said = "as they were" if before == after else "other than they were"
    return (
        f"{repository.collections[cls].name}: {sum(each.count for each in after)} counted, {said}"
    )
