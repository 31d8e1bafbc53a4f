"""What a service says of reports that wait, in its own words, and the reports of which it may say so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from backbone.host.entrypoints import bindings

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "contracts" / "samples" / "township"
HEARTBEAT = "heartbeat"  # of no township


def samples_heard_by(service: type) -> list[Path]:
    """A sample of each report of a township that the service hears."""
    heard = {each.type for each in bindings(service) if each.source == "township"} - {HEARTBEAT}
    return sorted(file for file in SAMPLES.glob("*.json") if file.stem in heard)


def words_of_waiting(service: str) -> set[str]:
    """Every text in the code of a service that begins as the receipt of a report that waits does; of one
    that is put together its first part."""
    found: set[str] = set()
    for file in (ROOT / "services" / service).rglob("*.py"):
        found |= set(_words(ast.parse(file.read_text("utf-8"))))
    return found


def _words(tree: ast.AST) -> Iterator[str]:
    said = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return (
        each for each in said if isinstance(each, str) and each.startswith(("waits ", "waits:"))
    )
