"""`tenglong township refused`: whose reports are mostly refused now, and telling them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import requests
import typer

from park import townships
from park.time import PARK_TIME, day_of

from ..ask import WAIT_S, call
from ..console import err, out

ALERT = "FeedMostlyRefused"
FIRING = f'ALERTS{{alertname="{ALERT}", alertstate="firing"}}'


def refused(
    prometheus: Annotated[
        str, typer.Option(help="where Prometheus answers")
    ] = "http://localhost:9090",
    tell: Annotated[bool, typer.Option("--tell", help="have notify tell each, once a day")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    wait_s: Annotated[float, typer.Option(help="how long to wait for each answer")] = WAIT_S,
) -> None:
    """Show the townships of whose reports more than half were refused within an hour, as the alert
    FeedMostlyRefused of Prometheus says. With --tell notify raises an alert for each, which goes to whoever
    subscribed to such alerts of that township: to its own people, if they did. Told twice on one day it is
    one alert."""
    today = day_of(datetime.now(PARK_TIME))
    try:
        found = firing(prometheus, wait_s) & townships.codes(today)
    except (requests.RequestException, ValueError) as problem:
        said = str(problem) if type(problem) is ValueError else "nobody is there, or it is too slow"
        err.print(f"[red]Prometheus does not answer at {prometheus}:[/] {said}", highlight=False)
        raise typer.Exit(1) from problem
    if not found and not as_json:
        out.print("no township is mostly refused")
    for code in sorted(found):
        if tell:
            call("notify", "tell_mostly_refused", wait_s, **telling(code, today))
        if not as_json:
            out.print(f"{code} mostly refused{', told' if tell else ''}", highlight=False)
    if as_json:
        out.print_json(data=[{"township": code, "told": tell} for code in sorted(found)])


def telling(code: str, on: date) -> dict[str, str]:
    """The arguments with which notify is told of a township, once a day."""
    return {"township": code, "request_id": f"mostly-refused-{code}-{on}"}


def firing(prometheus: str, wait_s: float) -> set[str]:
    """The publishers for which the alert fires. Raises `RequestException`, or `ValueError` for an answer
    that is none of Prometheus."""
    url = f"{prometheus.rstrip('/')}/api/v1/query"
    answer = requests.get(url, params={"query": FIRING}, timeout=wait_s)
    answer.raise_for_status()
    try:
        series: list[dict[str, Any]] = answer.json()["data"]["result"]
        return {each["metric"]["publisher"] for each in series}
    except (KeyError, TypeError) as problem:
        raise ValueError("this is no answer of Prometheus") from problem
