"""The dashboards: each is as written down, can be read, and is answered by what watches a park that runs."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy.monitoring import dashboards
from tests.support.eventually import eventually
from tests.support.park import SERVICES

from .test_alert_rules import QUEUES

ROOT = Path(__file__).parents[2]
BOARDS: dict[str, Any] = {
    file.stem: json.loads(file.read_text())
    for file in sorted((ROOT / "deploy/monitoring/dashboards").glob("*.json"))
}
PANELS = [(uid, panel) for uid, board in BOARDS.items() for panel in board["panels"]]
UNITS = {"none", "short", "ops", "s", "bytes", "percentunit"}
CHOSEN = {"service": "parcels", "publisher": "330604006|330604001"}  # one reports, one is silent

boards = pytest.mark.parametrize("board", BOARDS.values(), ids=list(BOARDS))
panels = pytest.mark.parametrize(
    ("uid", "panel"), PANELS, ids=[f"{uid}: {panel['title']}" for uid, panel in PANELS]
)


def test_the_files_that_grafana_reads_are_those_that_the_source_leads_to():
    there = {file.name: file.read_text() for file in dashboards.WRITTEN.glob("*.json")}

    assert there == dashboards.written(), "make dashboards writes them anew"


@boards
def test_a_dashboard_has_a_title_says_what_it_is_for_and_numbers_its_panels(board):
    assert board["title"]
    assert board["description"].endswith(".")
    ids, titles = (Counter(panel[name] for panel in board["panels"]) for name in ("id", "title"))
    assert max(ids.values()) == max(titles.values()) == 1


@pytest.mark.parametrize("uid", ["tenglong-chain", "tenglong-queues"])
def test_what_waits_is_shown_of_every_queue_of_the_platform(uid):
    asked = [target["expr"] for panel in BOARDS[uid]["panels"] for target in panel["targets"]]
    [shown] = re.findall(r'messages_ready\{queue=~"([^"]+)"', " ".join(asked))

    assert [queue for queue in QUEUES if not re.fullmatch(shown, queue)] == []


def test_no_two_dashboards_have_one_title():
    assert len({board["title"] for board in BOARDS.values()}) == len(BOARDS)


@boards
def test_no_panel_covers_another_or_hangs_over_the_edge(board):
    taken = Counter(
        (x, place["y"] + y)
        for place in (panel["gridPos"] for panel in board["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["h"])
    )
    assert max(taken.values()) == 1
    assert max(x for x, _ in taken) < 24


@panels
def test_a_panel_says_what_it_shows_in_a_sentence_and_in_which_unit(uid, panel):
    assert panel["title"]
    assert panel["description"].endswith(".")
    assert len(panel["description"].split()) >= 5
    assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
    assert panel["type"] in dashboards.KINDS.values()
    assert panel["targets"]
    names = {each["refId"] for each in panel["targets"]}
    assert len(names) == len(panel["targets"])


@panels
def test_what_a_panel_asks_is_answered_beside_a_park_at_work(troubled, uid, panel):
    for target in panel["targets"]:
        asked = asked_of(target["expr"])
        eventually(lambda q=asked: troubled.query(q))


@panels
def test_whatever_a_panel_asks_for_is_told_by_the_services_the_broker_or_the_store(
    troubled, uid, panel
):
    for target in panel["targets"]:
        asked = asked_of(target["expr"])
        eventually(lambda q=asked: troubled.is_told(q))


@boards
def test_what_can_be_chosen_above_the_panels_is_there(watched, board):
    for variable in board["templating"]["list"][1:]:
        metric, label = re.fullmatch(r"label_values\((\w+), (\w+)\)", variable["query"]).groups()
        asked, chosen = f"count by ({label}) ({metric})", set(CHOSEN[variable["name"]].split("|"))
        eventually(lambda q=asked, c=chosen, by=label: c <= told_by(watched, q, by))


def told_by(watched, asked, label):
    return {each["metric"][label] for each in watched.query(asked)}


def test_whichever_service_is_chosen_its_page_is_answered(watched):
    (page,) = (board for uid, board in BOARDS.items() if uid == "tenglong-service")
    for service in SERVICES:
        for panel in page["panels"]:
            for target in panel["targets"]:
                asked = target["expr"].replace("$service", service)
                eventually(lambda q=asked: watched.query(q))


def asked_of(expr: str) -> str:
    """The expression with what is chosen above the panels."""
    return re.sub(r"\$(\w+)", lambda found: CHOSEN[found[1]], expr)
