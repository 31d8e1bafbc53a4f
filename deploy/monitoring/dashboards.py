"""Writes dashboards.yaml out as the dashboards that Grafana reads: `make dashboards`.

Each becomes a file dashboards/<uid>.json, a panel a few lines of it. They ask whichever Prometheus is
chosen on the page, at first the default one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
SOURCE, WRITTEN = HERE / "dashboards.yaml", HERE / "dashboards"
KINDS = {"lines": "timeseries", "stat": "stat", "bars": "bargauge", "table": "table"}
PAGE, WIDE, HIGH = 24, 8, 7
PROMETHEUS = {"type": "prometheus", "uid": "${source}"}
LATEST = {"reduceOptions": {"calcs": ["lastNotNull"]}}
NAMED = {**LATEST, "textMode": "value_and_name"}
OPTIONS = {"lines": {}, "table": {}, "bars": LATEST, "stat": NAMED}


def written() -> dict[str, str]:
    """The text of each file, by its name."""
    boards = yaml.safe_load(SOURCE.read_text("utf-8"))
    return {f"{board['uid']}.json": text_of(dashboard(board)) for board in boards}


def dashboard(board: dict[str, Any]) -> dict[str, Any]:
    """A board of the source, as Grafana has it."""
    asked = board.get("variables", {}).items()
    source = {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}
    return {
        "uid": board["uid"],
        "title": board["title"],
        "description": board["says"],
        "tags": ["tenglong"],
        "schemaVersion": 39,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "links": [{"type": "dashboards", "tags": ["tenglong"], "title": "Tenglong"}],
        "templating": {"list": [source, *(variable(*each) for each in asked)]},
        "panels": list(panels(board["panels"])),
    }


def variable(name: str, query: str) -> dict[str, Any]:
    """What is chosen above the panels: one service, or any townships."""
    several = name == "publisher"
    chosen = {"includeAll": True, "allValue": ".+", "multi": True} if several else {}
    how = {"type": "query", "datasource": PROMETHEUS, "query": query, "refresh": 2, "sort": 1}
    return {"name": name, **how, **chosen}


def panels(given: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One beside the other, and in the next row what has no room."""
    x = y = 0
    for number, each in enumerate(given, 1):
        wide = each.get("wide", WIDE)
        if x + wide > PAGE:
            x, y = 0, y + HIGH
        yield panel(number, each, {"x": x, "y": y, "w": wide, "h": HIGH})
        x += wide


def panel(number: int, given: dict[str, Any], place: dict[str, int]) -> dict[str, Any]:
    kind, bad = given.get("kind", "lines"), given.get("bad")
    defaults = {"unit": given["unit"]} | (coloured(kind, **bad) if bad else {})
    return {
        "id": number,
        "title": given["title"],
        "description": given["says"],
        "type": KINDS[kind],
        "gridPos": place,
        "datasource": PROMETHEUS,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": OPTIONS[kind],
        "targets": [
            target(kind, *each) for each in zip("ABCD", given["ask"].items(), strict=False)
        ],
    } | ({"transformations": [WITHOUT_TIME]} if kind == "table" else {})


WITHOUT_TIME = {"id": "organize", "options": {"excludeByName": {"Time": True}}}


def coloured(kind: str, above: float | None = None, below: float | None = None) -> dict[str, Any]:
    """Values on the wrong side of the bound are red; beside lines there is one at it."""
    first, then = ("green", "red") if below is None else ("red", "green")
    least = below if above is None else above or 0.001  # a step begins at its value, and 0 is right
    steps = [{"color": first, "value": None}, {"color": then, "value": least}]
    line = {"custom": {"thresholdsStyle": {"mode": "line"}}} if kind == "lines" else {}
    return {"thresholds": {"mode": "absolute", "steps": steps}, **line}


def target(kind: str, name: str, asked: tuple[str, str]) -> dict[str, Any]:
    legend, expr = asked
    now = {} if kind == "lines" else {"instant": True, "range": False}
    table = {"format": "table"} if kind == "table" else {}
    return {"refId": name, "expr": expr.strip(), "legendFormat": legend, **now, **table}


def text_of(board: dict[str, Any]) -> str:
    """JSON with a line for each field of the board and of a panel, so that it can be read."""
    fields = [f" {as_json(name)}: {value_of(value)}" for name, value in board.items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def value_of(value: Any) -> str:
    if not (isinstance(value, list) and value and "targets" in value[0]):
        return as_json(value)
    shown = (
        ",\n   ".join(f"{as_json(k)}: {as_json(v)}" for k, v in each.items()) for each in value
    )
    return "[\n" + ",\n".join(f"  {{{each}}}" for each in shown) + "\n ]"


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    for name, text in written().items():
        (WRITTEN / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
