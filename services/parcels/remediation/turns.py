"""The turns of a case: reports that may come any number of times, and that are all kept.

A turn is known by its day and by what it says; under which event it came makes no difference. Two that
say the same of one day are one, which is told apart by its number where a day has really two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..words import Said


class TurnKind(StrEnum):
    ACCEPTANCE_REQUESTED = "acceptance_requested"  # 验收申请
    RETURNED = "returned"  # 退回: something is missing
    SUSPENDED = "suspended"  # 中止: the clock stands still
    RESUMED = "resumed"  # 恢复
    CANCELLED = "cancelled"  # 撤销, for good
    REOPENED = "reopened"  # 问题反弹: the trouble has come back
    FOLLOWED_UP = "followed_up"  # 回头看

    @property
    def day(self) -> str:
        """The field of an event or a fact that has its day."""
        return "requested_on" if self is TurnKind.ACCEPTANCE_REQUESTED else f"{self}_on"


@record
class Turn:
    """`said.on` is its day. Beside that each kind fills what it has to say: `reason` of a suspension,
    a resumption or a cancellation, `missing` of a return, `findings` of a check or a reopening.
    `told` is true once it had an effect: then its fact was announced, and is not once more."""

    kind: TurnKind
    operator_role: str
    said: Said
    request_no: int | None = None
    reason: str | None = None
    missing: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    all_is_well: bool | None = None
    told: bool = False

    def is_same_as(self, other: Turn) -> bool:
        """Nothing but the event that brought it differs."""
        same_event = replace(self, said=other.said, told=other.told)
        return self.said.on == other.said.on and same_event == other

    def what(self, names: Iterable[str]) -> dict[str, Any]:
        """Its day and these of its fields, as its fact has them."""
        own = {name: getattr(self, name) for name in names if name != self.kind.day}
        return {self.kind.day: self.said.on} | own


def with_turn(turns: tuple[Turn, ...], turn: Turn) -> tuple[Turn, ...]:
    """The turns and this one, in order. Of two that are the same the one that was said first stays."""
    same = [each for each in turns if each.is_same_as(turn)]
    others = [each for each in turns if not each.is_same_as(turn)]
    first = min([*same, turn], key=lambda each: each.said)
    first = replace(first, told=any(each.told for each in same))
    return tuple(sorted([*others, first], key=lambda each: each.said))
