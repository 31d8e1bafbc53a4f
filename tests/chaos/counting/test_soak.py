"""The soak in its short form: `make soak` is the long one, which also judges the memory."""

from __future__ import annotations

import pytest

from tests.chaos import soak


@pytest.fixture(scope="module")
def account(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    found = soak.run(rabbitmq, redis_server, seconds=18, per_s=60, every_s=1.5)
    print(found)
    return found


def test_under_a_constant_load_every_report_is_done_once_to_the_last_alert(account):
    assert account.sent > 300
    assert account.sent == account.accepted
    assert (account.lost, account.doubled, account.calls_failed) == (0, 0, 0)


def test_no_connection_channel_queue_or_file_is_left_open(account):
    assert len(account.samples) >= 6
    assert account.leaked == {}, account.gained


def test_every_key_in_redis_has_an_owner_or_an_end(account):
    assert {"{parcels}:parcel", "{parcels}:done", "{notify}:hop"} <= account.samples[-1].keys.keys()
    assert account.stray == {}


def test_a_file_left_open_for_each_call_is_told_from_pools_that_grew():
    pools = dict.fromkeys(soak.OF_ALL, len(soak.SERVICES)) | {"files of notify": 2}
    pools["redis_clients"] = soak.MOST_CLIENTS_MORE
    assert soak.Soak(gained=pools).leaked == {}
    assert soak.Soak(gained=pools | {"files of notify": 3}).leaked == {"files of notify": 3}
    assert soak.Soak(gained=pools | {"channels": 5}).leaked == {"channels": 5}
    assert soak.Soak(gained=pools | {"redis_clients": 33}).leaked == {"redis_clients": 33}
