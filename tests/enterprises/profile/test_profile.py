"""Persons are masked before anything is kept, and the scale follows the threshold of the day."""

from __future__ import annotations

import pytest

from backbone.errors import Answered, NotFound
from services.enterprises.profile.persons import masked_name, masked_phone

from ..reports import FIRM, OTHER, firm


def revenue(amount="20000000", **more):
    report = {"enterprise_id": FIRM, "data_year": 2022, "source_class": "tax"}
    return report | {"main_revenue_cny": amount, "reported_on": "2023-08-01"} | more


def scale(enterprises, **asked):
    return enterprises.read("scale_of", enterprise_id=FIRM, **asked)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001234", "****1234"),
        ("0575-8212 3456 转 8", "****4568"),
        ("１３８００００１２３４", "****1234"),
        ("8212345", "****2345"),
        ("821234", "****"),
        ("none", "****"),
    ],
)
def test_of_a_phone_number_the_last_four_digits_are_kept(phone, shown):
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王**"), (" John Li", "J**")])
def test_of_a_name_the_first_character_is_kept(name, shown):
    assert masked_name(name) == shown


def test_no_person_is_kept_with_name_or_number(enterprises):
    report = {
        "enterprise_id": FIRM,
        "established_on": "2015-01-01",
        "deregistered_on": "2022-12-31",
        "funding": "foreign",
        "legal_representative": "王小明",
        "contact_name": "欧阳修",
        "contact_phone": "13800001234",
        "reported_on": "2023-08-01",
    }
    assert "is kept masked in contact_phone" in enterprises.tell("registration_reported", report)
    kept = enterprises.read("get_firm_profile", enterprise_id=FIRM)
    said = kept["registration"]
    assert (said["legal_representative"], said["contact_name"]) == ("王**", "欧**")
    assert (said["contact_phone"], said["funding"]) == ("****1234", "foreign")
    history = enterprises.read("firm_profile_history", enterprise_id=FIRM)
    everything = str([kept, history, enterprises.outbox])
    assert not any(each in everything for each in ("小明", "阳修", "13800001234"))


def test_a_firm_is_not_deregistered_before_it_was_established(enterprises):
    days = {"established_on": "2015-01-02", "deregistered_on": "2015-01-01"}
    with pytest.raises(Answered, match="before the first"):
        enterprises.tell(
            "registration_reported", {"enterprise_id": FIRM, "reported_on": "2023-08-01"} | days
        )


@pytest.mark.parametrize(
    ("amount", "found"), [("19999999.99", "below_scale"), ("20000000", "above_scale")]
)
def test_the_threshold_itself_is_above_scale(enterprises, amount, found):
    enterprises.tell("revenue_reported", revenue(amount))
    assert scale(enterprises)["scale_by_revenue"] == found
    assert scale(enterprises)["threshold_cny"] == "20000000"


def test_the_word_of_the_township_and_the_revenue_are_held_against_each_other(enterprises):
    enterprises.report(firm(scale="below_scale"))
    assert scale(enterprises)["warning"] is None
    assert scale(enterprises)["scale_by_revenue"] is None
    enterprises.tell("revenue_reported", revenue())
    found = scale(enterprises)
    assert (found["declared_scale"], found["revenue_year"]) == ("below_scale", 2022)
    assert "above_scale" in found["warning"]
    enterprises.report(firm(scale="above_scale"), id="later")
    assert scale(enterprises)["warning"] is None


def test_the_revenue_is_that_of_the_latest_year_before_the_day(enterprises):
    enterprises.tell("revenue_reported", revenue("1", data_year=2021))
    enterprises.tell("revenue_reported", revenue())
    assert scale(enterprises, on="2022-12-31")["scale_by_revenue"] == "below_scale"
    assert scale(enterprises, on="2023-01-01")["scale_by_revenue"] == "above_scale"
    assert scale(enterprises, on="2021-12-31")["revenue_year"] is None


def test_the_tax_office_goes_before_the_firm_and_statistics_judge_nobody(enterprises):
    enterprises.tell("revenue_reported", revenue("90000000", source_class="statistics"))
    assert scale(enterprises)["scale_by_revenue"] is None
    enterprises.tell("revenue_reported", revenue("90000000", source_class="declared"))
    assert scale(enterprises)["scale_by_revenue"] == "above_scale"
    enterprises.tell("revenue_reported", revenue("1", source_class="tax"))
    assert scale(enterprises)["scale_by_revenue"] == "below_scale"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"data_year": 2023}, "YEAR_NOT_OVER"),
        ({"main_revenue_cny": "-1"}, "INVALID"),
        ({"source_class": "hearsay"}, "INVALID"),
    ],
)
def test_a_revenue_that_cannot_be_is_refused(enterprises, wrong, code):
    with pytest.raises(Answered) as caught:
        enterprises.tell("revenue_reported", revenue() | wrong)
    assert [each.code for each in caught.value.reasons] == [code]


@pytest.mark.parametrize("method", ["scale_of", "capital_of"])
def test_a_firm_of_which_nothing_is_known_is_not_found(enterprises, method):
    with pytest.raises(NotFound):
        enterprises.read(method, enterprise_id=OTHER)
