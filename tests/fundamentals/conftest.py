"""Read these tests first. A farm delivers flour, the bakery bakes, the shop sells: one idea a test.

Every test runs twice: over RabbitMQ and Redis, and over the parts that are embedded in one process.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.doorway import Host


@pytest.fixture(scope="module", params=["embedded", "real"])
def street(request: pytest.FixtureRequest) -> Iterator[Host]:
    """The bakery and the shop. Tests share it and use batches and breads of their own."""
    if request.param == "embedded":
        amqp_uri, redis_url = "embedded://street", "memory://street"
    else:
        amqp_uri = request.getfixturevalue("rabbitmq").new_vhost()
        redis_url = request.getfixturevalue("redis_server").new_url()
    quick = {
        "ATTEMPTS": "3",
        "RETRY_LONGEST_S": "1",
        "HANDLER_DEADLINE_S": "1",
        "LOG_LEVEL": "DEBUG",
    }
    with Host("sample", ["bakery", "shop"], amqp_uri, redis_url, **quick) as host:
        yield host
