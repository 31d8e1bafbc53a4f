"""What is due is late from the day after its day on, for whoever asks."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid
from tests.projects.desk import SUPPLY, Desk


@pytest.fixture
def signed() -> Desk:
    """Signed on 8 September 2023: delivery is due on 8 October, as is the first instalment."""
    desk = Desk()
    desk.sign()
    return desk


def listed(desk, **asked) -> list[str]:
    given = {"order": "due_on"} | asked
    return [each["supply_step"] for each in desk.read("list_due_steps", **given)["items"]]


@pytest.mark.parametrize(("on", "late"), [("10-08 23:59", False), ("10-09 00:00", True)])
def test_a_step_is_late_from_the_day_after_its_day_on_without_any_timer(signed, on, late):
    signed.on(on)
    assert signed.step("delivery")["late"] is late
    steps = signed.read("list_due_steps", filter={"supply_step": "delivery"})["items"]
    assert [each["late"] for each in steps] == [late]
    found = listed(signed, filter={"late": True})
    assert found == ["result_publicity", *(["delivery", "payment"] if late else [])]
    assert ("delivery" in listed(signed, filter={"late": False})) is not late


def test_late_steps_and_the_others_are_all_the_steps(signed):
    signed.on("2024-03-10")
    late, others = listed(signed, filter={"late": True}), listed(signed, filter={"late": False})
    assert late == ["result_publicity", "delivery", "payment", "start"]
    assert sorted([*late, *others]) == sorted(listed(signed))


def test_a_step_that_is_done_is_late_no_longer(signed):
    signed.on("10-20")
    given = {"contract_id": SUPPLY, "delivered_on": "2023-10-19"}
    signed.call("record_delivery", **given)
    assert signed.step("delivery")["late"] is False
    then = {"step_id": f"{SUPPLY}.delivery.1", "as_of": "2023-10-10T12:00:00+08:00"}
    assert signed.read("get_due_step", **then)["late"] is True, "as it was then"


def test_the_late_ones_are_found_behind_many_that_are_not(signed):
    signed.on("2024-03-10")
    page = signed.read("list_due_steps", filter={"late": True}, order="-due_on", limit=1)
    assert [each["supply_step"] for each in page["items"]] == ["start"]
    rest = {"filter": {"late": True}, "order": "-due_on", "limit": 1}
    again = signed.read("list_due_steps", **rest, cursor=page["cursor"])
    assert [each["supply_step"] for each in again["items"]] == ["payment"]


def test_no_step_of_a_void_contract_is_late(signed):
    signed.void()
    assert listed(signed.on("2024-03-10"), filter={"late": True}) == []


def test_a_filter_that_is_neither_true_nor_false_is_refused(signed):
    with pytest.raises(Invalid, match="Give true or false"):
        signed.read("list_due_steps", filter={"late": "yes"})
