"""What can be switched off, read from the code: no list of it is kept by hand.

A handler is a method of a service class under `@hears` or `@every`. A rule (a gate, a criterion, a
check of a code) is any function of a module that answers a reason or a finding, or none; several of them;
or the `Answer` of a criterion.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from services.installation import HOMES, classes

TESTS = Path(__file__).parents[1]
PACKAGES = ("park", "services")
# What a rule answers, and what it answers switched off, by names that its own module knows.
ANSWERS: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(
        ("Reason | None", "Optional[Reason]", "Finding", "Finding | None"), lambda *_, **__: None
    ),
    **dict.fromkeys(("tuple[Reason, ...]", "tuple[Finding, ...]"), lambda *_, **__: ()),
    **dict.fromkeys(("list[Reason]", "list[Finding]"), lambda *_, **__: []),
    **dict.fromkeys(
        [f"{many}[{one}]" for many in ("Iterator", "Iterable") for one in ("Reason", "Finding")],
        lambda *_, **__: iter(()),
    ),
    "Answer": lambda *_, **__: (Verdict.NOT_LOW, None, None),  # type: ignore[name-defined]  # noqa: F821
}
EDGES = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


@dataclass(frozen=True)
class Mutant:
    """A change of one function. `area` is the folder of tests that has to notice."""

    name: str
    area: str
    function: FunctionType
    code: CodeType

    @property
    def folders(self) -> list[str]:
        """The folders of tests to try in turn: where there is one, that of the same thing comes first."""
        own = "/".join([self.area, *self.function.__module__.split(".")[2:3]])
        return [own, self.area] if own != self.area and (TESTS / own).is_dir() else [self.area]


def mutants() -> list[Mutant]:
    """Every handler and rule switched off, and each comparison of a rule moved by one."""
    rules = list(_rules())
    return [
        *(_off(handler, "stories") for handler in _entrypoints("Hears")),
        *(_off(timer, _area(timer)) for timer in _entrypoints("Every")),  # no story waits a year
        *(_off(rule, _area(rule)) for rule in rules),
        *(edge for rule in rules for edge in _edges(rule)),
    ]


def _entrypoints(kind: str) -> Iterator[FunctionType]:
    for cls in classes(HOMES):
        for _, method in inspect.getmembers(cls, inspect.isfunction):
            marks = getattr(method, "nameko_entrypoints", ())
            if kind in {type(mark).__name__ for mark in marks}:
                yield method


def _rules() -> Iterator[FunctionType]:
    for module in _modules(PACKAGES):
        for _, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__
            if own and _answers(function) in ANSWERS:
                yield function


def _answers(function: FunctionType) -> str:
    return str(function.__annotations__.get("return"))


def _modules(packages: Iterable[str]) -> Iterator[Any]:
    for package in map(import_module, packages):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield import_module(found.name)


def _off(function: FunctionType, area: str) -> Mutant:
    """A handler accepts and does nothing; a rule finds nothing wrong."""
    nothing = ANSWERS.get(_answers(function), ANSWERS["Reason | None"])
    free = function.__code__.co_freevars  # of one that calls `super()`
    return Mutant(_name(function), area, function, nothing.__code__.replace(co_freevars=free))


def _edges(function: FunctionType) -> Iterator[Mutant]:
    """`<` as `<=` and the like, one at a time: only a test at the very boundary notices."""
    source = textwrap.dedent(inspect.getsource(function))
    spots = [
        (number, spot)
        for number, node in enumerate(ast.walk(ast.parse(source)))
        if isinstance(node, ast.Compare)
        for spot, operator in enumerate(node.ops)
        if type(operator) in EDGES
    ]
    for count, (number, spot) in enumerate(spots, start=1):
        tree = ast.parse(source)
        compare: Any = list(ast.walk(tree))[number]
        compare.ops[spot] = EDGES[type(compare.ops[spot])]()
        name = f"{_name(function)} edge {count}: {ast.unparse(compare)}"
        yield Mutant(name, _area(function), function, _compiled(tree, function))


def _compiled(tree: ast.Module, function: FunctionType) -> CodeType:
    body = compile(tree, inspect.getsourcefile(function) or "", "exec", dont_inherit=True)
    return next(each for each in body.co_consts if isinstance(each, CodeType))


def _name(function: FunctionType) -> str:
    return f"{function.__module__.removeprefix('services.')}.{function.__qualname__}"


def _area(function: FunctionType) -> str:
    """A service's own folder of tests; what all services stand on is who may what, and held in `access`."""
    package, *rest = function.__module__.split(".")
    if package != "services":
        return package
    return rest[0] if rest[0] in HOMES else "access"
