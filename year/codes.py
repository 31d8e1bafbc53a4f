"""Codes and names that nobody has, with check digits that fit."""

from __future__ import annotations

from park.codes import uscc_check
from services.enterprises.firms.rules import organisation_check

from .land.sites import example_no
from .plan import Plan, printed

TRADES = ("机械", "纺织", "化工", "电子", "伞业", "灯饰", "泵阀", "新材料", "食品", "五金")
SYLLABLES = "曙岚澄沐朗禾砚谦榆澜珩昱岑笙"
BODIES = 10**8
BLOCK = 90_000  # parcel codes of one block [街坊]


def uscc(plan: Plan, number: int) -> str:
    """A unified social credit code of its own for the firm of this number."""
    body = f"{(number * 7919 + plan.seed * 104_729) % BODIES:08}"
    first_17 = f"91330604{body}{organisation_check(body)}"
    return first_17 + uscc_check(first_17)


def mistyped(code: str) -> str:
    """The code with its last character wrong."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def parcel_code(plan: Plan, township: str, number: int) -> str:
    """A parcel code [宗地代码] of its own."""
    block = (plan.seed * 13 + number // BLOCK) % 1000
    return f"{township}{block:03}GB{number % BLOCK + 1:05}"


def firm_name(plan: Plan, number: int) -> str:
    """A name with a number in it, as no firm has one; that of the page's example is the printed one."""
    if number == example_no(plan):
        return str(printed()["example"]["name"])
    chance = plan.draw("name", number)
    return f"虚{''.join(chance.choices(SYLLABLES, k=2))}{chance.choice(TRADES)}{number}号有限公司"
