"""What the ledger runs, sends, looks at and accounts for: the bakery and the shop as we build them and as
somebody would without us, and two services of the park."""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from park.time import day_of
from services.installation import installation
from tests.chaos import lives, told
from tests.chaos.pages import Pages, not_told
from tests.support import sample
from year.coming import Meant
from year.plan import LEAST_PLOTS, of_size
from year.stream import year

FARMS = ("green", "hill")
PARTS = 4  # threads that send
OF_A_PLOT = 12.7  # events in a year
OVERTAKEN = re.compile("a later [a-z ]+ stands")
KINDS = 100  # subjects: the order of the batches of one kind is watched


Sent = tuple[str, dict[str, Any]]  # what the account lists it under (a kind, a type), and the event


@dataclass
class Ledger:
    """The account. All but `sent`, `kills` and the times should follow from `sent` alone."""

    sent: int = 0
    copies: int = 0
    accepted: int = 0
    applied: int = 0
    lost: int = 0
    doubled: int = 0
    unexpected: int = 0
    out_of_order: int = 0
    left_over: int = 0
    looks: int = 0  # at prospects' pages
    bare_looks: int = 0  # while the release of a plot of the page did not stand
    unheard_looks: int = 0  # of these, those before projects had heard of it
    wrongly_shown: int = 0  # plots whose release did not stand
    left_pages: int = 0  # plots that somebody had seen on a page
    not_told: int = 0  # of these, those of which nobody was told
    kills: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, list[int]] = field(default_factory=dict)  # sent, accepted, applied
    by_fact: dict[str, list[int]] = field(default_factory=dict)  # told, heard, doubled, lost
    untold: list[str] = field(default_factory=list)  # types that the desks lead to, and nobody told
    seconds: float = 0

    @property
    def balanced(self) -> bool:
        wrong = self.lost + self.doubled + self.unexpected + self.out_of_order + self.left_over
        return wrong + self.wrongly_shown + self.not_told + len(self.untold) == 0

    def looked_at(self, pages: list[Pages], published: list[dict[str, Any]]) -> None:
        """Write down what prospects saw, held against the facts that left the services."""
        counts = sum((each.counts for each in pages), Counter[str]())
        self.looks, self.bare_looks = counts["looks"], counts["bare"]
        self.wrongly_shown, self.unheard_looks = counts["wrongly_shown"], counts["unheard"]
        self.left_pages, self.not_told = not_told(pages, published)

    def __str__(self) -> str:
        figures = asdict(self)
        lines = [
            f"{name:>13}  {value}"
            for name, value in figures.items()
            if name[:2] not in ("ki", "by") and name != "untold"
        ]
        lines += [
            f"{'/'.join(map(str, each)):>13}  {type_}" for type_, each in self.by_type.items()
        ]
        lines += [
            f"{'/'.join(map(str, each)):>13}  {fact} (told, heard, doubled, lost)"
            for fact, each in self.by_fact.items()
        ]
        lines += [f"{'not told':>13}  {type_}" for type_ in self.untold]
        if self.by_fact:
            lines += [
                f"{'not led to':>13}  {type_}: {why}" for type_, why in told.NOT_LED_TO.items()
            ]
        blows = ", ".join(f"{what} {count}" for what, count in sorted(self.kills.items()))
        return "\n".join(["ledger", *lines, f"{'kills':>13}  {sum(self.kills.values())}: {blows}"])


def flour(farm: str, kinds: list[str], each: int) -> Iterator[Sent]:
    """So many numbered batches of each of these kinds."""
    for number in range(each):
        for kind in kinds:
            batch_id = f"{kind}-{number:05}"
            yield (
                kind,
                {
                    "specversion": "1.0",
                    "id": batch_id,
                    "source": f"/farms/{farm}",
                    "type": "flour.delivered",
                    "time": "2023-08-01T09:30:00+08:00",
                    "data": {"batch_id": batch_id, "kind": kind, "loaves": 1},
                },
            )


def batches(events: int, part: int, _: int) -> Iterator[Sent]:
    """Batches of every fourth kind."""
    kinds = [f"kind-{number:03}" for number in range(part, KINDS, PARTS)]
    return flour(FARMS[part % 2], kinds, max(1, events // KINDS))


def reports(events: int, part: int, seed: int) -> Iterator[Sent]:
    """Lives of plots, three at once, so that the reports of each come between those of others."""
    chance, township = random.Random(seed), lives.TOWNSHIPS[part % 2]
    whole = max(1, round(events / len(lives.types()) / PARTS))
    for first in range(0, whole, 3):
        runs = [f"p{part}n{number}" for number in range(first, min(first + 3, whole))]
        together = [event for run in runs for event in lives.life(run, township, chance)]
        chance.shuffle(together)
        yield from ((event["type"], event) for event in together)


def year_reports(events: int, part: int, seed: int) -> Iterator[Sent]:
    """What every fourth township reports in a year of the park, about as many events in all: late, doubled
    and corrected as it comes, without those that are to be refused. All parts are of one year."""
    plan = of_size(seed - part, max(LEAST_PLOTS, round(events / OF_A_PLOT)))
    for line in map(json.loads, year(plan)):
        event = line.get("event")
        if (
            event
            and line.get("meant") != Meant.MISTYPED
            and int(event["source"][-3:]) % PARTS == part
        ):
            yield event["type"], event


def ours(url: str) -> tuple[dict[str, list[str]], set[str], int]:
    """The shop's shelves by kind, the bakery's batches, and how many messages are set aside."""
    client = connect(url)
    shop = Repository("shop", client, [Collection(sample.Shelf, key="kind")])
    kinds = [f"kind-{number:03}" for number in range(KINDS)]
    shelves = {kind: shop.load(sample.Shelf, kind).thing for kind in kinds}
    members = client.zrange("{bakery}:index:batch:key", 0, -1)
    aside = sum(client.zcard(f"{{{name}}}:parked:index") for name in ("bakery", "shop"))
    return (
        {
            kind: list(repository.batches) if repository else []
            for kind, repository in shelves.items()
        },
        {member.decode().rsplit("\x1f", 1)[1] for member in members},
        aside,
    )


def naive(url: str) -> tuple[dict[str, list[str]], set[str], int]:
    """The same of the naive services."""
    client = connect(url)
    kinds = [f"kind-{number:03}" for number in range(KINDS)]
    shelves = {k: [b.decode() for b in client.lrange(f"shelf:{k}", 0, -1)] for k in kinds}
    baked = {b.decode() for k in kinds for b in client.lrange(f"baked:{k}", 0, -1)}
    return shelves, baked, 0


def of_the_park(url: str) -> Counter[tuple[str, str]]:
    """How often the history of each thing of the park names each report."""
    client = connect(url)
    marks = [key.decode() for name in lives.HEARERS for key in client.keys(f"{{{name}}}:changes:*")]
    return lives.applied(lambda method, *said: getattr(client, method)(*said), marks)


@dataclass(frozen=True)
class House:
    """What is run and watched. `look` tells from the store what was made of the events, `account` writes
    it down. Nobody takes from the queues of those who are `away`."""

    command: list[str]
    services: tuple[str, ...]
    feed: str
    installation: Callable[[Any], Any]
    events: Callable[[int, int, int], Iterator[Sent]]
    look: Callable[[str], Any]
    account: Callable[..., None]
    away: tuple[str, ...] = ()
    at_desks: bool = False  # lives by reports and commands, in place of `events`
    counts_facts: bool = False  # all that the services announce
    calm_s: tuple[float, float] = (0.5, 2)  # between two blows


def _account_naive(ledger: Ledger, sent: list[tuple[str, str]], found: Any, _: Any) -> None:
    shelves, baked, aside = found
    everything = {batch_id for _, batch_id in sent}
    shown = Counter(batch_id for batches in shelves.values() for batch_id in batches)
    ledger.sent = len(everything)
    ledger.applied = len(shown)
    missing = {"bakery": everything - baked, "shop": everything - shown.keys()}
    ledger.doubled = sum(count - 1 for count in shown.values())
    ledger.unexpected = aside + len(shown.keys() - everything)
    ledger.out_of_order = sum(
        1
        for kind, batches in shelves.items()
        if list(dict.fromkeys(batches)) != sorted(set(batches))
    )
    _note_lost(ledger, missing)


def _account_ours(
    ledger: Ledger, sent: list[tuple[str, str]], found: Any, receipts: list[dict[str, Any]]
) -> None:
    _account_naive(ledger, sent, found, receipts)
    _count_receipts(ledger, sent, receipts)


def _account_park(
    ledger: Ledger,
    sent: list[tuple[str, str]],
    found: Any,
    receipts: list[dict[str, Any]],
    without: Set[str] = frozenset(),
) -> None:
    """Of each type all that were accepted have left their mark, each once; those `without` need none."""
    type_of = {event_id: type_ for type_, event_id in sent}
    ledger.sent = len(type_of)
    marked = {event_id for _, event_id in found}
    ledger.applied = len(marked & type_of.keys())
    ledger.doubled = sum(count - 1 for count in found.values())
    ledger.unexpected = len(marked - type_of.keys())
    _note_lost(ledger, {"effect": type_of.keys() - marked - without})
    accepted = _count_receipts(ledger, sent, receipts)
    for type_ in sorted({*type_of.values()}):
        ids = {event_id for event_id, each in type_of.items() if each == type_}
        ledger.by_type[type_] = [len(ids), len(ids & accepted), len(ids & marked)]


def _account_year(
    ledger: Ledger, sent: list[tuple[str, str]], found: Any, receipts: list[dict[str, Any]]
) -> None:
    """The same, but of what a later report had overtaken when it came: that changes nothing."""
    data = [receipt["data"] for receipt in receipts]
    overtaken = {said["event_id"] for said in data if OVERTAKEN.match(said.get("note") or "")}
    _account_park(ledger, sent, found, receipts, overtaken)


def _account_desks(ledger: Ledger, *given: Any) -> None:
    """The same; and each type of fact that a run of that day leads to was told."""
    _account_all(ledger, *given)
    led_to = told.emitted() - told.not_led_to(day_of(datetime.now(UTC))).keys()
    ledger.untold = sorted(led_to - ledger.by_fact.keys())


def _account_all(
    ledger: Ledger,
    sent: list[tuple[str, str]],
    found: told.Stored,
    receipts: list[dict[str, Any]],
    published: list[dict[str, Any]],
) -> None:
    """Each command and report has left its mark once, and each fact that was announced was heard."""
    reports = [each for each in sent if not each[0].startswith(told.SERVICES)]
    accepted = _count_receipts(ledger, reports, receipts)
    ledger.accepted = len(accepted) + len(sent) - len(reports)
    marked, twice = told.applied(found, sent)
    ledger.sent, ledger.applied = len(sent), len(marked)
    _note_lost(ledger, {"effect": {"/".join(each) for each in {*sent} - marked}})
    ledger.by_fact = told.by_fact(found, published)
    if twice:
        print(f"doubled: {', '.join(twice)}")
    ledger.doubled += len(twice) + sum(each[2] for each in ledger.by_fact.values())
    ledger.lost += sum(each[3] for each in ledger.by_fact.values())
    ledger.unexpected += found.parked
    print(f"deliveries: {dict(Counter(found.deliveries.values()))}; parked: {found.parked}")
    for name in sorted({name for name, _ in sent}):
        ids = {each for each in sent if each[0] == name}
        yes = len(ids & marked)
        ledger.by_type[name] = [len(ids), len(ids), yes]


def _count_receipts(
    ledger: Ledger, sent: list[tuple[str, str]], receipts: list[dict[str, Any]]
) -> set[str]:
    """Count the receipts, each once however often it was delivered. Answers the events accepted."""
    everything = {event_id for _, event_id in sent}
    once = {receipt["id"]: receipt["data"] for receipt in receipts}.values()
    accepted = Counter(said["event_id"] for said in once if said["outcome"] == "accepted")
    ledger.accepted = len(accepted)
    often = [event_id for event_id, count in accepted.items() if count > 1]
    if often:
        print(f"accepted more than once: {', '.join(often)}")
    ledger.doubled += sum(count - 1 for count in accepted.values())
    ledger.unexpected += sum(1 for said in once if said["outcome"] == "refused")
    _note_lost(ledger, {"receipts": everything - accepted.keys()})
    return set(accepted)


def _note_lost(ledger: Ledger, missing: dict[str, set[str]]) -> None:
    ledger.lost += sum(map(len, missing.values()))
    for where, events in missing.items():
        if events:
            print(f"lost at {where}: {len(events)}, as {', '.join(sorted(events)[:5])}")


HOST = [sys.executable, "-m", "tests.support.host"]
OF_THE_PARK = {"services": lives.HEARERS, "feed": "township", "installation": installation,
               "look": of_the_park, "away": ("projects.", "notify.")}  # fmt: skip
BAKERY = {"services": ("bakery", "shop"), "feed": "farm", "installation": sample.installation,
          "events": batches}  # fmt: skip
HOUSES: dict[str, House] = {
    "ours": House([*HOST, "sample"], look=ours, account=_account_ours, **BAKERY),
    "naive": House(
        [sys.executable, "-m", "tests.chaos.naive_services"],
        look=naive, account=_account_naive, **BAKERY,
    ),
    "park": House([*HOST, "park"], events=reports, account=_account_park, **OF_THE_PARK),
    "year": House([*HOST, "park"], events=year_reports, account=_account_year, **OF_THE_PARK),
    "whole park": House(
        [*HOST, "park"],
        services=told.SERVICES,
        feed="township",
        installation=installation,
        events=reports,
        look=told.at_rest,
        account=_account_all,
        counts_facts=True,
    ),
    "desks": House(
        [sys.executable, "-m", "tests.chaos.late_services", "park"],
        services=told.SERVICES,
        feed="township",
        installation=installation,
        events=reports,
        look=told.at_rest,
        account=_account_desks,
        at_desks=True,
        counts_facts=True,
        calm_s=(3, 8),  # a chain through four services, each of which takes seconds to start
    ),
}  # fmt: skip
