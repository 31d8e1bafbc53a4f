"""A call is answered, or says what can be done; while it may help it is made again, as the same call."""

from __future__ import annotations

import time
from typing import Any

import eventlet
import pytest

import client
from client import CallError, DeadlineExceeded, Invalid, NotFound, Park, Refused, Unavailable
from client.errors import CLASSES

from .scripted import SILENCE, Scripted, no, yes

AWAY = no("Unavailable")
REASON = {"code": "NOT_FOUND", "field": "parcel_id", "sentence": "There is no parcel of that id."}
SOIL: dict[str, Any] = {"notice_id": "n"}


@pytest.fixture
def park(broker_uri):
    with Park(broker_uri, timeout=60) as park:
        yield park


@pytest.fixture
def service(broker_uri):
    def answering(*answers, **more):
        return Scripted(broker_uri, *answers, **more)

    return answering


def acknowledge(park, **more):
    """A call that writes."""
    return park.notify.acknowledge(alert_id="a", by="desk", **more)


def read(park, **more):
    return park.parcels.parcel_history(parcel_id="p", **more)


@pytest.mark.parametrize(
    ("told", "raised", "is_a"),
    [
        ("Invalid", Invalid, CallError),
        ("Refused", Refused, CallError),
        ("NotFound", NotFound, Refused),
        ("DeadlineExceeded", DeadlineExceeded, CallError),
        ("Damaged", client.Damaged, CallError),
        ("MethodNotFound", client.MethodNotFound, CallError),
        ("MalformedRequest", client.MalformedRequest, CallError),
        ("KeyError", client.Defect, CallError),
    ],
)
def test_a_no_has_its_class_and_its_reasons_and_is_not_asked_again(
    park, service, told, raised, is_a
):
    with service(no(told, REASON), yes([])) as asked, pytest.raises(is_a) as problem:
        read(park)

    assert type(problem.value) is raised
    assert problem.value.reasons == (("NOT_FOUND", "parcel_id", "There is no parcel of that id."),)
    assert len(asked.asked) == 1


def test_each_error_that_the_contracts_list_has_a_class():
    assert set(CLASSES) >= {each.__name__ for each in _told()}


def _told():
    from backbone.errors import TOLD

    return TOLD


def test_an_error_without_reasons_has_none(park, service):
    said = no("Damaged", value="The parcel p cannot be read.")
    said["error"]["exc_args"] = ["The parcel p cannot be read."]
    with (
        service(said),
        pytest.raises(client.Damaged, match="The parcel p cannot be read") as problem,
    ):
        read(park)

    assert problem.value.reasons == ()


def test_a_write_is_made_again_under_one_request_id_while_something_is_away(park, service):
    with service(AWAY, AWAY, no("Refused", REASON)) as asked, pytest.raises(Refused) as problem:
        acknowledge(park)

    assert len(asked.asked) == 3
    (request_id,) = {each["request_id"] for each in asked.asked}
    assert problem.value.request_id == request_id


def test_two_writes_have_two_request_ids_and_one_of_the_callers_is_kept(park, service):
    with service(no("Refused")) as asked:
        for given in (None, None, "mine"):
            with pytest.raises(Refused):
                acknowledge(park, request_id=given)

    one, other, mine = (each["request_id"] for each in asked.asked)
    assert one != other
    assert mine == "mine"


def test_a_call_without_an_answer_is_sent_again_and_answered_once(park, service):
    with service(SILENCE, yes([])) as asked:
        assert read(park, timeout=8) == []

    assert len(asked.asked) == 2


def test_a_call_that_nobody_answers_ends_at_its_deadline_with_the_request_id(park, service):
    began = time.monotonic()
    with service(SILENCE), pytest.raises(DeadlineExceeded, match=r"notify\.acknowledge") as problem:
        acknowledge(park, timeout=1, request_id="mine")

    assert 0.9 < time.monotonic() - began < 30
    assert problem.value.request_id == "mine"


def test_what_stays_away_until_the_deadline_is_unavailable(park, service):
    with service(AWAY) as asked, pytest.raises(Unavailable):
        read(park, timeout=3)

    assert 2 <= len(asked.asked) <= 7, "with growing pauses"


def test_a_service_that_was_never_started_is_unavailable(park, service):
    with service(yes([])):
        read(park)
    with pytest.raises(Unavailable, match=r"parcels\.parcel_history was not reached"):
        read(park, timeout=2)


def test_a_broker_that_is_not_there_is_unavailable():
    with Park("amqp://127.0.0.1:1/") as park, pytest.raises(Unavailable):
        read(park, timeout=0.5)


def test_a_late_answer_is_not_taken_for_that_of_the_next_call(park, service):
    with service(yes([{"version": 1}]), yes([]), slow_s=1.5):
        with pytest.raises(DeadlineExceeded):
            read(park, timeout=0.8)

        assert read(park) == []


def test_the_service_is_told_until_when_somebody_waits(park, service):
    with service(yes([])) as asked:
        read(park, timeout=60)

    (headers,) = asked.headers
    assert 0 < headers["x-deadline"] - time.time() < 60
    assert headers["routing_key"] == "parcels.parcel_history"


def test_threads_may_share_a_park(park, service):
    with service(yes([]), slow_s=0.05) as asked:
        calls = [eventlet.spawn(read, park) for _ in range(5)]

        assert [each.wait() for each in calls] == [[]] * 5
    assert len(asked.asked) == 5


def test_a_call_that_is_broken_off_spoils_no_later_one(park, service):
    with service(yes([{"version": 1}]), yes([]), slow_s=1.5):
        with pytest.raises(KeyboardInterrupt), eventlet.Timeout(0.8, KeyboardInterrupt()):
            read(park)

        assert read(park) == []


def test_what_is_left_out_is_not_sent_and_nothing_is_nothing(park, service):
    page = yes({"items": [], "cursor": None})
    with service(page) as asked:
        park.parcels.list_parcels(filter={"township": "330604006"}, cursor=None)

    assert asked.asked == [{"filter": {"township": "330604006"}, "cursor": None}]


def test_a_list_is_read_page_after_page(park, service):
    pages = [
        yes({"items": [{"version": n}], "cursor": c}) for n, c in ((1, "c1"), (2, "c2"), (3, None))
    ]
    with service(*pages) as asked:
        found = list(park.parcels.all_parcels(order="-area_m2", limit=1))

    assert [each["version"] for each in found] == [1, 2, 3]
    assert [each["cursor"] for each in asked.asked] == [None, "c1", "c2"]
    assert {each["order"] for each in asked.asked} == {"-area_m2"}
