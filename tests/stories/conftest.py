"""The park whole: four services in a process of their own, over real and over embedded parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.doorway import Host
from tests.support.park import SERVICES, Story


@pytest.fixture(scope="session", params=["embedded", "real"])
def park(request: pytest.FixtureRequest) -> Iterator[Host]:
    """The four services. Tests share them and use parcels of their own."""
    if request.param == "embedded":
        amqp_uri, redis_url = "embedded://park", "memory://park"
    else:
        amqp_uri = request.getfixturevalue("rabbitmq").new_vhost()
        redis_url = request.getfixturevalue("redis_server").new_url()
    with Host("park", SERVICES, amqp_uri, redis_url) as host:
        host.call(
            "notify", "subscribe", name="desk", channel="log", address="desk", request_id="desk"
        )
        yield host


@pytest.fixture
def story(park: Host) -> Story:
    return Story(park)
