"""`tenglong settings` lists whatever a process that the project ships reads from its environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from backbone.settings import meanings
from services.installation import HOMES, MORE_SETTINGS

ROOT = Path(__file__).parents[2]
SHIPPED = ("backbone", "park", "services", "handin", "cli", "demo", "year", "deploy")
LISTED = {
    *(name.upper() for name in meanings()),
    *(f"{name.upper()}_PORT" for name in HOMES),
    *MORE_SETTINGS,
}
# the terminal's, and one of the library of metrics that we put out
NOT_OURS = {"COLUMNS", "PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir"}
OF_OLD = {"DOOR_PORT"}  # what GATEWAY_PORT was called

Tree = ast.Module
# what reads an environment, or holds the name of a setting that another file reads
HINTS = re.compile(r"environ|envvar|\benv\b|_SETTING\b")


def read_by(tree: Tree, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The names that code reads from the environment; those in `constants` stand for their values."""
    values = constants | loops(tree)
    for node in ast.walk(tree):
        for asked in names_asked(node):
            yield from texts(asked, values)


def names_asked(node: ast.AST) -> Iterator[ast.expr]:
    """What is asked of an environment here."""
    match node:
        case ast.Call(func=ast.Attribute(value=where), args=[name, *_]) if is_one(where):
            yield name
        case ast.Subscript(value=where, slice=name) if is_one(where):
            yield name
        case ast.Compare(left=name, ops=[ast.In()], comparators=[where]) if is_one(where):
            yield name
        case ast.keyword(arg="envvar", value=name):
            yield name


def is_one(where: ast.expr) -> bool:
    """Whether it is an environment; the bare `environ` of WSGI is none."""
    match where:
        case ast.Attribute(value=ast.Name(id="os"), attr="environ"):
            return True
        case ast.Name(id="environment" | "env"):
            return True
    return False


def texts(asked: ast.expr, values: dict[str, ast.expr]) -> Iterator[str]:
    match asked:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for each in parts:
                yield from texts(each, values)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in values:
            yield from texts(values[name], values)


def loops(tree: Tree) -> dict[str, ast.expr]:
    """What the variable of a loop goes through."""
    found = (n for n in ast.walk(tree) if isinstance(n, ast.comprehension | ast.For))
    return {each.target.id: each.iter for each in found if isinstance(each.target, ast.Name)}


def shipped() -> dict[str, Tree]:
    texts_of = {
        str(file.relative_to(ROOT)): file.read_text()
        for folder in SHIPPED
        for file in (ROOT / folder).rglob("*.py")
    }
    return {name: ast.parse(text) for name, text in texts_of.items() if HINTS.search(text)}


def constants_of(tree: Tree) -> dict[str, ast.expr]:
    return {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def plain(name: str) -> str:
    """A setting without the ending that says that a file has it."""
    return name.removesuffix("_FILE") if name not in LISTED else name


def is_listed(name: str) -> bool:
    of_telemetry = name.startswith("OTEL_")  # OpenTelemetry has a page of its own
    return of_telemetry or plain(name) in LISTED | NOT_OURS | OF_OLD


def test_what_is_read_from_the_environment_is_listed():
    trees = shipped()
    shared = {k: v for tree in trees.values() for k, v in constants_of(tree).items()}
    read = {
        name: file
        for file, tree in trees.items()
        for name in read_by(tree, shared | constants_of(tree))
    }

    assert {"ALARMS_TOKEN_FILE", "RUNBOOKS_URL", "GRANTS_FILE", "SMTP_URL"} <= read.keys()
    assert {name: file for name, file in read.items() if not is_listed(name)} == {}


@pytest.mark.parametrize(
    "code",
    [
        'os.environ.get("NEW_ONE")',
        'os.environ["NEW_ONE"]',
        '"NEW_ONE" in os.environ',
        'Option(envvar="NEW_ONE")',
        'NAME = "NEW_ONE"\nos.environ.get(NAME, "")',
        'ALL = ("NEW_ONE",)\n{each: env.str(each, "") for each in ALL}',
    ],
)
def test_however_it_is_read_it_is_found(code):
    tree = ast.parse(code)

    assert [each for each in read_by(tree, constants_of(tree)) if not is_listed(each)] == [
        "NEW_ONE"
    ]


def test_what_compose_sets_for_our_processes_is_listed():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    ours = [each for each in services.values() if "tenglong" in str(each.get("image", ""))]
    given = {name for each in ours for name in each.get("environment", {})}

    assert "RUNBOOKS_URL" in given
    assert [name for name in sorted(given) if not is_listed(name)] == []
