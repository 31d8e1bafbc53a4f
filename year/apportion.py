"""A whole in so many parts, by weights: whole numbers that add up to it exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def apportioned(whole: int, parts: int, weight: Callable[[int], float]) -> Iterator[int]:
    """The parts one after the other. The weight of each is asked for twice, and none is kept."""
    in_all = sum(weight(number) for number in range(parts))
    given, so_far = 0, 0.0
    for number in range(parts):
        so_far += weight(number)
        until = whole if number == parts - 1 else round(whole * so_far / in_all)
        yield until - given
        given = until
