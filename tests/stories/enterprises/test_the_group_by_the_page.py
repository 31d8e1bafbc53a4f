"""A group of owners, played through by the commands of the enterprise desk's page, as they are printed."""

from __future__ import annotations

import json
import re
import shlex
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backbone.messages.envelope import Event
from cli import ask, publish
from cli.app import app
from tests.support.doorway import Host
from tests.support.eventually import eventually

PAGE = Path(__file__).parents[3] / "docs" / "enterprise-desk.md"
SECTION = re.compile(r"^### A group, played through\n(.*?)^## ", re.S | re.M)
NOW = "sleep 1; {}=$(date -u +%Y-%m-%dT%H:%M:%SZ)"
# what each look at the group shows: open cases, how its firms stand, what is late, promises
UNDER, GONE = {"under_remediation": 1}, {"bought_out": 1}
BOTH = GONE | {"in_operation": 1}
LOOKS = [
    (1, UNDER, "0", (0, 0)),
    (0, GONE, "0", (0, 0)),
    (1, UNDER, "0", (0, 0)),
    (1, UNDER, "0", (0, 0)),
    (0, BOTH, "2350000.00", (1, 0)),
    (0, BOTH, "0", (1, 0)),
    (0, BOTH, "2350000.00", (1, 0)),
    (0, BOTH, "2350000.00", (1, 0)),
    (0, BOTH, "2350000.00", (0, 1)),
]


@pytest.fixture
def tenglong(park: Host, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A `tenglong` that reaches the park; it answers with what it printed, once it goes."""

    def asked(service: str, method: str, wait_s: float = 10, **given: Any) -> Any:
        return park.call(service, method, **given)

    def published(_: str, township: str, event: Event, *how: Any) -> Any:
        moment = event.time.isoformat() if event.time else ""
        return park.publish(township, event.type, event.data, event.id, time=moment)

    monkeypatch.setattr(ask, "ask", asked)
    monkeypatch.setattr(publish, "publish_and_wait", published)
    monkeypatch.setattr(publish, "broker_uri", lambda: "")

    def typed(*given: str) -> Any:
        def once() -> Any:
            done = CliRunner().invoke(app, given)
            assert done.exit_code == 0, (given, done.output, done.exception)
            found = json.loads(done.stdout)
            assert found.get("items") != [], given
            return found

        return eventually(once)  # a fact of another service may be on its way

    return typed


def shown(found: Any) -> Any:
    standings = {each["standing"]: each["firms"] for each in found["standing_counts"]}
    promises = found["open_promises"], found["broken_promises"]
    return found["open_cases"], standings, found["arrears_cny"], promises


def look(tenglong: Any, given: list[str], expected: Any) -> None:
    def same() -> bool:
        assert shown(tenglong(*given)) == expected, given
        return True

    eventually(same)


def lines() -> list[str]:
    [section] = SECTION.findall(PAGE.read_text("utf-8"))
    text = "".join(re.findall(r"```sh\n(.*?)```", section, re.S)).replace("\\\n", " ")
    return re.split(r"\n(?=tenglong |sleep |curl |[A-Z]=)", text.strip())


def test_a_group_is_seen_on_past_days_and_as_known_at_moments_by_the_commands_of_the_page(
    park, tenglong
):
    told, looks = {}, iter(LOOKS)
    for line in lines():
        for name, value in told.items():
            line = line.replace(f"${name}", value)
        if moment := re.fullmatch(re.escape(NOW).replace(r"\{\}", "([A-Z])"), line):
            time.sleep(1)
            told[moment[1]] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        elif named := re.fullmatch(r"([A-Z])=(\S+)", line):
            told[named[1]] = named[2]
        elif line.startswith("curl "):
            _, _, body, address = shlex.split(line)
            answer = park.post(address.partition("/")[2], body.encode())
            assert answer.get("outcome", "accepted") == "accepted"
        elif "group_overview" in line:
            look(tenglong, shlex.split(line)[1:], next(looks))
        else:
            found = tenglong(*shlex.split(line)[1:])
            if "list_listings" in line:
                [listing] = found["items"]
    assert told["L"] == listing["listing_id"]
    assert [*looks] == []
