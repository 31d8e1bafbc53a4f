"""What the firms of one owner come to together: each firm, plot and case once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered, NotFound
from services.enterprises.firms.dated import Said
from services.enterprises.groups.ownership import FirmOwners, Ownership, group_of, heads_of

from ..conftest import NOON, Enterprises
from ..premises.test_premises import UNIT, hear, let, plot
from ..reports import FIRM, OTHER, PARCEL, TOWNSHIP, completed, firm, identified, premises

HEAD = f"{TOWNSHIP}-H1"
SECOND_PARCEL = f"{TOWNSHIP}-0240"
DAY = date(2023, 8, 21)
HALF = Decimal("0.5")


def owner(enterprise_id=FIRM, owner_id=HEAD, share="0.6", **more):
    report = {"enterprise_id": enterprise_id, "owner_id": owner_id, "share": share}
    return report | {"from": "2019-03-01", "reported_on": "2023-08-01"} | more


def overview(enterprises, enterprise_id=HEAD, **asked):
    return enterprises.read("group_overview", enterprise_id=enterprise_id, **asked)


def firms_of(enterprises, enterprise_id=HEAD, **asked):
    return [
        e["enterprise_id"] for e in overview(enterprises, enterprise_id, **asked)["group_firms"]
    ]


def owners(enterprises, enterprise_id=FIRM, **asked):
    return enterprises.read("owners_of", enterprise_id=enterprise_id, **asked)


# --- who is in the group, in plain Python


def owned(*edges):
    """Firms with their owners, of edges (firm, owner, share)."""
    found = {}
    for each, owner_id, share in edges:
        known = found.get(each) or FirmOwners(enterprise_id=each, township=TOWNSHIP)
        edge = Ownership(
            owner_id=owner_id,
            share=share if share is None else Decimal(share),
            from_on=date(2019, 3, 1),
            said=Said(on=DAY, at=NOON, event_id="e"),
        )
        found[each] = known.with_owner(edge)
    return found


def group(*edges, head="h"):
    firms = owned(*edges)

    def owned_by(owner_id):
        return [each for each in firms.values() if owner_id in each.owner_ids]

    return group_of(head, owned_by, DAY, HALF)


@pytest.mark.parametrize(
    ("edges", "members"),
    [
        ([("a", "h", "0.5")], {"h": 0}),
        ([("a", "h", "0.500001")], {"h": 0, "a": 1}),
        ([("a", "h", "0.6"), ("b", "a", "0.6")], {"h": 0, "a": 1, "b": 2}),
        # neither holds enough of c, together they do
        (
            [("a", "h", "1"), ("b", "h", "1"), ("c", "a", "0.3"), ("c", "b", "0.3")],
            {"h": 0, "a": 1, "b": 1, "c": 2},
        ),
        # the head and its daughter together
        ([("a", "h", "0.6"), ("b", "h", "0.2"), ("b", "a", "0.4")], {"h": 0, "a": 1, "b": 2}),
        # b is owned twice, and is there once
        ([("a", "h", "1"), ("b", "h", "1"), ("b", "a", "1")], {"h": 0, "a": 1, "b": 1}),
        # a ring
        ([("a", "h", "1"), ("b", "a", "1"), ("h", "b", "1")], {"h": 0, "a": 1, "b": 2}),
        ([("a", "b", "1"), ("b", "a", "1")], {"h": 0}),
        ([("a", "h", None)], {"h": 0, "a": 1}),
    ],
)
def test_a_group_is_its_head_and_all_that_it_controls(edges, members):
    assert group(*edges).depths == members


def test_what_a_group_holds_without_control_stands_apart():
    found = group(("a", "h", "1"), ("b", "h", "0.2"), ("b", "a", "0.3"))
    [minority] = found.minority
    assert (minority.enterprise_id, minority.share) == ("b", HALF)
    assert minority.through == ("a", "h")


@pytest.mark.parametrize(
    ("edges", "heads", "ring"),
    [
        ([("a", "b", "0.6"), ("b", "h", "1"), ("a", "x", "0.4")], ("h",), False),
        ([("a", "b", "0.5"), ("a", "c", "0.5")], (), False),
        ([("a", "b", "1"), ("b", "a", "1")], (), True),
        ([("a", "b", "1"), ("b", "c", "1"), ("c", "b", "1")], (), False),
        ([("a", "b", None), ("a", "c", "0.6")], ("b", "c"), False),
        # the head and its daughter together
        ([("a", "b", "0.45"), ("a", "h", "0.3"), ("b", "h", "0.6")], ("h",), False),
        ([("a", "b", "0.2"), ("a", "h", "0.3"), ("b", "h", "0.6")], (), False),
        ([("a", "b", "0.45"), ("a", "h", "0.3"), ("b", "h", "0.5")], (), False),
        # two daughters together, of which one is held through the other
        (
            [("a", "b", "0.3"), ("a", "c", "0.3"), ("b", "h", "1"), ("c", "b", "0.6")],
            ("h",),
            False,
        ),
        # who holds more than half is itself of a group by its firms together
        ([("a", "b", "1"), ("b", "c", "0.4"), ("b", "h", "0.4"), ("c", "h", "1")], ("h",), False),
        # a ring by shares together, under a head or alone
        ([("a", "b", "0.3"), ("a", "c", "0.3"), ("b", "a", "1"), ("c", "b", "1")], (), True),
        ([("a", "b", "0.6"), ("b", "a", "1"), ("a", "h", None)], ("h",), True),
    ],
)
def test_the_last_owner_up_the_chain_is_the_head(edges, heads, ring):
    firms = owned(*edges)
    assert heads_of("a", firms.get, DAY, HALF) == (heads, ring)


EDGES = st.tuples(
    st.sampled_from("habcd"), st.sampled_from("habcd"), st.sampled_from(["0.3", "0.6", "1"])
)


@settings(max_examples=60)
@given(st.lists(EDGES, max_size=14))
def test_no_net_of_owners_breaks_it(edges):
    edges = [each for each in edges if each[0] != each[1]]
    found = group(*edges)
    for key, depth in found.depths.items():
        assert (depth == 0) is (key == "h")
        assert key == "h" or found.holdings[key].share > HALF
    assert all(each.share <= HALF for each in found.minority)


@settings(max_examples=60)
@given(st.lists(EDGES, max_size=10))
def test_the_heads_of_a_firm_are_those_who_have_it_in_their_group_and_are_in_nobodys(edges):
    edges = [each for each in edges if each[0] != each[1]]
    groups = {head: group(*edges, head=head).depths for head in "habcd"}
    above = {each: [e for e in groups if e != each and each in groups[e]] for each in groups}
    expected = tuple(sorted(each for each in above["a"] if not above[each]))
    ring = any("a" in above[each] for each in above["a"])
    assert heads_of("a", owned(*edges).get, DAY, HALF) == (expected, ring)


# --- through the service


@pytest.fixture
def park(enterprises):
    """A holding with two daughters: both on one plot, one of them on a second, and in a unit."""
    enterprises.report(firm(premises(), premises("tenant", SECOND_PARCEL)))
    enterprises.report(firm(premises("tenant"), enterprise_id=OTHER, uscc=None))
    enterprises.tell("owner_reported", owner())
    enterprises.tell("owner_reported", owner(OTHER, FIRM, "0.8"))
    hear(enterprises, "parcel_registered", plot())
    hear(enterprises, "unit_let", let())
    return enterprises


def test_plots_units_cases_and_standings_are_rolled_up_each_once(park):
    park.identify(identified())
    found = overview(park)
    assert [(e["enterprise_id"], e["steps"]) for e in found["group_firms"]] == [
        (HEAD, 0),
        (FIRM, 1),
        (OTHER, 2),
    ]
    assert [(e["parcel_id"], e["role"], e["enterprise_ids"]) for e in found["group_plots"]] == [
        (PARCEL, "owner", [OTHER, FIRM]),
        (SECOND_PARCEL, "tenant", [FIRM]),
    ]
    areas = ("owned_area_m2", "rented_area_m2", "area_unknown", "rented_units_area_m2")
    assert [found[name] for name in areas] == ["11781", "0", 1, "800"]
    [case] = found["group_cases"]
    assert (case["is_open"], sorted(case["enterprise_ids"])) == (True, sorted([FIRM, OTHER]))
    assert (found["open_cases"], found["rented_units"]) == (1, 1)
    assert found["standing_counts"] == [{"standing": "under_remediation", "firms": 2}]
    park.complete(completed())
    assert overview(park)["open_cases"] == 0


def test_the_group_is_that_of_the_day(park):
    park.tell("owner_reported", owner(to="2023-08-20"))
    assert firms_of(park, on="2019-02-28") == [HEAD]
    assert firms_of(park, on="2023-08-20") == [HEAD, FIRM, OTHER]
    assert firms_of(park) == [HEAD]
    assert firms_of(park, FIRM) == [FIRM, OTHER]


def test_a_later_share_of_an_owner_takes_the_place_of_the_one_before(park):
    park.tell("owner_reported", owner(share="0.4", **{"from": "2023-01-01"}))
    assert firms_of(park, on="2022-12-31") == [HEAD, FIRM, OTHER]
    assert firms_of(park) == [HEAD]
    [held] = overview(park)["minority_holdings"]
    assert (held["enterprise_id"], held["share"]) == (FIRM, "0.4")


def test_a_firm_whose_share_nobody_said_is_in_the_group_with_a_mark(park):
    park.tell("owner_reported", owner(f"{TOWNSHIP}-E12", share=None))
    marked = [e["enterprise_id"] for e in overview(park)["group_firms"] if e["share_unknown"]]
    assert marked == [f"{TOWNSHIP}-E12"]


def test_who_owns_a_firm_and_who_controls_it_in_the_end_is_told(park):
    found = owners(park, OTHER)
    assert [(each["owner_id"], each["share"]) for each in found["owners"]] == [(FIRM, "0.8")]
    assert (found["heads"], found["in_a_ring"], found["warning"]) == ([HEAD], False, None)


def test_a_firm_that_a_group_holds_by_several_of_its_firms_has_the_head_of_that_group(park):
    held = f"{TOWNSHIP}-E13"
    park.tell("owner_reported", owner(held, FIRM, "0.45"))
    park.tell("owner_reported", owner(held, HEAD, "0.3"))
    assert held in firms_of(park)
    assert owners(park, held)["heads"] == [HEAD]


def test_a_ring_of_owners_is_said_to_be_one(park):
    park.tell("owner_reported", owner(FIRM, OTHER, "0.4"))
    park.tell("owner_reported", owner(HEAD, OTHER, "1"))
    assert firms_of(park) == [HEAD, FIRM, OTHER]
    assert (owners(park)["heads"], owners(park)["in_a_ring"]) == ([], True)


@pytest.mark.parametrize(("share", "too_much"), [("0.4", False), ("0.400001", True)])
def test_owners_who_hold_more_than_all_of_it_are_doubted(park, share, too_much):
    note = park.tell("owner_reported", owner(owner_id=OTHER, share=share))
    assert ("together" in (note or "")) is too_much
    assert (owners(park)["warning"] is not None) is too_much


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"owner_id": FIRM}, "OWNS_ITSELF"),
        ({"share": "0"}, "INVALID"),
        ({"share": "1.01"}, "INVALID"),
        ({"to": "2019-02-28"}, "INVALID"),
        ({"owner_id": "王小明"}, "INVALID"),
        ({"reported_on": "2023-08-23"}, "NOT_YET"),
        ({"enterprise_id": "330604001-E9"}, "NOT_YOUR_TOWNSHIP"),
    ],
)
def test_what_cannot_be_is_refused(enterprises, wrong, code):
    with pytest.raises(Answered) as caught:
        enterprises.tell("owner_reported", owner() | wrong)
    assert [each.code for each in caught.value.reasons] == [code]


@pytest.mark.parametrize("method", ["group_overview", "owners_of"])
def test_a_firm_of_which_nothing_is_known_is_not_found(enterprises, method):
    with pytest.raises(NotFound):
        enterprises.read(method, enterprise_id=HEAD)


REPORTS = [
    owner(),
    owner(share="0.7", reported_on="2023-08-02"),
    owner(share="0.2", **{"from": "2023-08-01"}),
    owner(OTHER, FIRM, None),
    owner(OTHER, FIRM, "0.9", reported_on="2023-08-02"),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        at = NOON + timedelta(minutes=number)
        enterprises.tell("owner_reported", REPORTS[number], at=at, id=f"e-{number}")
    assert firms_of(enterprises, on="2023-07-31") == [HEAD, FIRM, OTHER]
    assert [owners(enterprises, each)["known_share"] for each in (FIRM, OTHER)] == ["0.2", "0.9"]


def test_an_older_report_says_that_a_later_one_stands(park):
    assert "later report" in park.tell("owner_reported", owner(reported_on="2023-07-01"))


def test_the_units_of_the_whole_group_count(park):
    hear(park, "unit_let", let(lease_id=f"{TOWNSHIP}-L2", enterprise_id=OTHER, area_m2="200"))
    hear(park, "unit_let", let(lease_id=f"{TOWNSHIP}-L3", ends_on="2023-08-20", unit_id=UNIT))
    found = overview(park)
    assert (found["rented_units"], found["rented_units_area_m2"]) == (2, "1000")
