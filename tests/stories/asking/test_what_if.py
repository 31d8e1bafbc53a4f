"""What would follow of a report or a call, in all services, is what then follows; nothing is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from types import SimpleNamespace
from typing import Any

import pytest

from backbone.amqp.topology import INBOX, queue_name
from backbone.errors import Answered
from backbone.plain import dump, snake, to_json
from backbone.rpc.admin import OPERATIONS
from backbone.settings import Settings
from backbone.store.differences import has_history
from client import Park
from client.what_if import what_if
from demo.story import TOWNSHIP, Plot, Report
from services.installation import HOMES, classes, installation
from tests.chaos.town import NOON, Town
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.park import SERVICES, Story

PLOTS = int(os.environ.get("PLOTS", 200))  # PLOTS=6 for a quick look
SEED = int(os.environ.get("SEED") or uuid.uuid4().int % 10_000)  # what fails says it
ROOT = Path(__file__).parents[3]
TOGETHER = 10  # plots in one town
FORETOLD_S: list[tuple[float, float]] = []  # how long it took to foretell, plot after plot
LONGEST_S = 1.0  # of this process's own time, as the machine may be at other work; it is all services at once
TERM_YEARS, PRICE_PER_M2 = 40, 500  # lawful for every use, and above every floor
OF_THE_POST = {"state", "attempts", "delivered_at"}  # what becomes of a delivery that is sent

MOMENT = r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+]\d\d:\d\d)"

Things = dict[tuple[str, str, str], dict[str, Any]]
# a report or a call and its data, so many days after the acceptance of the plot's case
Block = Callable[[Plot, int], tuple[str, dict[str, Any]]]
USES = ("industrial", "warehouse", "commercial", "residential", "public")
WAYS = (
    "land_reserve",
    "phase_out",
    "vacate_relocate",
    "state_capital_operation",
    "organic_renewal",
)


class WatchedTown(Town):
    """A town of which is known what its stores held last."""

    def __init__(self) -> None:
        super().__init__()
        self.read: dict[tuple[str, bytes], bytes] = {}
        self.things: Things = {}


class Supposing:
    """A town that is asked what would follow, as its services answer it over the wire."""

    def __init__(self, town: Town) -> None:
        self.town = town
        there = installation(Settings())
        self.hosts = {
            name: SimpleNamespace(
                service=name,
                inboxes={queue_name(name, INBOX): each.lane},
                container=SimpleNamespace(service_cls=each.service_cls),
                installation=there,
            )
            for name, each in town.services.items()
        }

    def what_if(self, *reports: dict[str, Any], service: str = "") -> dict[str, Any]:
        ask = lambda name, those: OPERATIONS["what_if"](self.hosts[name], reports=those)  # noqa: E731
        return what_if(ask, list(HOMES), list(reports), service)


def keys_of(town: Town) -> dict[tuple[str, bytes], Any]:
    """All that the stores hold, byte by byte."""
    return {
        (name, key): each.repository.call("dump", key)
        for name, each in town.services.items()
        for key in each.repository.call("keys", "*")
    }


def things_of(town: Town, read: dict[tuple[str, bytes], bytes], found: Things) -> Things:
    """Every thing that the services keep, by service, kind and id. `found` are those of before, and `read`
    is what they were read from, so that only what was written since is read anew."""
    found = dict(found)
    for name, each in town.services.items():
        kinds = {kept.name: cls for cls, kept in each.repository.collections.items()}
        root = each.repository.key("")
        keys = {
            key: tuple(key.decode().removeprefix(root).split(":", 1))
            for key in each.repository.call("keys", "*")
        }
        keys = {key: where for key, where in keys.items() if where[0] in kinds}
        for key, raw in zip(keys, each.repository.call("mget", list(keys)), strict=True):
            if read.get((name, key)) != raw:
                read[name, key] = raw
                kind, identity = keys[key]
                cls = kinds[kind]
                thing = each.repository.load(cls, identity).thing
                found[name, snake(cls.__name__), identity] = as_told(thing)
    return found


def as_told(thing: Any) -> dict[str, Any]:
    return json.loads(to_json(dump(thing)))


def without_moments(value: Any) -> str:
    """Facts of one commit differ in their time by microseconds, and what is committed together is chance."""
    return re.sub(
        r"2026-11-28T04:00:00[.0-9]*(Z|[+]00:00)", "now", json.dumps(value, sort_keys=True)
    )


def field(*where: str, value: Any) -> set[tuple[str, ...]]:
    """A field of a thing with its value; none for one that nothing is foretold of."""
    (_, kind, _, name) = where
    if kind == "delivery" and name in OF_THE_POST:
        return set()
    return {(*where, without_moments(value))}


def changed(before: Things, after: Things) -> set[tuple[str, ...]]:
    """Every field that is another one now, with what it is."""
    return {
        each
        for thing, fields in after.items()
        for name, value in fields.items()
        if before.get(thing, {}).get(name) != value
        for each in field(*thing, name, value=value)
    }


def said(found: dict[str, Any]) -> set[tuple[str, ...]]:
    return {
        each_field
        for service, answer in found.items()
        for each in answer["changes"]
        for each_field in field(
            service, each["thing"], each["id"], each["field"], value=each["after"]
        )
    }


@pytest.fixture(scope="module")
def town() -> WatchedTown:
    return town_of(range(3))


@pytest.fixture(scope="module")
def towns() -> Callable[[int], WatchedTown]:
    """The town of a plot: so many together, as every lead looks at all the land of its town."""
    built: dict[int, WatchedTown] = {}

    def of_plot(number: int) -> WatchedTown:
        first = number - number % TOGETHER
        if first not in built:
            built.clear()
            built[first] = town_of(range(first, min(first + TOGETHER, PLOTS)))
        return built[first]

    return of_plot


def town_of(numbers: Iterable[int]) -> WatchedTown:
    """Plots, each with a draft of a listing and a match, every second one with its notice published; and
    somebody who is told of everything."""
    town = WatchedTown()
    town.call("notify", "subscribe", name="desk", channel="log", address="desk", request_id="desk")
    for number in numbers:
        plot = Drawn(number)
        for type_, data in plot.whole():
            town.send(event(plot, type_, data))
        soil = {
            "on_registry": False,
            "survey_reviewed": True,
            "survey_filed": True,
            "case_open": False,
        }
        given = {"parcel_id": plot.parcel_id, "recorded_on": plot.day(0), "evidence_ids": ["E-1"]}
        town.call("parcels", "record_soil", **given, **soil, request_id=f"soil-{number}")
        town.call("projects", "register_lead", **plot.lead(), request_id=f"lead-{number}")
        if number % 2:
            publish(town, plot)
    return town


def publish(town: Town, plot: Drawn) -> None:
    """The notice of the plot's listing."""
    [listing] = town.call("projects", "list_listings", filter={"case_id": plot.case_id})["items"]
    price = plot.area_m2 * PRICE_PER_M2
    terms = {
        "use_term_years": TERM_YEARS,
        "start_price_cny": str(price),
        "bond_cny": str(price // 5),
    }
    about = plot.notice() | terms | {"listing_id": listing["listing_id"]}
    offered = town.call("projects", "publish_listing", **about, request_id=f"notice-{plot.run}")
    assert offered["state"] == "notice_published"


class Drawn(Plot):
    """A plot as chance has it, the same of one seed: its area, its use, the way and the day of its case,
    how it is to be blocked and when."""

    def __init__(self, number: int, block: Block | None = None) -> None:
        chance = Random(f"{SEED}/{number}")
        accepted_on = date(2026, 2, 1) + timedelta(days=chance.randrange(210))
        super().__init__(f"w{number}", TOWNSHIP, accepted_on)
        self.area_m2 = chance.randint(2_000, 60_000)
        self.use, self.way = chance.choice(USES), chance.choice(WAYS)
        self.after = chance.randint(1, 60)  # days from the acceptance to the blocking
        self.block = block or chance.choice(BLOCKED)

    def parcel(self, **more: Any) -> Report:
        return super().parcel(area_m2=str(self.area_m2), planned_use=self.use, **more)

    def whole(self) -> list[Report]:
        return self.reports(self.way, str(self.area_m2))

    def lead(self, **wish: Any) -> dict[str, Any]:
        """One that the plot suits."""
        about = {"min_area_m2": self.area_m2 * 7 // 10, "max_area_m2": self.area_m2 * 16 // 10}
        return super().lead(**{name: str(area) for name, area in about.items()}, **wish)


def event(plot: Plot, type_: str, data: dict[str, Any]) -> dict[str, Any]:
    at = NOON.isoformat()
    head = {
        "specversion": "1.0",
        "id": f"{type_}-{plot.run}",
        "source": f"/townships/{plot.township}",
    }
    return {**head, "type": type_, "time": at, "data": data}


def reopened(plot: Plot, after: int) -> tuple[str, dict[str, Any]]:
    said = plot.case(
        operator_role="patrol", findings=["the press is back"], reopened_on=plot.day(after)
    )
    return "remediation.reopened", said


def on_registry(plot: Plot, after: int) -> tuple[str, dict[str, Any]]:
    return "record_soil", {
        "parcel_id": plot.parcel_id, "recorded_on": plot.day(after), "evidence_ids": ["E-2"],
        "on_registry": True, "survey_reviewed": True, "survey_filed": True, "case_open": False,
    }  # fmt: skip


def seized(plot: Plot, after: int) -> tuple[str, dict[str, Any]]:
    lies = [
        {
            "kind": "seizure",
            "from_on": plot.day(after - 1),
            "to_on": None,
            "document_number": "2026-12",
        }
    ]
    return "record_encumbrances", {
        "parcel_id": plot.parcel_id, "recorded_on": plot.day(after), "encumbrances": lies,
    }  # fmt: skip


BLOCKED = (reopened, on_registry, seized)


def blocked(
    number: int, block: Block | None = None
) -> tuple[Plot, str, dict[str, Any], dict[str, Any]]:
    """A plot, how it is to be blocked, and that as it is asked for; in one way, or as chance has it."""
    plot = Drawn(number, block)
    name, data = plot.block(plot, plot.after)
    asked = {"id": f"{name}-{plot.run}", "data": data}
    is_call = "." not in name
    return (
        plot,
        name,
        data,
        asked | ({"method": name} if is_call else {"type": name, "publisher": plot.township}),
    )


def foretold(town: Town, asked: dict[str, Any]) -> dict[str, Any]:
    return Supposing(town).what_if(asked, service="parcels" if "method" in asked else "")


def timed(town: Town, asked: dict[str, Any]) -> dict[str, Any]:
    """What is foretold, which is noted with its seconds by the clock and of this process's own time."""
    began, own = time.perf_counter(), time.process_time()
    found = foretold(town, asked)
    FORETOLD_S.append((time.perf_counter() - began, time.process_time() - own))
    return found


def done(town: Town, plot: Plot, name: str, data: dict[str, Any], asked: dict[str, Any]) -> None:
    """What was asked for really happens."""
    if "method" in asked:
        town.call("parcels", name, **data, request_id=asked["id"])
    else:
        town.send(event(plot, name, data))


@pytest.mark.parametrize("block", BLOCKED)
def test_nothing_is_written_or_sent(town, block):
    _, _, _, asked = blocked(0, block)
    before, told = keys_of(town), len(town.told)

    assert foretold(town, asked)
    assert keys_of(town) == before
    assert len(town.told) == told


@pytest.mark.parametrize("number", range(PLOTS))
def test_blocking_a_plot_on_offer_changes_just_what_was_foretold(towns, number):
    town, (plot, name, data, asked) = towns(number), blocked(number)
    before = things_of(town, town.read, town.things)
    found = timed(town, asked)

    done(town, plot, name, data, asked)
    town.things = things_of(town, town.read, before)
    happened, told = changed(before, town.things), said(found)
    assert told - happened == set(), f"foretold alone; SEED={SEED}"
    assert happened - told == set(), f"happened alone; SEED={SEED}"
    assert {"parcels", "projects", "notify"} <= {each[0] for each in happened}


def test_what_would_follow_is_found_within_a_second(town, record_property):
    timed(town, blocked(0)[-1])
    by_clock, own = zip(*FORETOLD_S, strict=True)
    said = f"half in {median(by_clock):.3f} s by the clock, the longest in {max(by_clock):.3f} s"
    record_property("foretold", f"{len(own)} foretold: {said}")
    print(f"{len(own)} foretold: {said}")
    assert max(own) < LONGEST_S


def test_what_nobody_hears_is_told_so_and_what_is_refused_says_why(town):
    plot = Drawn(0)
    unheard = {"type": "parcels.no_such_fact", "data": {}}
    assert Supposing(town).what_if(unheard).keys() <= {"notify"}  # which hears whatever there is

    wrong = {"type": "remediation.reopened", "publisher": plot.township, "data": plot.case()}
    found = Supposing(town).what_if(wrong)
    (told,) = found["parcels"]["reports"]
    assert (told["outcome"], told["reasons"][0]["code"]) == ("refused", "INVALID")
    assert found["parcels"]["changes"] == found["parcels"]["facts"] == []


@pytest.mark.parametrize(
    "asked",
    [{"data": {}}, {"type": "x", "method": "y", "data": {}}, {"method": "get_parcel", "data": {}},
     {"method": "no_such", "data": {}}],
)  # fmt: skip
def test_what_is_neither_a_report_nor_a_call_that_writes_is_refused(town, asked):
    with pytest.raises(Answered):
        Supposing(town).what_if(asked, service="parcels")


def test_every_command_of_every_service_can_be_supposed_and_writes_nothing(town):
    supposing, before = Supposing(town), keys_of(town)
    asked = [(name, method) for name, each in town.services.items() for method in writes_of(each)]

    for service, method in asked:
        OPERATIONS["what_if"](supposing.hosts[service], reports=[{"method": method, "data": {}}])
    assert len(asked) >= 100
    assert keys_of(town) == before


def test_opening_a_page_for_a_prospect_is_supposed_without_opening_it(town):
    plot, before = Drawn(0), keys_of(town)
    listing = town.call("projects", "list_listings", filter={"case_id": plot.case_id})["items"][0]
    project = {"project_id": "p-1", "listing_ids": [listing["listing_id"]], "team": "first"}
    asked = {"method": "open_prospect_page", "data": project}
    found = Supposing(town).what_if(asked, service="projects")

    assert found["projects"]["reports"][0]["outcome"] in ("accepted", "refused")
    assert keys_of(town) == before


def writes_of(service: Any) -> list[str]:
    methods = ((name, getattr(service.service_cls, name)) for name in dir(service.service_cls))
    return [name for name, each in methods if getattr(getattr(each, "call", None), "writes", False)]


# --- on real servers

WITH_HISTORY = {
    (cls.name, kind.name)
    for cls in classes(HOMES)
    for kind in cls.store.collections
    if has_history(kind)
}


# by kind, the alerts about its plot; its firm is under remediation first, and bought out then
TOLD_OF_A_STORY = Counter({"release_ready": 1, "listing_drafted": 1, "standing_changed": 2})


def changed_since(park: Host, began: str) -> set[tuple[str, ...]]:
    """Every field of a thing that the services hold otherwise by now, but for what timers did."""
    found = {
        (name, each["thing"], each["id"], of["field"], json.dumps(of["after"], sort_keys=True))
        for name in SERVICES
        for each in park.call(name, "what_changed", since=began, limit=200)["items"]
        for of in each["fields"]
        if not of["by"]["source"].startswith("/timers/")
        and not (each["is_new"] and of["after"] is None)
    }
    return timeless(each for each in found if each[1] != "delivery" or each[3] not in OF_THE_POST)


def not_foretold(park: Host, began: str, told: set[tuple[str, ...]]) -> bool:
    """Raises while what happened since is anything else than what was told."""
    apart = changed_since(park, began) ^ told
    assert apart == set()
    return True


def timeless(fields: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """With every moment for the same one: it is another one when it happens."""
    return {(*where, re.sub(MOMENT, "now", value)) for *where, value in fields}


def is_told_to_the_last_letter(story: Story) -> bool:
    """Whether all that the reports of a story lead to has been done: what came after the question would be
    taken for what it foretells."""
    about = {"parcel_id": story.parcel_id}
    alerts = story.park.call("notify", "list_alerts", filter=about, limit=200)["items"]
    sent = story.park.call("notify", "list_deliveries", filter={"state": "delivered"}, limit=200)
    assert Counter(each["kind"] for each in alerts) >= TOLD_OF_A_STORY
    return {each["alert_id"] for each in alerts} <= {each["alert_id"] for each in sent["items"]}


def test_the_land_desk_asks_by_the_command_line_and_by_the_client(rabbitmq, redis_server):
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", SERVICES, uri, url) as park:
        park.call("notify", "subscribe", name="desk", channel="log", address="desk", request_id="d")
        story = Story(park)
        story.tell(story.reports())
        story.record_soil()
        listing = story.listing()
        eventually(lambda: is_told_to_the_last_letter(story))
        type_, data = reopened(story, 60)
        env = {**os.environ, "AMQP_URI": uri, "COLUMNS": "200"}
        command = [ROOT / "bin" / "tenglong", "what-if", "report", story.township, type_]
        ran = subprocess.run(
            [*command, json.dumps(data)], env=env, capture_output=True, text=True, timeout=120
        )
        with Park(uri) as client:
            asked = {"id": f"back-{story.run}", "type": type_, "data": data}
            found = client.what_if({**asked, "publisher": story.township})

        unknown = [ROOT / "bin" / "tenglong", "what-if", "fact", "parcels.release_revokd", "{}"]
        nobody = subprocess.run(unknown, env=env, capture_output=True, text=True, timeout=120)
        assert (nobody.returncode, "parcels.release_revoked" in nobody.stderr) == (2, True)
        empty = subprocess.run(
            [*command, "{}"], env=env, capture_output=True, text=True, timeout=120
        )
        assert (empty.returncode, "data.case_id" in empty.stdout) == (1, True)
        assert ran.returncode == 0, ran.stderr
        assert "withdrawn" in ran.stdout
        assert "desk" in ran.stdout
        assert "Nothing was written or sent." in ran.stdout
        assert {"parcels", "projects", "notify"} <= found.keys()
        assert story.listing()["state"] == listing["state"]

        began = datetime.now(UTC).isoformat()
        park.publish(story.township, type_, data, event_id=asked["id"], time=began)
        told = timeless(each for each in said(found) if each[:2] in WITH_HISTORY)
        eventually(lambda: not_foretold(park, began, told), 60)
