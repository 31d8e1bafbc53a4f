"""Read these tests first. Each file defines small services of its own, and shows one idea a test.

The services run in a process of their own. Every test runs twice: over RabbitMQ and Redis, and over
the parts that are embedded in one process.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.defined import services_of
from tests.support.doorway import Host

QUICK = {"ATTEMPTS": "3", "RETRY_LONGEST_S": "1", "HANDLER_DEADLINE_S": "2", "LOG_LEVEL": "DEBUG"}


@pytest.fixture(scope="module", params=["embedded", "real"])
def host(request: pytest.FixtureRequest) -> Iterator[Host]:
    """The services of the test's file, running. Tests share them and use ids of their own."""
    if request.param == "embedded":
        amqp_uri, redis_url = "embedded://tests", "memory://tests"
    else:
        amqp_uri = request.getfixturevalue("rabbitmq").new_vhost()
        redis_url = request.getfixturevalue("redis_server").new_url()
    file = request.module
    with Host(file.__name__, [*services_of(file)], amqp_uri, redis_url, **QUICK) as running:
        yield running
