"""The schemes that are kept: `rulebook/evaluation/<first day>.toml`, each under its id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from backbone.errors import Invalid, NotFound, Reason
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .scheme import Scheme

Schemes = Rulebook[dict[str, dict[str, Any]]]


@cache
def kept() -> dict[str, Scheme]:
    """All of them by id; of one id the newest. Read at the first use, as most processes need none."""
    return schemes_of(rulebook())


@cache
def rulebook() -> Schemes:
    """Each edition as it is written: schemes by their ids."""
    return Rulebook(FOLDER / "evaluation", dict[str, dict[str, Any]])


def schemes_of(rules: Schemes) -> dict[str, Scheme]:
    """Those of all editions by id; of one id the newest. Raises `Invalid` for what cannot be a scheme."""
    editions = rules.editions
    given = {id_: data for day in sorted(editions) for id_, data in editions[day].items()}
    return {id_: _loaded(id_, data) for id_, data in given.items()}


def _loaded(id_: str, data: dict[str, Any]) -> Scheme:
    with named(f"scheme.{id_}"):
        return Scheme.load({"id": id_, **data})


def scheme_of(given: Any, field: str = "scheme") -> Scheme:
    """The scheme that was given in its JSON form, or the one that is kept under that id. Raises
    `NotFound` for an id that is not, `Invalid` for a form that cannot be one."""
    if not isinstance(given, str):
        with named(field):
            return Scheme.load(given)
    if given not in kept():
        raise NotFound.of("scheme", field)
    return kept()[given]


@contextmanager
def named(field: str) -> Iterator[None]:
    """Reasons that are about the scheme name the field by which the caller gave it."""
    try:
        yield
    except Invalid as problem:
        raise Invalid(_named(each, field) for each in problem.reasons) from None


def _named(reason: Reason, field: str) -> Reason:
    first, dot, rest = (reason.field or "").partition(".")
    return replace(reason, field=f"{field}{dot}{rest}") if first == "scheme" else reason
