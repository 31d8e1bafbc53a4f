"""How many things of a kind there are, and their sums, by the values of some fields.

They are kept in the commit, not found by walking: each commit adds to one hash what its things count
from now on, less what they counted before. It checks their versions in the same step, so that nothing
counts twice. Sums are whole millionths, which 64 bits hold up to nine million millions.

    {parcels}:totals:parcel     "<value>US<value>…US#" how many; "<value>US<value>…US<field>" a sum
                                "built" 1; "building" a token

A store that has things from before its totals were kept gets them once, when somebody first asks:
`built`. Nobody needs to stop for that, for what is committed meanwhile is added as well.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..errors import Unavailable
from .collection import SEPARATOR, Collection, Versioned, filterable
from .redis import reaching_redis
from .repository import Repository

COUNT, BUILT, BUILDING = "#", "built", "building"
MILLION = 1_000_000
TRIES = 10
OTHERS = "the totals are being counted anew by somebody else; ask again"
# adds what was found to what was committed since, unless somebody else has begun anew
_BUILD = """
if redis.call('HGET', KEYS[1], 'building') ~= ARGV[1] then return 0 end
for i = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HDEL', KEYS[1], 'building')
redis.call('HSET', KEYS[1], 'built', 1)
return 1
"""


@dataclass(frozen=True, slots=True)
class Total:
    """Things that are alike in the fields of `totals`: their values as texts ("" is none), how many
    there are, and the sums by the names of the fields."""

    values: tuple[str, ...]
    count: int
    sums: dict[str, Decimal]


def difference(
    repository: Repository, kept: Collection, before: Versioned, after: Versioned
) -> tuple[str, Counter[str]]:
    """What a change of one thing adds to the totals of its kind: the key of the hash, and numbers."""
    changes = _counted(kept, after.thing)
    changes.subtract(_counted(kept, before.thing))
    return _key(repository, kept), Counter({name: n for name, n in changes.items() if n})


def read(repository: Repository, cls: type) -> list[Total]:
    """The totals of a kind as they are now; groups of which there is nothing are left out."""
    kept = repository.collections[cls]
    for _ in range(TRIES):
        found = repository.call("hgetall", _key(repository, kept))
        if BUILT.encode() in found:
            return _grouped(kept, {name.decode(): value for name, value in found.items()})
        build(repository, cls)
    raise Unavailable(OTHERS)


def build(repository: Repository, cls: type) -> None:
    """Count all things of the kind anew. Raises `Unavailable` if others keep beginning anew."""
    kept = repository.collections[cls]
    key, token = _key(repository, kept), uuid.uuid4().hex
    script = repository.redis.register_script(_BUILD)
    for _ in range(TRIES):
        counted = _snapshot(repository, kept, key, token)
        if counted is None:
            continue
        with reaching_redis():
            if script(keys=[key], args=[token, *_flat(counted)]):
                return
    raise Unavailable(OTHERS)


def _snapshot(
    repository: Repository, kept: Collection, key: str, token: str
) -> Counter[str] | None:
    """Count all there is at one moment, from which on the hash has what is committed later. None: it
    became more while the ids were read."""
    index = repository.key("index", kept.name, "key")
    members = repository.call("zrange", index, 0, -1)
    ids = [member.decode().rsplit(SEPARATOR, 1)[1] for member in members]
    with reaching_redis():
        moment = repository.redis.pipeline()  # one transaction
        moment.zcard(index).delete(key).hset(key, BUILDING, token)
        if ids:
            moment.mget([repository.document(kept, each) for each in ids])
        there, _, _, *documents = moment.execute()
    if there != len(ids):
        return None
    counted: Counter[str] = Counter()
    for identity, raw in zip(ids, documents[0] if ids else (), strict=True):
        counted.update(_counted(kept, repository.stored(kept.type, identity, raw).thing))
    return counted


def _counted(kept: Collection, thing: Any) -> Counter[str]:
    """What one thing counts, by the names in the hash."""
    if thing is None:
        return Counter()
    group = SEPARATOR.join([*(filterable(getattr(thing, name)) for name in kept.totals), ""])
    sums = {group + name: _millionths(getattr(thing, name)) for name in kept.sums}
    return Counter({group + COUNT: 1, **sums})


def _millionths(number: Decimal | int | None) -> int:
    scaled = Decimal(number or 0) * MILLION
    return int(scaled.to_integral_value(ROUND_HALF_UP))


def _grouped(kept: Collection, found: Mapping[str, bytes]) -> list[Total]:
    groups: dict[tuple[str, ...], dict[str, int]] = {}
    for name, value in found.items():
        *values, what = name.split(SEPARATOR)
        if values:
            groups.setdefault(tuple(values), {})[what] = int(value)
    return [
        Total(
            values,
            of[COUNT],
            {name: Decimal(of.get(name, 0)) / MILLION for name in kept.sums},
        )
        for values, of in sorted(groups.items())
        if of.get(COUNT)
    ]


def _flat(counted: Counter[str]) -> list[str | int]:
    return [each for pair in counted.items() for each in pair]


def _key(repository: Repository, kept: Collection) -> str:
    return repository.key("totals", kept.name)
