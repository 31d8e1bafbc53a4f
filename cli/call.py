"""Calling a service as an internal system does."""

from __future__ import annotations

from typing import Annotated

import typer

from .ask import Service, show
from .given import argument_of


def call(
    service: Service,
    method: Annotated[
        str, typer.Argument(help="such as get_parcel; or both in one, as in parcels.get_parcel")
    ] = "",
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            help="name=value; what reads as JSON is taken for it, so a text of digits is "
            "name='\"77\"'; request_id and a township's digits are text as they are. What writes needs a "
            'request_id of your own, what lists takes \'filter={"township": "330604006"}\''
        ),
    ] = None,
    wait_s: Annotated[float, typer.Option(help="how long to wait for the answer")] = 10,
) -> None:
    """Call a method of a service, as an internal system does, and show the answer."""
    service, name, given = _told(service, method, arguments or [])
    show(service, name, wait_s, **dict(argument_of(each) for each in given))


def _told(service: str, method: str, arguments: list[str]) -> tuple[str, str, list[str]]:
    """The service, its method and the arguments, from either way to write the first two."""
    service, dot, name = service.partition(".")
    if dot:
        return service, name, [each for each in (method, *arguments) if each]
    if not method:
        raise typer.BadParameter(f"say which method of {service}: parcels get_parcel")
    return service, method, arguments
