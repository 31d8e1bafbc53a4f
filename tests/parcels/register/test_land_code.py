"""The governance code of a plot: anybody can check it, and a typing error is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parcels.register.land_code import (
    ALPHABET,
    land_code_of,
    parcel_id_of,
    problem_of,
)

IDS = st.builds(
    lambda township, own: f"{township}-{own}",
    st.text("0123456789", min_size=9, max_size=9),
    st.text(ALPHABET, min_size=1, max_size=40),
)


@pytest.mark.parametrize(
    ("parcel_id", "code"),
    [
        ("330604006-0231", "330604006-0231/67"),
        ("330604006-0232", "330604006-0232/96"),
        ("330604107-a.B_9", "330604107-a.B_9/67"),
    ],
)
def test_the_code_of_a_plot_is_always_the_same(parcel_id, code):
    assert land_code_of(parcel_id) == code
    assert parcel_id_of(code) == parcel_id


@given(IDS)
def test_the_code_leads_back_to_its_plot(parcel_id):
    assert parcel_id_of(land_code_of(parcel_id)) == parcel_id


@given(IDS, st.data())
def test_one_wrong_character_is_always_noticed(parcel_id, data):
    at = data.draw(st.integers(0, len(parcel_id) - 1))
    digits = at < 9
    wrong = data.draw(
        st.sampled_from("0123456789" if digits else ALPHABET).filter(lambda c: c != parcel_id[at])
    )
    code = land_code_of(parcel_id)

    assert problem_of(code[:at] + wrong + code[at + 1 :])


@given(IDS, st.data())
def test_two_characters_that_changed_places_are_always_noticed(parcel_id, data):
    places = st.integers(0, len(parcel_id) - 1)
    one, two = sorted((data.draw(places), data.draw(places)))
    code = list(land_code_of(parcel_id))
    if code[one] == code[two]:
        return
    code[one], code[two] = code[two], code[one]

    assert problem_of("".join(code))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (" 330604006-0231/67 ", None),
        ("３３０６０４００６-０２３１／６７", None),
        ("330604006-0231/68", "LAND_CODE_CHECK"),
        ("330604006-0231/7", "LAND_CODE_FORM"),
        ("330604006-/67", "LAND_CODE_FORM"),
        ("33060400-0231/67", "LAND_CODE_FORM"),
        ("330604006-0231", "LAND_CODE_FORM"),
        ("330604006-0231/67/67", "LAND_CODE_FORM"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(typed, problem):
    found = problem_of(typed)

    assert (found and found.code) == problem
    assert (parcel_id_of(typed) is None) is bool(problem)
