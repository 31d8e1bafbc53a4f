"""Figures are decimals, days dates and moments have an offset, on the way out and on the way in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

import pytest

from client.values import LEFT_OUT, plain, read


class Owner(TypedDict):
    since: date


class Plot(TypedDict):
    area_m2: Decimal | None
    owners: list[Owner]
    figures: NotRequired[dict[str, Decimal]]


NOON = datetime(2023, 8, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (Decimal("11781.50"), "11781.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000001"), "0.000001"),
        (date(2023, 8, 1), "2023-08-01"),
        (NOON, "2023-08-01T12:00:00+00:00"),
        ({"wish": {"min_area_m2": Decimal(8000), "townships": LEFT_OUT}}, {"wish": {"min_area_m2": "8000"}}),
        ([date(2023, 8, 1), None], ["2023-08-01", None]),
        ((1, True, "x"), [1, True, "x"]),
    ],
)  # fmt: skip
def test_what_is_given_is_sent_as_the_contracts_write_it(given, sent):
    assert plain(given) == sent


@pytest.mark.parametrize(
    ("kind", "answered", "had"),
    [
        (Decimal, "11781.50", Decimal("11781.50")),
        (Decimal | None, None, None),
        (date | None, "2023-08-01", date(2023, 8, 1)),
        (datetime, "2023-08-01T12:00:00Z", NOON),
        (list[date], ["2023-08-01"], [date(2023, 8, 1)]),
        (dict[str, Decimal], {"tax": "30"}, {"tax": Decimal(30)}),
        (dict[str, Any], {"tax": "30"}, {"tax": "30"}),
        (Literal["a", "b"] | None, "c", "c"),
        (str | bool | None, "30", "30"),
        (int, 3, 3),
    ],
)
def test_what_is_answered_is_read_as_its_type(kind, answered, had):
    assert read(kind, answered) == had
    assert type(read(kind, answered)) is type(had)


def test_a_thing_is_read_to_its_depth_and_keeps_what_a_newer_service_adds():
    answered = {
        "area_m2": "1.5",
        "owners": [{"since": "2023-08-01"}],
        "figures": {"a": "2"},
        "new": "3",
    }

    assert read(Plot, answered) == {
        "area_m2": Decimal("1.5"),
        "owners": [{"since": date(2023, 8, 1)}],
        "figures": {"a": Decimal(2)},
        "new": "3",
    }


def test_a_thing_of_an_older_service_lacks_what_that_did_not_know():
    assert read(Plot, {"area_m2": None}) == {"area_m2": None}
