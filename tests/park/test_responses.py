"""How long reports took: of what is kept, each report once, and what a spread says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from park.responses.times import (
    Reported,
    Spread,
    once_each,
    reports_in,
    spread_of,
    times_of,
    with_effects,
)

TOWN = "330604006"
NOON = datetime(2023, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def change(event_id="e1", at=NOON, source=f"/townships/{TOWN}", **changed: Any) -> dict[str, Any]:
    by = {"source": source, "id": event_id, "type": "parcel.registered"}
    return {"at": at.isoformat(), "by": by, "changed": changed}


def said(event_id="e1", at=NOON - HOUR) -> dict[str, Any]:
    return {"on": "2023-09-01", "at": at.isoformat(), "event_id": event_id}


@pytest.mark.parametrize(
    ("changed", "sent_at"),
    [
        ({"surveyed": said()}, NOON - HOUR),
        ({"reports": [{"said": said("e0", NOON)}, {"said": said()}]}, NOON - HOUR),
        ({"surveyed": said("another")}, None),
        ({"report_id": "e1", "reported_at": "2023-09-01T11:00:00Z"}, NOON - HOUR),
        ({"area_m2": "10"}, None),
        (
            {
                "entries": [
                    {"said_at": "2023-09-01T09:00:00Z", "known_at": "2023-09-01T12:00:00Z"},
                    {"said_at": "2023-09-01T08:00:00Z", "known_at": "2023-09-01T11:00:00Z"},
                ]
            },
            NOON - 3 * HOUR,
        ),
    ],
)
def test_when_a_report_was_sent_is_what_its_thing_keeps_of_it(changed, sent_at):
    [found] = reports_in([change(**changed)], TOWN, NOON - HOUR)

    assert (found.sent_at, found.received_at, found.effect_at) == (sent_at, NOON, NOON)


def test_the_time_that_stands_beside_the_change_goes_before_what_the_thing_keeps():
    given = change(surveyed=said())
    given["by"]["time"] = (NOON - 2 * HOUR).isoformat()

    [found] = reports_in([given], TOWN, NOON - HOUR)

    assert found.sent_at == NOON - 2 * HOUR


@pytest.mark.parametrize(
    "given",
    [
        change(source="/townships/330604001"),
        change(source="/services/parcels"),
        change(at=NOON - 2 * HOUR),
    ],
)
def test_what_others_changed_and_what_came_before_does_not_count(given):
    assert list(reports_in([given], TOWN, NOON - HOUR)) == []


def test_a_report_that_changed_several_things_counts_once_from_the_first():
    later = Reported(event_id="e1", sent_at=NOON - HOUR, received_at=NOON + HOUR, effect_at=None)
    first = Reported(event_id="e1", sent_at=None, received_at=NOON, effect_at=NOON)

    assert once_each([later, first]) == once_each([first, later])
    [found] = once_each([later, first])
    assert (found.received_at, found.sent_at) == (NOON, NOON - HOUR)


def test_an_effect_that_came_later_or_not_yet_takes_the_place_of_the_receipt():
    found = [
        Reported(event_id=name, sent_at=NOON, received_at=NOON, effect_at=NOON) for name in "abc"
    ]

    after = with_effects(found, {"a": NOON + HOUR, "b": None})

    assert [each.effect_at for each in after] == [NOON + HOUR, None, NOON]


@pytest.mark.parametrize(
    ("seconds", "spread"),
    [
        ([], None),
        ([5], Spread(counted=1, median_s=5, most_s=5, longest_s=5)),
        ([-3], Spread(counted=1, median_s=0, most_s=0, longest_s=0)),
        ([4, 1], Spread(counted=2, median_s=1, most_s=4, longest_s=4)),
        (range(1, 11), Spread(counted=10, median_s=5, most_s=9, longest_s=10)),
        (range(1, 12), Spread(counted=11, median_s=6, most_s=10, longest_s=11)),
    ],
)
def test_half_and_nine_of_ten_took_at_most_so_long(seconds, spread):
    assert spread_of(seconds) == spread


def test_a_report_of_which_the_sending_is_unknown_is_counted_and_not_timed():
    unknown = Reported(event_id="e1", sent_at=None, received_at=NOON, effect_at=NOON)

    found = times_of(TOWN, NOON, NOON, [unknown], [], 5)

    assert (found.reports_found, found.sent_unknown, found.to_receipt) == (1, 1, None)
