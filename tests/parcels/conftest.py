from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from backbone.errors import Answered
from backbone.testing import Rehearsal
from services.installation import TOWNSHIPS
from services.parcels.service import ParcelsService

from .others import Enterprises, Projects
from .reports import XIAOYUE, event

NOON = datetime(2023, 9, 1, 4, 0, tzinfo=UTC)  # noon in the park


class Parcels(Rehearsal):
    """The service at noon. Events of a township are an hour apart, in the order of their making."""

    def __init__(self) -> None:
        self.enterprises, self.projects = Enterprises(), Projects()
        super().__init__(
            ParcelsService,
            feeds=[TOWNSHIPS],
            clock=lambda: NOON,
            enterprises=self.enterprises,
            projects=self.projects,
        )
        self._reports = itertools.count(1)

    def report(self, type_: str, data: dict[str, Any], township: str = XIAOYUE) -> str | None:
        """A township's event, now; answers the note of its receipt."""
        return self.handle(event(type_, data, next(self._reports), township))

    def handle(self, reported: dict[str, Any]) -> str | None:
        """An event as `reports.event` makes it. Raises what it is refused for."""
        given = dict(reported)
        type_, data = given.pop("type_"), given.pop("data")
        return self.hear("township", type_, data, **given).or_raise().note


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
