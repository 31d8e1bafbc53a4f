"""A store is lost with all that it held, put back from copies that were taken while townships reported, and
the services held against each other: the park is as one to which nothing happened."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import redis

from backbone.backup import restore, snapshot
from backbone.host.birth import RESTORING
from backbone.settings import Settings
from tests.chaos.park import played
from tests.support.brokers import RedisServer
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.processes import SERVICES
from year.plan import of_size
from year.stream import year

ROOT = Path(__file__).parents[3]
PLOTS = 40
SENDS_EVERY_S = 0.3  # the putting back and the reconciling take some twenty seconds
ZONE = Settings().zone
DAYS = ["2023-07-31", "2023-12-31", "2024-03-31"]
THINGS = {
    "parcels": ["parcels", "cases", "soil", "suspicions", "buildings", "units"],
    "enterprises": ["enterprises", "firm_figures", "firm_identities", "service_requests", "rounds"],
    "projects": ["projects", "listings", "leads", "matches", "land_commitments", "contracts"],
    "notify": ["alerts"],
}


class Remembered(played.Faulty):
    """A door that remembers what went through it, and when it was answered."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.lines: list[tuple[datetime, dict[str, Any]]] = []
        self.receipts: dict[str, dict[str, Any]] = {}  # the last of each event
        self._open: set[str] = set()

    def line(self, line: dict[str, Any]) -> None:
        """One line of the year; a command once all before it has its receipt."""
        self.lines.append((datetime.now(UTC), line))
        if "event" in line:
            self._open.add(line["event"]["id"])
            self.send(line["event"])
        else:
            self.settle()
            played.until_taken(self, **line["call"])

    def without_receipt(self) -> set[str]:
        for each in self.street.said():
            self.receipts[each["data"]["event_id"]] = each
            self._open.discard(each["data"]["event_id"])
        return self._open

    def tenglong(self, *arguments: str, fails: bool = False) -> str:
        """What the command says, as an operator types it."""
        done = subprocess.run(
            [str(ROOT / "bin" / "tenglong"), *arguments],
            env={**os.environ, "AMQP_URI": self.street.uri, "REDIS_URL": self.street.url},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert fails or done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def account(self, *options: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            self.tenglong("reconcile", "--json", *options, fails=True)
        )
        return found

    def is_void(self, line: dict[str, Any], at: datetime, restored: dict[str, Any]) -> bool:
        """Whether an operator asks for this line again because this store was put back."""
        since = datetime.fromisoformat(restored["void_since"])
        if "call" in line:
            return line["call"]["service"] == restored["service"] and at >= since
        event = line["event"]
        receipt = self.receipts.get(event["id"])
        has_come = receipt and datetime.fromisoformat(receipt["time"]) < since
        return event["type"] in restored["types"] and not has_come


@pytest.fixture
def store() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.discard()


@pytest.fixture
def bakery(amqp_uri, store) -> Iterator[Host]:
    with Host("sample", ["bakery"], amqp_uri, store.url) as host:
        yield host
        host.kill()


def bake(host: Host, name: str) -> str:
    """What the bakery says to a delivery of flour."""
    flour = {"batch_id": name, "kind": "rye", "loaves": 3}
    return str(host.publish("green", "flour.delivered", flour, event_id=name)["outcome"])


def wipe(server: RedisServer) -> None:
    """Redis ends, and comes back on an empty disk."""
    server.kill()
    shutil.rmtree(server.home / "appendonlydir")
    server.restart()


def test_a_service_goes_on_with_a_copy_and_says_whose_it_is_until_that_is_settled(
    bakery, store, tmp_path
):
    assert bake(bakery, "one") == "accepted"
    snapshot.take(store.url, "bakery", tmp_path / "copy")
    assert bake(bakery, "two") == "accepted"
    wipe(store)
    eventually(lambda: "is empty of it" in bakery.readyz("bakery")["waits_for"].get("store", ""))

    restore.put_back(store.url, "bakery", tmp_path / "copy")
    eventually(lambda: bakery.ready("bakery"))
    said = bakery.readyz("bakery")["remarks"]["copy"]
    assert "put back" in said
    assert "tenglong reconcile" in said
    assert "store_restored" in bakery.logs()
    assert bakery.call("bakery", "store_origin")["copied_at"]
    assert [bake(bakery, name) for name in ("one", "two", "three")] == [
        "duplicate",
        "accepted",
        "accepted",
    ]

    bakery.call("bakery", "settle_restore", by="a test")
    eventually(lambda: "remarks" not in bakery.readyz("bakery"))
    assert bakery.call("bakery", "store_origin")["copied_at"] is None
    deed = bakery.call("bakery", "parked_audit")[0]
    assert (deed["action"], deed["by"]) == ("restore settled", "guest for a test")
    assert "a test" not in bakery.logs()
    assert bake(bakery, "three") == "duplicate"


def test_while_a_store_is_put_back_its_service_takes_nothing(bakery, store, tmp_path):
    assert bake(bakery, "one") == "accepted"
    snapshot.take(store.url, "bakery", tmp_path / "copy")
    bakery.kill()
    wipe(store)
    with redis.Redis.from_url(store.url) as client:
        client.set("{bakery}:birth", RESTORING)

    bakery.start(ready=False)
    eventually(lambda: "being put back" in bakery.readyz("bakery")["waits_for"].get("store", ""))
    assert not bakery.ready("bakery")
    restore.put_back(store.url, "bakery", tmp_path / "copy")
    eventually(lambda: bakery.ready("bakery"))
    assert bake(bakery, "one") == "duplicate"


def without_accident(lines: list[dict[str, Any]], since: datetime) -> tuple[Any, Any]:
    with Host("park", list(SERVICES), "embedded://calm", "memory://calm") as host:
        door = played.Calm(host)
        played.play(map(json.dumps, lines), door)
        return played.table(door, DAYS), things(door, since)


def things(door: played.Door, since: datetime) -> dict[str, Any]:
    """Of each kind the things that the year led to, without the moments at which they were kept, and the days
    of the test, which began at `since`, as one: land that it released after midnight says so."""
    days = {each.astimezone(ZONE).date().isoformat() for each in (since, datetime.now(UTC))}
    return {
        kind: sorted(
            re.sub("|".join(days), "today", json.dumps(_timeless(each), sort_keys=True))
            for each in _all_of(door, service, kind)
            if not _is_of_the_clock(each)
        )
        for service, kinds in THINGS.items()
        for kind in kinds
    }


def _all_of(door: played.Door, service: str, kind: str) -> Iterator[Any]:
    cursor = None
    while True:
        page = door.ask(service, f"list_{kind}", {"limit": 200, "cursor": cursor})
        yield from page["items"]
        cursor = page["cursor"]
        if cursor is None:
            return


def _is_of_the_clock(thing: dict[str, Any]) -> bool:
    """Whether a timer led to it, such as the bulletins of the week in which the test runs: it begins with a
    moment, and no two runs pass the same ones."""
    try:
        datetime.fromisoformat(thing.get("correlation_id") or "")
    except ValueError:
        return False
    return True


def _timeless(thing: Any) -> Any:
    if isinstance(thing, dict):
        lasting = (name for name in thing if name != "at" and not name.endswith("_at"))
        return {name: _timeless(thing[name]) for name in lasting}
    return [_timeless(each) for each in thing] if isinstance(thing, list) else thing


def lose_everything(door: Remembered) -> None:
    """The store and the services end at one moment, and the store's disk is gone."""
    for child in door.street.children.values():
        child.kill()
    wipe(door.street.store)
    door.street.mend()


def put_back(door: Remembered, home: Path) -> None:
    for name in SERVICES:
        door.tenglong("restore", name, "--file", str(home / name))
    until_it_works(door)


def until_it_works(door: Remembered) -> None:
    for name in SERVICES:
        door.ask(name, "store_origin", {})  # answered once it takes calls


class Township(threading.Thread):
    """It knows nothing of an accident, and reports what it has to report; the rest at once when nothing is
    to be seen of the accident any more."""

    def __init__(self, door: Remembered, lines: list[dict[str, Any]]) -> None:
        super().__init__(daemon=True)
        self.door, self.lines, self.over = door, lines, threading.Event()
        self.meanwhile = 0

    def run(self) -> None:
        for line in self.lines:
            self.door.line(line)
            self.meanwhile += not self.over.wait(SENDS_EVERY_S)

    def join_in(self) -> int:
        """Wait for the rest. Answers how many were sent before this was asked."""
        self.over.set()
        self.join()
        return self.meanwhile


def reports_from(lines: list[dict[str, Any]], near: int) -> tuple[int, int]:
    """The longest run of reports, without a command between, that begins about there: from where to where."""
    runs, began = [], near
    for number in range(near, len(lines)):
        if "event" not in lines[number]:
            runs.append((began, number))
            began = number + 1
    return max(runs, key=lambda run: run[1] - run[0])


def reconcile(door: Remembered) -> dict[str, Any]:
    """Announce what is missing again until nothing is. Answers what was found at first."""
    time.sleep(11)  # what was announced in the last ten seconds counts as being on its way
    first = door.account("--send", "--by", "a test")

    def is_done() -> bool:
        return door.account("--send", "--by", "a test")["missing"] == []

    eventually(is_done, 60, every=1)
    return first


@pytest.mark.timeout(600)
def test_a_park_whose_store_is_lost_and_put_back_is_as_one_to_which_nothing_happened(
    rabbitmq, store, tmp_path
):
    rabbitmq.ensure_up()
    lines = [*map(json.loads, year(of_size(1, PLOTS)))]
    began = datetime.now(UTC)
    expected, expected_things = without_accident(lines, began)
    first, second = len(lines) // 4, len(lines) // 2
    last, then = reports_from(lines, 2 * len(lines) // 3)

    with Remembered(rabbitmq, store) as door, ThreadPoolExecutor(1) as operator:
        until_it_works(door)
        copying = []
        for number, line in enumerate(lines[:last]):
            if (
                number == (first + second) // 2
            ):  # from here on there are facts that no first copy has
                [each.result() for each in copying]
            if number in (first, second):  # those who hear parcels are copied before it
                some = ["projects", "notify"] if number == first else ["parcels", "enterprises"]
                copying += [
                    operator.submit(door.tenglong, "backup", name, "--file", str(tmp_path / name))
                    for name in some
                ]
            door.line(line)
        copied = [each.result() for each in copying]
        lose_everything(door)
        township = Township(door, lines[last:then])
        township.start()
        put_back(door, tmp_path)
        found = reconcile(door)
        meanwhile = township.join_in()
        for at, line in door.lines[:]:
            if any(door.is_void(line, at, restored) for restored in found["restored"]):
                door.line(line)
        for line in lines[then:]:
            door.line(line)
        door.settle()
        played.come_to_rest(door.street)
        time.sleep(11)
        after = door.account("--settle", "--by", "a test")

        assert meanwhile > 5, "nobody reported while the stores were put back"
        assert len(copied) == len(SERVICES)
        assert {each["to"] for each in found["missing"]} >= {"projects", "notify"}
        assert {each["service"] for each in found["restored"]} == set(SERVICES)
        assert after["missing"] == []
        assert played.table(door, DAYS) == expected
        for kind, found_things in things(door, began).items():
            for one, other in zip(found_things, expected_things[kind], strict=True):
                assert json.loads(one) == json.loads(other), kind
        assert door.account()["restored"] == []
