"""A store of plots."""

from __future__ import annotations

import pytest

from backbone.store.redis import connect
from backbone.store.repository import Repository

from .plots import KEPT


@pytest.fixture
def redis(store_url):
    return connect(store_url)


@pytest.fixture
def repository(redis):
    return Repository("land", redis, [KEPT])
