"""What is done in which life. Every plot is offered, awarded, promised for, reviewed and sold; the first of a
township is more, and what happens to other plots and firms beside it is dealt to the desks: after four lives
each of them has done it all.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import dues, firms, land, money, offices, prizes, projects, register, sales
from .life import TOWNSHIPS, Act

LIFE = 90  # reports and commands of one life, about: half of the first, twice one after the fourth
OF_EACH: tuple[Act, ...] = (
    projects.pipeline,
    projects.page,
    land.supply,
    land.contract,
    land.soil,
    land.promises,
    firms.request,
)
OF_THE_FIRST: tuple[Act, ...] = (
    firms.evaluation,
    money.platform,
    money.fund,
    land.void,
    offices.all_reports,
    offices.commands,
)
BESIDE: tuple[Act, ...] = (
    sales.amended,
    sales.unsold,
    sales.online,
    sales.planned,
    register.split,
    register.merge,
    register.outlines,
    register.one_code_twice,
    register.soil,
    register.idle,
    register.suspected,
    register.cases,
    register.houses,
    firms.late_request,
    firms.pain_points,
    firms.codes,
    firms.deadlines,
    firms.indicator,
    projects.next_steps,
    projects.given_up,
    dues.owed,
    dues.near,
    dues.plan_of_the_year,
    prizes.policy,
    prizes.settlement,
)


def of_life(part: int, number: int) -> Iterator[Act]:
    """The acts of that life of that desk."""
    yield from OF_EACH
    if number == 0:
        yield from OF_THE_FIRST
    desks = len(TOWNSHIPS)
    if number < desks:
        yield from BESIDE[(part + number) % desks :: desks]
