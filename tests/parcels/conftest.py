from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from backbone.errors import Answered

from .harness import Parcels


@pytest.fixture
def parcels() -> Parcels:
    return Parcels()


@pytest.fixture
def refused() -> Callable[..., object]:
    """`with refused("NOT_YET"):` what is done inside is refused, for just these reasons."""

    @contextmanager
    def check(*codes: str) -> Iterator[None]:
        with pytest.raises(Answered) as caught:
            yield
        assert [reason.code for reason in caught.value.reasons] == list(codes)

    return check
