"""Lists by filter and order, page after page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid
from backbone.store.collection import Collection, sortable
from backbone.store.repository import Repository

from .plots import KEPT, START, Plot, commit, plot, plots


def test_what_is_kept_for_a_time_is_forgotten_and_not_listed(redis):
    repository = Repository(
        "land", redis, [Collection(Plot, key="plot_id", lifetime_days=2, history=False)]
    )
    commit(repository, plot())

    assert 0 < redis.ttl("{land}:plot:p") <= 2 * 86400
    assert not redis.keys("*index*")
    assert not redis.keys("*history*") + redis.keys("*changes*")


@given(st.lists(plots, max_size=12), st.integers(1, 4))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_changes_every_list_is_what_the_things_say(redis, changes, limit):
    redis.flushdb()
    repository, model = Repository("land", redis, [KEPT]), {}
    for each in changes:
        commit(repository, each)
        model[each.plot_id] = each

    def listed(filters, order):
        found, page = [], repository.page(Plot, filters, order, limit)
        found += page.items
        while page.cursor:
            page = repository.page(Plot, filters, order, limit, page.cursor)
            found += page.items
        return found

    by_area = sorted(model.values(), key=lambda p: (p.area_m2, p.plot_id.encode()))
    assert listed({}, "area_m2") == by_area
    assert listed({}, "-area_m2") == by_area[::-1]
    assert listed({"town": "x"}, "area_m2") == [p for p in by_area if p.town == "x"]
    both = {"town": "x", "tags": "t"}
    assert listed(both, "area_m2") == [p for p in by_area if p.town == "x" and "t" in p.tags]


FIELDS = {"area_m2": lambda p: p.area_m2, "key": lambda p: p.plot_id.encode()}


def walked(repository, filters, order, limit):
    """All pages, one after the other."""
    page = repository.page(Plot, filters, order, limit)
    found = list(page.items)
    while page.cursor:
        page = repository.page(Plot, filters, order, limit, page.cursor)
        found += page.items
    return found


@given(
    st.lists(plots, max_size=12),
    st.fixed_dictionaries(
        {},
        optional={
            "town": st.sampled_from(["x", "y", "x y", "nowhere"]),
            "tags": st.sampled_from("tuv"),
        },
    ),
    st.sampled_from(["key", "area_m2", "updated_at"]),
    st.booleans(),
    st.integers(1, 5),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_filter_in_every_order_lists_what_a_sorted_dict_would(
    redis, changes, filters, order, descending, limit
):
    redis.flushdb()
    repository, model, moments = Repository("land", redis, [KEPT]), {}, {}
    for hour, each in enumerate(changes):
        if model.get(each.plot_id) != each:
            moments[each.plot_id] = hour
        commit(repository, each, at=START + timedelta(hours=hour))
        model[each.plot_id] = each

    values = FIELDS | {"updated_at": lambda p: moments[p.plot_id]}
    expected = sorted(
        (
            p
            for p in model.values()
            if filters.get("town", p.town) == p.town
            and ("tags" not in filters or filters["tags"] in p.tags)
        ),
        key=lambda p: (values[order](p), p.plot_id.encode()),
        reverse=descending,
    )
    assert walked(repository, filters, "-" * descending + order, limit) == expected


@given(st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=30), st.integers(1, 4))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_walk_has_no_gap_and_no_repetition_though_things_are_added_meanwhile(
    redis, numbers, limit
):
    redis.flushdb()
    repository, half = Repository("land", redis, [KEPT]), len(numbers) // 2
    there, added = numbers[:half], numbers[half:]
    commit(repository, *(plot(f"{number:02}") for number in there))
    page = repository.page(Plot, {}, "key", limit)
    found = list(page.items)
    while page.cursor:
        if added:
            commit(repository, plot(f"{added.pop():02}"))
        page = repository.page(Plot, {}, "key", limit, page.cursor)
        found += page.items

    names = [each.plot_id for each in found]
    assert names == sorted(set(names))
    assert {f"{number:02}" for number in there} <= set(names)


def test_many_things_that_do_not_fit_are_passed_over_in_bounded_steps(repository, monkeypatch):
    monkeypatch.setattr("backbone.store.repository.SCAN_AT_ONCE", 2)
    monkeypatch.setattr("backbone.store.repository.SCAN_AT_MOST", 5)
    commit(repository, *(plot(f"{n:02}", town="a", tags=("tu"[n % 2],)) for n in range(20)))
    commit(repository, *(plot(f"x{n:02}", town="b", tags=("t",)) for n in range(20)))

    first = repository.page(Plot, {"town": "a", "tags": "t"}, "key", 10)

    assert len(first.items) < 10
    assert first.cursor
    assert len(walked(repository, {"town": "a", "tags": "t"}, "key", 3)) == 10


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAAAAAAAAAA", "=" * 9])
def test_a_cursor_that_is_none_is_named(repository, cursor):
    with pytest.raises(Invalid) as problem:
        repository.page(Plot, {}, "key", 10, cursor)

    assert problem.value.reasons[0].field == "cursor"


def test_a_cursor_of_another_list_is_refused(repository):
    commit(repository, plot("a"), plot("b"))
    cursor = repository.page(Plot, {}, "key", 1).cursor

    for filters, order in (({"town": "a"}, "key"), ({}, "-key")):
        with pytest.raises(Invalid):
            repository.page(Plot, filters, order, 1, cursor)


def test_values_that_differ_sort_as_they_are_and_none_comes_first():
    day = datetime(2023, 8, 1, 9, tzinfo=UTC)
    rising = [
        [None, Decimal("0.000001"), Decimal(2), 10, Decimal("99999999999.999999")],
        [None, day.date(), (day + timedelta(days=1)).date()],
        [day, day.astimezone(timezone(timedelta(hours=8))) + timedelta(seconds=1)],
        ["", "a", "a b", "b", "地"],
    ]

    for values in rising:
        texts = [sortable(value) for value in values]
        assert texts == sorted(texts)
        assert len(set(texts)) == len(texts)


@given(
    st.decimals(0, 10**15, places=6, allow_nan=False),
    st.decimals(0, 10**15, places=6, allow_nan=False),
)
def test_numbers_sort_by_their_size_to_the_last_of_six_places(one, other):
    assert (one < other) == (sortable(one) < sortable(other))
