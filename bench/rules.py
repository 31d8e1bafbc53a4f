"""What a changed rulebook would make of a whole park: 2,595 made-up plots of 4,043 firms with the figures
of two years, a scored round of all these firms, and 200 leads beside 300 open plots. Each judged by both
rulebooks, page after page, beside reading the same things once; and foretelling that a plot is blocked,
beside blocking it. CPU time of this process, as the machine may be at other work, unless it says the clock.

`python -m bench --only rules`
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from backbone.messages.envelope import Event
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.testing import Rehearsal
from services.enterprises.rounds.entry import Figure, FigureSource, Place, RoundFirm, entry_id_of
from services.enterprises.rounds.law import Grade
from services.enterprises.rounds.round import GradeCut, Round, RoundState
from services.enterprises.service import EnterprisesService
from services.parcels.register.parcel import Parcel, ParcelState
from services.parcels.screening.figures import FirmYear
from services.parcels.screening.plot import Plot
from services.parcels.service import ParcelsService
from services.projects.service import ProjectsService
from tests.stories.asking.test_what_if import blocked, done, foretold, town_of
from tests.support.brokers import RedisServer

from .assignment import LEADS, PLOTS, park

COUNTY, FIRMS, YEARS = 2595, 4043, (2021, 2022)
TOWNSHIP, SCHEME = "330604006", "huangyan-2022-below"
AT_ONCE = 100
CUTS = (("A", "<=", 20), ("B", "<=", 70), ("C", "<=", 95), ("D", "last", 5))
CHANGES: dict[str, dict[str, Any]] = {
    "criteria": {"criteria.output_per_mu_below.floor": "6"},
    "evaluation": {f"{SCHEME}.indicators.tax_per_mu.weight": "10"},
    "assignment": {"near.area_share": "0.4", "weights.price": 20},
}


def measure(store: RedisServer, blocks: int) -> dict[str, float]:
    """Seconds for the whole park by rulebook; `rules_vs_reading` beside the time in which the plots and firms
    are listed once and the land of each lead is ranked once. `what_if_vs_event` is of `blocks` plots,
    every second one with its notice published, all services in this process and in memory; its seconds are by
    the clock (wanted: 1)."""
    found: dict[str, float] = {}
    for topic, service in _filled(store):
        reading_s, _ = _timed(_read, service, topic)
        compared_s, changed = _timed(_compared, service, topic)
        if not changed:
            raise RuntimeError(f"nothing is judged otherwise by {topic}")
        found[f"{topic}_compared_s"] = compared_s
        found[f"{topic}_vs_reading"] = compared_s / reading_s
        found[f"{topic}_verdicts_changed"] = changed
    found["rules_vs_reading"] = max(found[f"{topic}_vs_reading"] for topic in CHANGES)
    return found | _foretold(blocks)


def _foretold(blocks: int) -> dict[str, float]:
    town, times, by_clock = town_of(range(blocks)), [], []
    for number in range(blocks):
        asked = blocked(number)
        began = time.perf_counter()
        foretelling_s, _ = _timed(foretold, town, asked[-1])
        by_clock.append(time.perf_counter() - began)
        event_s, _ = _timed(done, town, *asked)
        times.append((foretelling_s, event_s))
    return {
        "what_if_vs_event": median(one / other for one, other in times),
        "what_if_s": median(by_clock),
        "what_if_longest_s": max(by_clock),
    }


def _timed(act: Callable[..., Any], *about: Any) -> tuple[float, Any]:
    began = time.process_time()
    found = act(*about)
    return time.process_time() - began, found


def _compared(service: Rehearsal, topic: str) -> int:
    """How many verdicts are other ones."""
    asked = {"topic": topic, "after": {"changes": CHANGES[topic]}}
    return sum(1 for _ in _pages(service, "compare_rules", "verdict_changes", **asked))


def _read(service: Rehearsal, topic: str) -> None:
    if topic == "assignment":
        for lead in _pages(service, "list_leads", "items"):
            service.read("rank_plots", lead_id=lead["lead_id"])
        return
    for kind in ("plots", "parcels") if topic == "criteria" else ("round_firms",):
        for _ in _pages(service, f"list_{kind}", "items"):
            pass


def _pages(service: Rehearsal, method: str, of: str, **asked: Any) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = service.read(method, limit=AT_ONCE, cursor=cursor, **asked)
        yield from page[of]
        if (cursor := page["cursor"]) is None:
            return


def _filled(store: RedisServer) -> Iterator[tuple[str, Rehearsal]]:
    """Each service on the server, with its things."""
    leads, listings = park(PLOTS, LEADS, 20)
    beside = dict.fromkeys(("enterprises", "projects"))
    for topic, cls, given, things in (
        ("criteria", ParcelsService, beside, _plots()),
        ("evaluation", EnterprisesService, {}, _round()),
        ("assignment", ProjectsService, {"parcels": None}, iter([*leads, *listings])),
    ):
        service = Rehearsal(cls, **given)
        url = store.new_url()
        service.repository = Repository(cls.name, connect(url), service.store.collections)
        _keep(service, things)
        yield topic, service


def _keep(service: Rehearsal, things: Iterable[Any]) -> None:
    some: list[Any] = []
    for number, each in enumerate([*things, None]):
        some += [each] if each is not None else []
        if len(some) == AT_ONCE or each is None:
            work = service._work()
            work.takes_for_new = True
            work.begin(Event(id=f"kept-{number}", source="/bench", type="kept"))
            work.save(*some)
            work.close_step(None)
            work.commit()
            some = []


def _plots() -> Iterator[Any]:
    chance = random.Random(2026)  # noqa: S311
    firms: list[list[int]] = [[] for _ in range(COUNTY)]
    for number in range(FIRMS):
        firms[number % COUNTY].append(number)
    for number, those in enumerate(firms):
        parcel_id = f"{TOWNSHIP}-{number:05d}"
        plot = Plot.unknown(parcel_id)
        for firm in those:
            for year in YEARS:
                plot = plot.with_figures(_figures(firm, year, chance))
        area_m2 = Decimal(chance.randint(4000, 40_000))
        state = ParcelState.REGISTERED
        yield Parcel(parcel_id=parcel_id, township=TOWNSHIP, state=state, area_m2=area_m2)
        yield plot


def _figures(firm: int, year: int, chance: random.Random) -> FirmYear:
    names = ("value_added_cny", "energy_tce", "employees", "floor_area_m2")
    return FirmYear(
        data_year=year,
        enterprise_id=f"{TOWNSHIP}-E{firm}",
        version=1,
        share=Decimal(1),
        industry_code="C34",
        tax_paid_cny=Decimal(chance.randint(10_000, 900_000)),
        gross_output_cny=Decimal(chance.randint(100_000, 3_000_000)),
        at_least=(),
        statistics_only=(),
        **dict.fromkeys(names),
    )


def _round() -> Iterator[Any]:
    chance = random.Random(2022)  # noqa: S311
    round_id = "bench:2022:below_scale:1"
    yield Round(
        round_id=round_id,
        place="bench",
        data_year=2022,
        group="below_scale",
        scheme=SCHEME,
        cuts=tuple(GradeCut(grade=Grade(g), by=by, value=Decimal(v)) for g, by, v in CUTS),
        townships=(TOWNSHIP,),
        state=RoundState.SCORED,
        final_on=date(2023, 7, 1),
    )
    for number in range(FIRMS):
        firm = f"{TOWNSHIP}-E{number}"
        figures = {
            "land_m2": chance.randint(2000, 40_000),
            "tax_paid_cny": chance.randint(10_000, 900_000),
            "electricity_kwh": chance.randint(10_000, 2_000_000),
        }
        yield RoundFirm(
            round_firm_id=entry_id_of(round_id, firm),
            round_id=round_id,
            enterprise_id=firm,
            township=TOWNSHIP,
            placed=Place.EVALUATED,
            unit=firm,
            frozen=tuple(
                Figure(name=name, value=Decimal(value), figure_source=FigureSource.DESK)
                for name, value in sorted(figures.items())
            ),
        )
