"""The figures of projects, reckoned once more from a plain list of what arrived when: late, corrected,
twice, and in any order they come out the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.overview import FigureRule
from services.projects.listings.listing import listing_id_of
from services.projects.overview.entrypoints import FIGURES

from ...naive import projects as naive
from ...naive.arrived import PARK, Arrived, told
from ...naive.editions import LATER, later_editions
from ..contests.calls import CONFERENCE
from ..desk import NOTICE, Desk
from ..examples import CASE, PARCEL, released, terms
from ..platforms.calls import TALENT
from ..platforms.zone import ECO_PARK, PROGRESS, YOUTH_VALLEY
from ..policies.calls import END, POLICY, REVISION
from ..talents.calls import APPLICATION, FIGURE, PLAN

FIRST, HEARD_FROM = date(2023, 8, 28), date(2023, 9, 4)
LANDS = {listing_id_of(PARCEL, each): each for each in (f"{CASE}1", f"{CASE}2")}
LEASED = {"supply_form": "lease", "use_term_years": 10}
FORMS = [{}, {}, {"supply_form": "lease_then_grant", "lease_years": 5}, LEASED]
SECOND = timedelta(weeks=10)  # from the first notice of a land to its second
Said = tuple[str, dict[str, Any]]


def moment(day: str | date, hour: int = 12) -> datetime:
    at = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(at.year, at.month, at.day, hour, tzinfo=PARK)


days = st.integers(0, 11).map(lambda number: FIRST + timedelta(number))
past = st.integers(0, 6).map(lambda number: FIRST + timedelta(number))  # over before anything came
heard = st.integers(0, 5).map(lambda number: moment(HEARD_FROM + timedelta(number)))
spoken = past.map(date.isoformat)
dates = days.map(date.isoformat)
some = st.sampled_from
small = st.integers(1, 4)


# --- what comes


@st.composite
def platform(draw: Any) -> Said:
    """The plan of a platform, whose targets differ from one time to the next."""
    plan = draw(some([YOUTH_VALLEY, ECO_PARK]))
    targets = [
        each
        | {
            "due_on": draw(some(["2023-08-30", "2023-09-05"])),
            "comparison": draw(some(["at_least", "more_than"])),
        }
        | {"target_value": draw(small) * (1 if each["counts"] == "projects" else 100)}
        for each in draw(st.lists(some(plan["targets"]), unique_by=lambda e: e["target_name"]))
    ]
    invested = draw(st.none() | small.map(str))
    return "record_platform", plan | {"targets": targets, "planned_investment_cny": invested}


@st.composite
def progress(draw: Any) -> Said:
    number = draw(small)
    own = {"progress_id": f"R{number}", "project_id": f"P{number % 3}"}
    own["platform_id"] = draw(some([YOUTH_VALLEY, ECO_PARK]))["platform_id"]
    own["progress_id"] += own["platform_id"]
    kinds = some(["industrial", "infrastructure"])
    said = {"project_kind": draw(kinds), "predicate": draw(some(["landed", "begun"]))}
    said |= {"happened_on": draw(spoken), "withdrawn": draw(small) == 1}
    said["investment_cny"] = draw(st.none() | small.map(lambda number: f"{number}00"))
    return "record_platform_progress", PROGRESS | own | said


policy_ids = some(["policy-1", "policy-2"])


@st.composite
def policy(draw: Any) -> Said:
    span = {"valid_from": "2023-08-30", "valid_to": draw(st.none() | some(["2023-09-01"]))}
    said = {"policy_id": draw(policy_ids), "gives_kind": draw(some(["subsidy", "rent"]))}
    return "record_policy", {**POLICY, "review": None} | span | said


@st.composite
def policy_turn(draw: Any) -> Said:
    """A policy is revised, ended, or not ended after all."""
    own = {"policy_id": draw(policy_ids)}
    if draw(st.booleans()):
        until = draw(some(["2023-08-31", "2023-09-02", "2023-12-31", None]))
        return "revise_policy", REVISION | own | {"revised_on": draw(spoken), "valid_to": until}
    said = {"decided_on": draw(spoken), "ends_on": draw(dates), "withdrawn": draw(small) == 1}
    return "end_policy", END | own | said


@st.composite
def fund(draw: Any) -> Said:
    said = {"fund_id": draw(some(["f1", "f2"])), "reported_on": draw(spoken)}
    said |= {"fund_kind": draw(some(["talent", "talent", "industrial"]))}
    said |= draw(some([{"total_cny": None, "first_tranche_cny": None}, {"total_cny": "7"}]))
    return "record_fund", TALENT | {"first_tranche_cny": "5"} | said


categories = some(["leader_project", "leader_team"])


@st.composite
def application(draw: Any) -> Said:
    number = draw(small)
    own = {"talent_application_id": f"A{number}", "person_id": f"T-{number}"}
    at = moment(draw(past), draw(some([0, 23]))).isoformat()
    said = {"talent_category": draw(categories), "submitted_at": at, "talent_batch": "28"}
    return "apply_for_talent_plan", APPLICATION | own | said


@st.composite
def talent_figure(draw: Any) -> Said:
    said = {"talent_plan_id": PLAN["talent_plan_id"], "talent_category": draw(categories)}
    said |= {"talent_figure_id": f"figure-{draw(small)}", "talents_stated": draw(small)}
    said |= {"talent_measure": draw(some(["applications", "applications", "talents"]))}
    kinds = some(["exact", "at_least", "more_than", "cumulative", "target"])
    said |= {"talent_figure_kind": draw(kinds), "figure_on": draw(spoken)}
    said["revoked"] = draw(small) == 1
    if said["talent_figure_kind"] == "cumulative":
        said["counted_since_on"] = "2023-01-01"
    return "state_talent_figure", FIGURE | said


@st.composite
def meeting(draw: Any) -> Said:
    kinds = some(["conference", "roadshow", "contest"])
    said = {"contest_id": f"c{draw(small)}", "contest_kind": draw(kinds)}
    said |= {"begins_on": draw(dates), "guests": draw(st.none() | small)}
    said |= {"guests_kind": draw(some(["exact", "at_least"]))}
    cities = st.lists(some(["上海", "北京", "深圳"]), min_size=1, max_size=2, unique=True)
    return "record_contest", CONFERENCE | said | {"cities": draw(cities)}


@st.composite
def visit(draw: Any) -> Said:
    kinds = some(["to_investor", "to_investor", "by_investor", "meeting"])
    said = {"visit_id": f"v{draw(small)}", "project_id": draw(some(["p", "q"]))}
    said |= {"visit_kind": draw(kinds), "visited_on": draw(spoken), "came_of_it": "They come."}
    return "record_visit", said | {"place": draw(some([None, "上海", "杭州"]))}


# --- in which order


def offered(listing_id: str, form: dict[str, Any], later: timedelta) -> list[Arrived]:
    """A notice, the application of the one bidder, and the bond."""
    number = f"虞土工告[2023]{len(LANDS) * bool(later) + [*LANDS].index(listing_id)}号"
    own = {"listing_id": listing_id, "application_id": "A"}
    said = terms(**NOTICE | form) | {"listing_number": number, "listing_id": listing_id}
    shifted = {
        name: (datetime.fromisoformat(text) + later).isoformat()[: len(text)]
        for name, text in said.items()
        if name.endswith(("_on", "_at")) and text
    }
    applied, paid = (moment(each) + later for each in ("2023-08-10", "2023-08-20"))
    calls = {
        "publish_listing": (moment("2023-08-01", 9) + later, said | shifted),
        "apply_for_land": (
            applied,
            own | {"bidder": {"name": "A works"}, "applied_at": applied.isoformat()},
        ),
        "record_bond": (paid, own | {"amount_cny": "4700000", "paid_at": paid.isoformat()}),
    }
    return [
        Arrived(at=at, name=name, id=f"{name}-{listing_id}-{later.days}", data=data)
        for name, (at, data) in calls.items()
    ]


def closed(listing_id: str, later: timedelta, *bid_days: str) -> dict[str, Any]:
    end = (moment("2023-08-31", 16) + later).isoformat()
    bids = [
        {
            "application_id": "A",
            "price_cny": "4700000",
            "bid_at": (moment(each) + later).isoformat(),
        }
        for each in bid_days
    ]
    return {"listing_id": listing_id, "closed_at": end, "bids": bids}


@st.composite
def land(draw: Any, listing_id: str) -> tuple[list[Arrived], list[Said], list[Arrived]]:
    """What comes of a piece of land before all else, among the rest, and afterwards: it is awarded or not,
    and that is void or not, and then it is awarded once more."""
    form, again = draw(some(FORMS)), SECOND
    data = {"listing_id": listing_id, "case_id": LANDS[listing_id], "area_m2": "11781.25"}
    freed = Arrived(
        at=moment("2023-08-01", 8), name="land_released", id=listing_id, data=released(**data)
    )
    before = [freed, *offered(listing_id, form, timedelta(0))]
    if draw(small) == 1:
        return before, [], []
    bid = draw(some([["2023-08-25"], ["2023-08-25"], []]))
    among: list[Said] = [("close_bidding", closed(listing_id, timedelta(0), *bid))]
    if bid and draw(st.booleans()):
        return before, among, []
    if bid:
        voided = draw(st.sampled_from(["2023-08-31", "2023-09-02"]))
        why = {"voided_on": voided, "void_reason": "The winner gave the land back."}
        among.append(("void_award", {"listing_id": listing_id, **why}))
    sold = Arrived(
        at=moment("2023-08-31", 16) + again,
        name="close_bidding",
        id=f"sold-{listing_id}",
        data=closed(listing_id, again, "2023-08-25"),
    )
    return before, among, [*offered(listing_id, draw(some(FORMS)), again), sold]


BASE: list[Said] = [
    ("record_platform", YOUTH_VALLEY),
    ("record_platform", ECO_PARK),
    ("record_talent_plan", PLAN),
    *[
        (
            "record_policy",
            {**POLICY, "review": None, "policy_id": f"policy-{n}", "valid_from": "2023-08-29"}
            | {"valid_to": "2023-09-02"},
        )
        for n in (1, 2)
    ],
    *[("enter_project", {"project_id": each, "name": each}) for each in ("p", "q")],
]
ANYTHING = st.one_of(
    platform(),
    progress(),
    policy(),
    policy_turn(),
    fund(),
    application(),
    talent_figure(),
    meeting(),
    visit(),
)


@st.composite
def arrivals(draw: Any) -> list[Arrived]:
    """What there is at first, calls in any order, some of them twice, and what comes of land later."""
    lands = [draw(land(each)) for each in LANDS]
    said = dict(enumerate(draw(st.lists(ANYTHING, min_size=5, max_size=30))))
    copies = draw(st.lists(some([*said]), max_size=3))
    of_land = [(number, call) for number, (_, among, _) in enumerate(lands) for call in among]
    tokens = [*said, *copies, *(-1 - number for number, _ in of_land)]
    left = {number: iter(among) for number, (_, among, _) in enumerate(lands)}
    came = [each for before, _, _ in lands for each in before]
    came += [
        Arrived(at=moment("2023-08-25", 0) + timedelta(seconds=n), name=name, id=f"b{n}", data=data)
        for n, (name, data) in enumerate(BASE)
    ]
    order = draw(st.permutations(tokens))
    times = sorted(draw(st.lists(heard, min_size=len(order), max_size=len(order))))
    for number, (token, at) in enumerate(zip(order, times, strict=True)):
        name, data = said[token] if token >= 0 else next(left[-1 - token])
        own = f"c{token}" if token >= 0 else f"land-{number}"
        came.append(Arrived(at=at + timedelta(seconds=number), name=name, id=own, data=data))
    came += [each for _, _, after in lands for each in after]
    return sorted(came, key=lambda each: each.at)


def deliver(desk: Desk, arrived: Arrived) -> None:
    desk.moment = arrived.at
    if arrived.name == "land_released":
        desk.hear("parcels", arrived.name, arrived.data, id=arrived.id).or_raise()
    else:
        desk.call(arrived.name, request_id=arrived.id, **arrived.data)


@pytest.fixture(scope="module", autouse=True)
def other_rules(tmp_path_factory):
    """From another day on the guests of contests are counted, and not those of conferences."""
    change = FIGURES, dict[str, FigureRule], "projects/overview", '"conference"', '"contest"'
    with later_editions(tmp_path_factory.mktemp("rules"), change):
        yield


@settings(max_examples=15, deadline=None)
@given(arrived=arrivals(), data=st.data())
def test_late_corrected_and_repeated_calls_give_the_figures_of_a_plain_list(arrived, data):
    desk = Desk(noticed=False)
    for each in arrived:
        deliver(desk, each)
    desk.moment = moment("2024-01-01")

    for _ in range(8):
        on = data.draw(days | some([date(2023, 11, 9), date(2023, 12, 31)]))
        known_at = data.draw(some([each.at for each in arrived]))
        rules = data.draw(some([on, LATER]))
        asked = {"known_at": known_at.isoformat(), "rules": rules.isoformat()}
        assert told(desk, on, **asked) == naive.figures(arrived, on, known_at, rules)
