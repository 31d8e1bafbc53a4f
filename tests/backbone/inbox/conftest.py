"""An inbox of the mill, and what it keeps."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository

from .mill import Silo, inbox_of


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of what is meant to fail take longer to draw than the tests to run."""
    with capture_logs():
        yield


@pytest.fixture
def repository():
    return Repository(
        "mill", connect(f"memory://{uuid.uuid4()}"), [Collection(Silo, key="silo_id")]
    )


@pytest.fixture
def inbox(repository):
    return inbox_of(repository)
