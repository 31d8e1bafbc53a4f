"""Each line of the threat model names what tries it, and that test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
MODEL = PAGE.partition("## Threat model")[2].partition("\n## ")[0]
LINES = [line.strip("| ").split(" | ") for line in MODEL.splitlines() if line.startswith("| ")][2:]
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def defined_in(file: str) -> set[str]:
    parsed = ast.parse((ROOT / file).read_text("utf-8"))
    return {each.name for each in parsed.body if isinstance(each, ast.FunctionDef)}


def test_the_threat_model_has_lines_of_every_kind_of_user():
    assert len(LINES) >= 20
    assert {"a township", "an internal system", "an operator"} <= {who for who, *_ in LINES}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]}: {line[1]}"[:80])
def test_each_line_of_the_threat_model_is_tried_by_tests_that_there_are(line):
    _who, _does, _held_by, tried_by = line
    named = TEST.findall(tried_by)

    assert named
    assert TEST.sub("", tried_by).strip(", ") == ""
    assert [(file, test) for file, test in named if test not in defined_in(file)] == []
