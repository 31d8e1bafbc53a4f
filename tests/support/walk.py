"""`python -m tests.support.walk FILE NAME… -- park parcels …`: a host that notes each call of the named
functions, in order, one name a line. A name reads `backbone/amqp/consumer.py:Consumer.run`.
"""

from __future__ import annotations

import builtins
import sys
from importlib import import_module
from operator import attrgetter
from types import CodeType, FunctionType

from tests.support import host  # patches eventlet before everything else


def function_of(name: str) -> FunctionType:
    """The function that a row of the walk names. Raises when it is not there."""
    file, _, inside = name.partition(":")
    return attrgetter(inside)(import_module(file.removesuffix(".py").replace("/", ".")))  # type: ignore[no-any-return]


def note_calls(names: list[str], file: str) -> None:
    """Give each function another code, which notes the call; whoever imported it calls that too."""
    builtins.__walk__ = {}  # type: ignore[attr-defined]  # found from the globals of any module
    for name in names:
        function = function_of(name)
        builtins.__walk__[name] = _noting(name, function, file)  # type: ignore[attr-defined]
        function.__code__ = _code(name)


def _noting(name: str, function: FunctionType, file: str) -> FunctionType:
    original = FunctionType(function.__code__, function.__globals__, function.__name__)
    original.__defaults__, original.__kwdefaults__ = function.__defaults__, function.__kwdefaults__

    def noted(*args: object, **given: object) -> object:
        with open(file, "a") as notes:
            notes.write(f"{name}\n")
        return original(*args, **given)

    return noted


def _code(name: str) -> CodeType:
    found: dict[str, FunctionType] = {}
    exec(f"def call(*args, **given): return __walk__[{name!r}](*args, **given)", found)  # noqa: S102
    return found["call"].__code__


if __name__ == "__main__":
    split = sys.argv.index("--")
    note_calls(sys.argv[2:split], sys.argv[1])
    host.main(sys.argv[split + 1], sys.argv[split + 2 :])
