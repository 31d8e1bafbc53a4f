"""What a year shall come to, by its size: the printed figures, scaled, and the shares of the rest."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from hashlib import blake2b
from math import gcd
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
MU_TO_M2 = Decimal(2000) / 3


@cache
def printed() -> dict[str, Any]:
    return tomllib.loads((HERE / "page.toml").read_text("utf-8"))


@cache
def shares() -> dict[str, Any]:
    return tomllib.loads((HERE / "shares.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A year of this seed and size. Areas are whole m²."""

    seed: int
    plots: int
    firms: int

    def scaled(self, whole: int) -> int:
        """A number of the printed park, as many of a park of our plots; one at the least."""
        share = Decimal(self.plots) / printed()["park"]["plots"]
        return max(1, int((whole * share).quantize(Decimal(1), ROUND_HALF_UP)))

    def m2(self, mu: int) -> int:
        """So many mu of the printed park, in m² of ours: within half a m²."""
        share = Decimal(self.plots) / printed()["park"]["plots"]
        return int((mu * MU_TO_M2 * share).quantize(Decimal(1), ROUND_HALF_UP))

    def draw(self, *about: object) -> Random:
        """The chance of one thing, the same whenever it is asked for."""
        told = "/".join(map(str, (self.seed, *about))).encode()
        seed = int.from_bytes(blake2b(told, digest_size=8).digest())
        return Random(seed)  # noqa: S311 - nothing here is secret

    def shuffled(self, number: int, count: int, what: str) -> int:
        """Where the thing of that number comes among `count` things that were mixed; each has a place of
        its own, and no list of them is kept."""
        factor, offset = _shuffle(self, count, what)
        return (number * factor + offset) % count

    def unshuffled(self, place: int, count: int, what: str) -> int:
        """The number of the thing that comes there."""
        factor, offset = _shuffle(self, count, what)
        return (place - offset) * pow(factor, -1, count) % count


@lru_cache(maxsize=16)
def _shuffle(plan: Plan, count: int, what: str) -> tuple[int, int]:
    """A factor that has no divisor with the count, and an offset."""
    chance = plan.draw("shuffle", what)
    factor = next(
        each for each in iter(lambda: chance.randrange(1, count), 0) if gcd(each, count) == 1
    )
    return factor, chance.randrange(count)


def of_size(seed: int, plots: int | None = None, firms: int | None = None) -> Plan:
    """The plan of a year; as many firms to the plots as were printed, unless they are given.

    Raises `ValueError` for a park that cannot be: it has 40 plots or more, and as many firms or more."""
    park = printed()["park"]
    plots = park["plots"] if plots is None else plots
    plan = Plan(seed=seed, plots=plots, firms=0)
    firms = plan.scaled(park["firms"]) if firms is None else firms
    if plots < LEAST_PLOTS:
        raise ValueError(f"A park of a year has {LEAST_PLOTS} plots or more.")
    if firms < plots:
        raise ValueError(f"{plots} plots have {plots} firms or more.")
    return Plan(seed=seed, plots=plots, firms=firms)


LEAST_PLOTS = 40
