"""The files of `client/api/`: a class for each service, a method for each call, a type for each thing."""

from __future__ import annotations

import keyword
from pathlib import Path

from .kinds import Json
from .names import Names

HOME = Path("client/api")
EVERY = "every_service"
HEAD = '''"""{meaning}

Written by `tenglong contracts write`; change the contracts, not this file.
"""
# mypy: no-warn-return-any

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

from ..values import LEFT_OUT, Day, Figure, Moment
from {base_home} import {base}


'''
REQUEST_ID = (
    "the id of this call, repeated when it is called again; the client makes one if you give none"
)
PAGE = ("items", "cursor")


def modules(rpc: Json) -> dict[Path, str]:
    """Each file by its path under the root."""
    services = rpc["services"]
    every = {"meaning": "What every service answers to operators.", **rpc[EVERY]}
    found = {
        f"{name}.py": _module(name, each, f".{EVERY}", "EveryService")
        for name, each in services.items()
    }
    found[f"{EVERY}.py"] = _module(EVERY, every, "..service", "Service")
    found["__init__.py"] = _package(services)
    return {HOME / name: text for name, text in found.items()}


def _module(name: str, service: Json, base_home: str, base: str) -> str:
    names = Names(service["methods"], _class(name))
    methods = "\n".join(_method(names, *each) for each in service["methods"].items())
    head = HEAD.format(meaning=service["meaning"], base_home=base_home, base=base)
    lead = (
        f'class {_class(name)}({base}):\n    """{service["meaning"]}"""\n\n    name = "{name}"\n\n'
    )
    return head + "\n\n".join(names.written.values()) + "\n\n" + lead + methods


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _method(names: Names, name: str, said: Json) -> str:
    answer = names.kind(said["reply"], given=False)
    taken = _taken(names, said["request"])
    text = _call(name, f"self._{'write' if said['writes'] else 'ask'}", answer, taken, said)
    reply = said["reply"].get("properties", {})
    if not all(each in reply for each in PAGE):
        return text
    item = names.kind(reply["items"]["items"], given=False)
    over = said | {"meaning": f"Each thing of `{name}`, page after page; `limit` is of one page."}
    taken = {field: each for field, each in taken.items() if field != "cursor"}
    whole = _call(f"all_{name.removeprefix('list_')}", "self._all", answer, taken, over, name)
    return text + "\n" + whole.replace(f"-> {answer}:", f"-> Iterator[{item}]:")


def _taken(names: Names, request: Json) -> dict[str, str]:
    """The arguments with their types, what must be given first."""
    must = request.get("required", ())
    fields = sorted(request.get("properties", {}), key=lambda field: field not in must)
    return {
        field: names.kind(request["properties"][field], given=True)
        + ("" if field in must else " = LEFT_OUT")
        for field in fields
        if field != "request_id"
    }


def _call(
    name: str, act: str, answer: str, taken: dict[str, str], said: Json, asks: str = ""
) -> str:
    """The method as text."""
    arguments = [f"{_safe(field)}: {kind}" for field, kind in taken.items()]
    arguments += ["request_id: str | None = None"] * said["writes"] + [
        "timeout: float | None = None"
    ]
    given = "".join(f'                "{field}": {_safe(field)},\n' for field in taken)
    more = ", request_id" * said["writes"]
    lines = [
        f"    def {name}(",
        "        self,",
        "        *,",
        *(f"        {each}," for each in arguments),
        f"    ) -> {answer}:",
        *_told(said, taken),
        f'        return {act}(\n            "{asks or name}",\n            {answer},',
        f"            {{\n{given}            }},\n            timeout{more},\n        )",
    ]
    return "\n".join(lines) + "\n"


def _told(said: Json, taken: dict[str, str]) -> list[str]:
    fields = said["request"].get("properties", {})
    about = {_safe(each): fields[each].get("description", "") for each in taken}
    lines = [f"{each}: {text}" for each, text in about.items() if text]
    lines += [f"request_id: {REQUEST_ID}"] * said["writes"]
    lines = [" ".join(line.replace("\\", "/").replace('"', "'").split()) for line in lines]
    text = [f'        """{said["meaning"]}']
    return (
        [*text, "", *(f"        {line}" for line in lines), '        """']
        if lines
        else [text[0] + '"""']
    )


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _package(services: Json) -> str:
    """Every service of a park, loaded when it is first used."""
    held = "\n".join(
        f"    @cached_property\n    def {name}(self) -> {_class(name)}:\n"
        f'        """{each["meaning"]}"""\n'
        f"        from .{name} import {_class(name)}\n\n"
        f"        return {_class(name)}(self._caller)\n"
        for name, each in services.items()
    )
    seen = "\n".join(f"    from .{name} import {_class(name)}" for name in services)
    return (
        '"""The services of a park.\n\nWritten by `tenglong contracts write`; change the contracts, not '
        'this file.\n"""\n\nfrom __future__ import annotations\n\nfrom functools import cached_property\n'
        "from typing import TYPE_CHECKING\n\nfrom ..calls import Caller\n\nif TYPE_CHECKING:\n"
        f'{seen}\n\n\nclass Services:\n    """Each service as an attribute."""\n\n'
        f"    _caller: Caller\n\n{held}"
    )
