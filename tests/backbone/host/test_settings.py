"""Settings from the environment, and those that a service must not start with."""

from __future__ import annotations

import dataclasses
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.settings import (
    DAY_S,
    Settings,
    Unusable,
    from_environment,
    latest,
    masked,
    meanings,
)


def test_what_the_environment_says_stands():
    chosen = from_environment({"AMQP_URI": "amqp://h//", "REDIS_URL": "redis://h", "ATTEMPTS": "3"})

    assert (chosen.amqp_uri, chosen.attempts) == ("amqp://h//", 3)


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path):
    (tmp_path / "uri").write_text("amqp://user:secret@h//\n")

    named = {"AMQP_URI_FILE": str(tmp_path / "uri"), "REDIS_URL": "redis://h"}

    assert from_environment(named).amqp_uri == "amqp://user:secret@h//"


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


def test_facts_are_not_kept_for_longer_than_their_hearers_know_them():
    with pytest.raises(Unusable, match="ANNOUNCED_DAYS=45 is too long"):
        from_environment({"ANNOUNCED_DAYS": "45"})

    assert from_environment({"ANNOUNCED_DAYS": "44"}).announced_days == 44


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
        announced_days=0,
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


@pytest.mark.parametrize("zone", ["Shanghai/Asia", "../etc", "", "+08:00", "Asia", "Asia/上海"])
def test_a_time_zone_that_nobody_knows_is_named_with_one_that_would_be_right(zone):
    with pytest.raises(Unusable, match=f"TIME_ZONE={re.escape(zone)} .*Asia/Shanghai"):
        from_environment({"TIME_ZONE": zone})


def test_the_day_is_that_in_shanghai_unless_the_installation_says_another():
    assert from_environment({}).zone.key == "Asia/Shanghai"
    assert from_environment({"TIME_ZONE": "Europe/Berlin"}).zone.key == "Europe/Berlin"


def test_a_secret_s_file_that_is_not_there_is_named():
    with pytest.raises(Unusable, match=r"AMQP_URI.* names /nowhere/uri"):
        from_environment({"AMQP_URI_FILE": "/nowhere/uri"})


def test_the_file_of_the_management_api_may_be_away_and_is_read_again_when_it_is_there(tmp_path):
    file = tmp_path / "management-url"
    assert from_environment({"MANAGEMENT_URL_FILE": str(file)}).management_url == ""

    file.write_text("https://mill:first@h:15671\n")
    read = from_environment({"MANAGEMENT_URL_FILE": str(file)}).management_url
    file.write_text("https://mill:second@h:15671\n")
    assert (read, latest(read)) == ("https://mill:first@h:15671", "https://mill:second@h:15671")


def test_what_becomes_of_a_store_at_risk_is_one_of_two():
    assert from_environment({}).store_at_risk == "refuse"
    with pytest.raises(Unusable, match="STORE_AT_RISK=maybe is none of refuse, serve"):
        from_environment({"STORE_AT_RISK": "maybe"})


def test_a_number_is_read_from_a_file_too(tmp_path):
    (tmp_path / "n").write_text("3\n")

    assert from_environment({"ATTEMPTS_FILE": str(tmp_path / "n")}).attempts == 3


def test_reading_another_environment_leaves_the_process_s_own_alone(monkeypatch):
    monkeypatch.setenv("ATTEMPTS", "4")
    with pytest.raises(Unusable):
        from_environment({"ATTEMPTS": "many"})

    assert os.environ["ATTEMPTS"] == "4"
    assert from_environment({}).attempts == Settings().attempts
    assert from_environment().attempts == 4


def test_every_setting_says_what_it_means():
    assert set(meanings()) == {each.name for each in dataclasses.fields(Settings)}
    assert all(meanings().values())


def test_delays_grow_fourfold_until_the_longest():
    chosen = Settings(retry_first_s=1, retry_longest_s=60)

    assert [chosen.retry_delay_s(n, 0.5) for n in range(1, 6)] == [1, 4, 16, 60, 60]


@given(st.integers(1, 20), st.floats(0, 1))
def test_jitter_keeps_within_a_quarter_and_the_tries_within_their_span(attempt, chance):
    chosen = Settings(retry_first_s=4)
    middle = chosen.retry_delay_s(attempt, 0.5)

    assert abs(chosen.retry_delay_s(attempt, chance) - middle) <= middle / 4
    tries = range(1, chosen.attempts)
    assert sum(chosen.retry_delay_s(n, chance) for n in tries) <= chosen.retry_span_s


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("redis://:secret@host:6379/0", "redis://:***@host:6379/0"),
        ("amqp://u:se%2Fcret@h//", "amqp://u:***@h//"),
        ("amqp://u:p@secret@h//", "amqp://u:***@h//"),
        ("amqp://u:secret@h//;amqp://u:secret@i//", "amqp://u:***@h//;amqp://u:***@i//"),
        ("redis://host/0", "redis://host/0"),
        ("redis://host:6379/0?password=secret", "redis://host:6379/0?password=***"),
    ],
)
def test_a_uri_is_shown_without_its_password(uri, shown):
    assert masked(uri) == shown


@pytest.mark.parametrize("name", ["AMQP_URI", "REDIS_URL", "MANAGEMENT_URL"])
@pytest.mark.parametrize(
    "rest",
    [
        "u:12/ret@h:1/0",
        "u:sec#ret@h:1/0",
        "u:sec?ret@h:1/0",
        "u:sec ret@h:1/0",
        "u:12?ret@h:1/0",
        "h:sec/0",
    ],
)
def test_a_url_that_would_be_read_otherwise_than_it_was_meant_is_refused_and_not_shown(name, rest):
    scheme = {"AMQP_URI": "amqp", "REDIS_URL": "redis", "MANAGEMENT_URL": "http"}[name]

    with pytest.raises(Unusable, match=f"^{name} cannot be read as .*/ is written %2F") as refused:
        from_environment({name: f"{scheme}://{rest}"})

    assert not {"sec", "ret", "12"} & set(re.split(r"\W+", str(refused.value)))


@pytest.mark.parametrize(
    "uri",
    [
        "amqp://",
        "amqp://u:p@secret@one:5672,[::1]:5672,three/%2F",
        "amqps://u:a%2Fb:c@h//?ssl_ca_certs=/etc/ca.pem&ssl_cert_reqs=required",
        "pyamqp://h/zone-a",
        "amqps://u:p@h//?ssl_ca_certs=/etc/a@b;c.pem",
        "amqp://u:p@one//;amqp://u:p@two//",
    ],
)
def test_every_other_url_is_taken_as_it_is(uri):
    assert from_environment({"AMQP_URI": uri}).amqp_uri == uri


def test_a_real_broker_with_a_store_in_memory_is_refused():
    with pytest.raises(Unusable, match="REDIS_URL"):
        from_environment({"AMQP_URI": "amqp://guest:guest@localhost/%2F"}).fit_to_run()


def test_a_real_store_with_a_broker_in_memory_is_refused():
    """It would publish what waits in the outboxes to nobody."""
    with pytest.raises(Unusable, match="AMQP_URI"):
        from_environment({"REDIS_URL": "redis://localhost/0"}).fit_to_run()


@pytest.mark.parametrize(
    "name", ["BATCH", "ATTEMPTS", "HEARTBEAT_S", "RPC_WORKERS", "RELAY_LEASE_S"]
)
@pytest.mark.parametrize("value", ["0", "-1"])
def test_a_number_too_small_to_work_with_is_refused(name, value):
    with pytest.raises(Unusable, match=f"{name}={value} is too small"):
        from_environment({name: value})


@pytest.mark.parametrize(
    ("name", "value"), [("AMQP_URI", "foo"), ("AMQP_URI", ""), ("REDIS_URL", "localhost:6379")]
)
def test_what_is_no_address_is_told_how_one_begins(name, value):
    with pytest.raises(Unusable, match=f"{name} must begin with"):
        from_environment({name: value})
