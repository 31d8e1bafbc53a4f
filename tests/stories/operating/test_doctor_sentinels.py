"""`tenglong doctor` looks at each Sentinel and each Redis that they name: one of them may take over."""

from __future__ import annotations

import pytest
import redis

from cli.doctor.sentinels import sentinels
from tests.support.cluster import RedisGroup


@pytest.fixture(scope="module")
def group():
    redis_group = RedisGroup(replicas=1)
    yield redis_group.start()
    redis_group.discard()


def states(found):
    return sorted((each.subject, each.state) for each in found)


WELL = [("replicas", "well")] * 2


def test_a_password_that_they_do_not_take_is_said_of_each_that_does_not_take_it(group):
    group.settle()
    login = group.new_url().replace("//", "//nobody:wrong@")
    asked = [each for each in sentinels(login) if each.state == "look"]
    of_sentinels = list(
        sentinels(f"{group.new_url()}?sentinel_username=nobody&sentinel_password=wrong")
    )

    assert [each.subject for each in asked] == ["replicas"] * len(group.members)
    assert all("refuses our login" in each.said for each in asked)
    assert states(of_sentinels) == [("sentinels", "look")] * len(group.sentinels)
    assert all("sentinel_password" in each.remedy for each in of_sentinels)
    assert "wrong@" not in str(asked)


def test_a_replica_that_would_lose_commits_once_it_takes_over_is_named(group):
    group.settle()
    replica = next(each for each in group.members if each is not group.master())
    with redis.Redis.from_url(replica.url) as administrator:
        administrator.config_set("appendfsync", "everysec")
        found = [each for each in sentinels(group.new_url()) if each.state == "look"]
        administrator.config_set("appendfsync", "always")

    (late,) = found
    assert late.said.startswith(f"127.0.0.1:{replica.ports[0]}: Redis answers before")
    assert late.remedy.startswith("Set appendfsync always")


def test_each_of_them_is_looked_at_and_the_one_that_is_away_is_named(group):
    url = group.new_url()
    group.settle()
    well = states(sentinels(url))
    count = len(group.sentinels)
    replica = next(each for each in group.members if each is not group.master())
    replica.kill()
    group.sentinels[0].kill()
    found = list(sentinels(url))

    assert well == [*WELL, *[("sentinels", "well")] * count]
    late = {each.subject: each.said for each in found if each.state == "look"}
    assert late.keys() == {"replicas", "sentinels"}
    assert f":{replica.ports[0]}: " in late["replicas"]
    assert f":{group.sentinels[0].ports[0]}: " in late["sentinels"]
    assert len(found) == len(well)
    assert all(each.remedy for each in found if each.state == "look")


def test_of_one_redis_without_sentinels_nothing_is_said():
    assert list(sentinels("redis://127.0.0.1:9/0")) == []
