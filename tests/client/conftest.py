"""The park whole, in this process, on a broker and a store in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backbone.host.runner import Running
from backbone.settings import Settings
from backbone.testing import register
from services.installation import HOMES, classes, installation


@pytest.fixture(scope="module")
def park_uri() -> Iterator[str]:
    """The broker of a park that runs."""
    register()
    settings = Settings(
        amqp_uri="embedded://client", redis_url="memory://client", http_host="127.0.0.1"
    )
    running = Running(classes(HOMES), installation(settings), dict.fromkeys(HOMES, 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backbone.watchdog.start", lambda: None)  # the alarm is pytest's here
        running.start()
    yield settings.amqp_uri
    running.stop()
