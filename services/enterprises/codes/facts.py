"""The facts of codes. What a firm's figures were is not told, only what followed."""

from __future__ import annotations

from collections.abc import Iterator

from backbone.records import record

from .firm_codes import FirmCodes, Told


@record
class CodeChanged:
    """`enterprises.code_changed`: the code of a firm is another one than in the period before, or than
    was told of this period (`corrected`). Without a `value` it has none any more; `reason_code` says why.
    Of one `code_id` the highest `change_no` stands."""

    code_id: str
    enterprise_id: str
    township: str
    kind: str
    period: str
    value: str | None
    colour: str | None
    told_value: str | None
    previous_value: str | None
    corrected: bool
    reason_code: str
    rules_from: str
    change_no: int


@record
class CodeWorsened:
    """`enterprises.code_worsened`: a code of a firm, the carbon code say, is worse than before. A grade that
    dropped is told by the round that decided it."""

    code_id: str
    enterprise_id: str
    township: str
    kind: str
    period: str
    value: str
    previous_value: str | None
    change_no: int


EMITTED = (CodeChanged, CodeWorsened)


def facts_of(before: FirmCodes, after: FirmCodes) -> Iterator[CodeChanged | CodeWorsened]:
    """What is to be told of the step from `before` to `after`."""
    for code_id, now in after.told.items():
        held = before.told.get(code_id)
        if now.change_no == (held.change_no if held else 0):
            continue
        yield _changed(code_id, held, now, after)
        if now.fell and not (held and held.fell and held.value == now.value):
            yield _fallen(code_id, now, after)


def _changed(code_id: str, held: Told | None, now: Told, firm: FirmCodes) -> CodeChanged:
    return CodeChanged(
        code_id=code_id,
        enterprise_id=firm.enterprise_id,
        township=firm.township,
        kind=now.kind,
        period=now.period,
        value=now.value,
        colour=now.colour,
        told_value=held.value if held else None,
        previous_value=now.previous_value,
        corrected=held is not None,
        reason_code=now.reason_code,
        rules_from=firm.rules_from,
        change_no=now.change_no,
    )


def _fallen(code_id: str, now: Told, firm: FirmCodes) -> CodeWorsened:
    return CodeWorsened(
        code_id=code_id,
        enterprise_id=firm.enterprise_id,
        township=firm.township,
        kind=now.kind,
        period=now.period,
        value=str(now.value),
        previous_value=now.previous_value,
        change_no=now.change_no,
    )
