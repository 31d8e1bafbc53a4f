"""A newcomer finds the file of any rule in one guess: nothing in the repository is too large to be read."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("backbone", "park", "services", "handin", "client", "year", "cli", "demo")
WRITTEN = "client/api"  # by a command, for an editor to look things up in
LONGEST_FILE, LONGEST_FUNCTION, FULLEST_FOLDER = 350, 40, 12
BESIDE_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def files() -> list[Path]:
    found = [each for room in ROOMS for each in sorted((ROOT / room).rglob("*.py"))]
    return [each for each in found if ROOT / WRITTEN not in each.parents]


def lines_of_code(source: str) -> int:
    """Lines that hold code: blank lines, comments and docstrings are for the reader."""
    docstrings = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    held = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in BESIDE_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(held - docstrings)


def functions(source: str) -> dict[str, int]:
    """The lines of every function's body, by its name; the options of a command are no body."""
    return {
        node.name: (node.end_lineno or node.lineno) - node.body[0].lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def too_large() -> set[str]:
    found = set()
    for file in files():
        source, name = file.read_text("utf-8"), str(file.relative_to(ROOT))
        if lines_of_code(source) > LONGEST_FILE:
            found.add(name)
        found |= {
            f"{name}:{function}"
            for function, length in functions(source).items()
            if length > LONGEST_FUNCTION
        }
    for folder in {file.parent for file in files()}:
        if len(list(folder.glob("[!_]*.py"))) > FULLEST_FOLDER:
            found.add(str(folder.relative_to(ROOT)))
    return found


def test_no_file_function_or_folder_is_too_large_to_be_read():
    assert too_large() == set()
