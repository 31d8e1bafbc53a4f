"""Settings from the environment, and those that a service must not start with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.settings import DAY_S, Settings, Unusable, from_environment, masked


def test_what_the_environment_says_stands():
    chosen = from_environment({"AMQP_URI": "amqp://h//", "ATTEMPTS": "3"})

    assert (chosen.amqp_uri, chosen.attempts) == ("amqp://h//", 3)


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path):
    (tmp_path / "uri").write_text("amqp://user:secret@h//\n")

    assert (
        from_environment({"AMQP_URI_FILE": str(tmp_path / "uri")}).amqp_uri
        == "amqp://user:secret@h//"
    )


def test_a_number_that_is_none_is_named():
    with pytest.raises(Unusable, match="ATTEMPTS"):
        from_environment({"ATTEMPTS": "many"})


def test_a_log_level_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(Unusable, match="DEBUG, INFO"):
        from_environment({"LOG_LEVEL": "loud"})


def test_a_memory_shorter_than_the_last_copy_is_refused_with_the_figure_that_would_fit():
    with pytest.raises(Unusable, match="Set INBOX_DAYS to 38 or more"):
        from_environment({"INBOX_DAYS": "37"})

    assert from_environment({"INBOX_DAYS": "38"}).inbox_days == 38


@given(
    st.integers(1, 12),
    st.integers(1, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(1, 200),
)
def test_a_service_never_starts_that_could_forget_a_message_before_its_last_copy(
    attempts, first_s, parked, outage, inbox
):
    chosen = Settings(
        attempts=attempts,
        retry_first_s=first_s,
        parked_days=parked,
        outage_days=outage,
        inbox_days=inbox,
    )
    latest_s = (
        sum(chosen.retry_delay_s(n, 1) for n in range(1, attempts)) + (parked + outage) * DAY_S
    )

    try:
        chosen.checked()
    except Unusable:
        assert inbox * DAY_S <= latest_s
    else:
        assert inbox * DAY_S > latest_s


@given(st.integers(1, 20), st.floats(0, 1))
def test_delays_grow_to_their_bound_and_keep_within_a_quarter(attempt, chance):
    chosen = Settings(retry_first_s=4, retry_longest_s=600)
    planned = min(4 * 4 ** (attempt - 1), 600)

    assert planned * 0.75 - 1 <= chosen.retry_delay_s(attempt, chance) <= planned * 1.25 + 1


def test_a_password_is_masked():
    assert masked("amqp://user:secret@host//") == "amqp://user:***@host//"
