"""The codes of one firm: every mark that was made, and what was told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date

from backbone.records import record

from .kinds import Kind
from .marks import IndustryMean, Mark, mean_of, standing
from .printed import code_id_of
from .rules import falls, judged


@record
class Told:
    """What was told last of the code of a period, `fell` as a fall. `change_no` grows with each fact."""

    kind: str
    period: str
    value: str | None
    colour: str | None
    previous_value: str | None
    fell: bool
    reason_code: str
    change_no: int = 0


@record
class FirmCodes:
    """`marks` are all that was ever said, `told` by the id of the code what followed from them when it
    was told last, under the rulebook of the day `rules_from`."""

    enterprise_id: str
    marks: tuple[Mark, ...] = ()
    means: tuple[IndustryMean, ...] = ()
    told: dict[str, Told] = field(default_factory=dict)
    rules_from: str = ""

    @property
    def township(self) -> str:
        return self.enterprise_id.partition("-")[0]

    @property
    def current(self) -> tuple[str, ...]:
        """Each kind with the value that was told of its newest period: `grade_code=C`."""
        newest = {each.kind: each for each in self.told.values()}  # in the order of their periods
        return tuple(f"{kind}={each.value}" for kind, each in newest.items() if each.value)

    def with_mark(self, mark: Mark) -> FirmCodes:
        """With one more mark. One that was made before adds nothing."""
        if any(each.report_id == mark.report_id for each in self.marks) or (
            mark.revision and any(each.content == mark.content for each in self.marks)
        ):
            return self
        marks = sorted([*self.marks, mark], key=lambda e: (e.kind, e.period, e.order))
        return replace(self, marks=tuple(marks))

    def with_means(self, means: tuple[IndustryMean, ...]) -> FirmCodes:
        held = {each.report_id: each for each in (*self.means, *means)}
        return replace(self, means=tuple(held[key] for key in sorted(held)))

    def told_under(self, kinds: dict[str, Kind], rules_from: date) -> FirmCodes:
        """With everything told that follows from the marks under these rules."""
        found = dict(self.told)
        for name, kind in kinds.items():
            found |= {code_id_of(self.enterprise_id, each): each for each in self._now(name, kind)}
        return replace(self, told=dict(sorted(found.items())), rules_from=rules_from.isoformat())

    def _now(self, name: str, kind: Kind) -> Iterator[Told]:
        before: str | None = None
        for period, (_, mark) in standing(m for m in self.marks if m.kind == name).items():
            judgement = judged(kind, mark, mean_of(self.means, mark, None))
            previous = before or mark.previous_value
            valued = kind.valued(judgement.value)
            now = Told(
                kind=name,
                period=period,
                value=judgement.value,
                colour=valued.colour if valued else None,
                previous_value=previous,
                fell=kind.tells_falls and falls(kind, judgement.value, previous),
                reason_code=judgement.reason.code,
            )
            yield self._numbered(now)
            before = judgement.value or before

    def _numbered(self, now: Told) -> Told:
        held = self.told.get(code_id_of(self.enterprise_id, now))
        number = held.change_no if held else 0
        return replace(now, change_no=number + 1 if is_news(held, now) else number)


def is_news(held: Told | None, now: Told) -> bool:
    """Whether a code has to be told: it is another one than was told of its period, or, where nothing
    was, than that of the period before."""
    if held is None:
        return now.fell or now.value != now.previous_value
    return (held.value, held.colour, held.fell) != (now.value, now.colour, now.fell)
