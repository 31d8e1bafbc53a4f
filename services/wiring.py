"""The version, who hears what of whom, who announces what, and who calls what, as a file: so no process
carries the code of the services that run elsewhere. `tenglong contracts write` writes it, and a test holds
it against the code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

from backbone.amqp.topology import Binding
from backbone.records import record

FILE = Path(__file__).with_name("wiring.json")


@record
class Wiring:
    """`announced` are the types of the facts of each service, `called` the methods of others that each
    calls."""

    version: str
    heard: tuple[Binding, ...]
    announced: dict[str, list[str]]
    called: dict[str, list[str]]


def read() -> Wiring:
    """What was written last."""
    given = json.loads(FILE.read_text("utf-8"))
    return Wiring(
        version=given["version"],
        heard=tuple(Binding(*each) for each in given["heard"]),
        announced=given["announced"],
        called=given["called"],
    )


def of_classes(service_classes: Iterable[Any], version: str) -> Wiring:
    """What the code of these services says, and the version of it."""
    from backbone.host.entrypoints import announced, bindings
    from backbone.rpc.caller import called

    everyone = list(service_classes)
    return Wiring(
        version=version,
        heard=tuple(each for cls in everyone for each in bindings(cls)),
        announced={cls.name: announced(cls) for cls in everyone},
        called={cls.name: called(cls) for cls in everyone},
    )


def text_of(wiring: Wiring) -> str:
    """The file's text: a line for each binding (service, source, type, lane), and for each service."""
    rows = ",\n  ".join(json.dumps(astuple(each)) for each in wiring.heard)
    facts, calls = _lines(wiring.announced), _lines(wiring.called)
    maps = f' "announced": {{\n  {facts}\n }},\n "called": {{\n  {calls}\n }}\n'
    return f'{{\n "version": {json.dumps(wiring.version)},\n "heard": [\n  {rows}\n ],\n{maps}}}\n'


def _lines(of_services: dict[str, list[str]]) -> str:
    return ",\n  ".join(
        f"{json.dumps(name)}: {json.dumps(each)}" for name, each in of_services.items()
    )
