"""Every step on Redis that must happen whole or not at all, one function each.

They are scripts and not MULTI blocks: a script looks at the mark before it writes. When only the
answer of a commit was lost, the same commit is sent again, finds the first one's work and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Any, NamedTuple

import orjson

Entry = tuple[bytes, dict[bytes, bytes]]  # of a stream: its id and its fields

# ARGV begins with the number of keys of each kind, in the order of KEYS: marks, documents whose
# version is expected, values, keys to delete, sets to add to, sets to remove from, streams.
_COMMIT = """
local marks, checks, values = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local gone, adds, removes, streams =
  tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
for i = 1, marks do
  if redis.call('EXISTS', KEYS[i]) == 1 then return {'seen', i - 1} end
end
local k, a = marks, 9
for i = 1, checks do
  local stored = redis.call('GETRANGE', KEYS[k + i], 0, 19)
  if (string.match(stored, '^%d+') or '0') ~= ARGV[a] then return {'clash', i - 1} end
  a = a + 1
end
k = k + checks
for i = k + 1, k + values do
  if ARGV[a + 1] == '0' then redis.call('SET', KEYS[i], ARGV[a])
  else redis.call('SET', KEYS[i], ARGV[a], 'EX', ARGV[a + 1]) end
  a = a + 2
end
k = k + values
for i = k + 1, k + gone do redis.call('DEL', KEYS[i]) end
k = k + gone
for i = k + 1, k + adds + removes do
  local parts = tonumber(ARGV[a])
  redis.call(i <= k + adds and 'ZADD' or 'ZREM', KEYS[i], unpack(ARGV, a + 1, a + parts))
  a = a + 1 + parts
end
k = k + adds + removes
for i = k + 1, k + streams do
  local entries, parts = tonumber(ARGV[a]), tonumber(ARGV[a + 1])
  a = a + 2
  for _ = 1, entries do
    redis.call('XADD', KEYS[i], '*', unpack(ARGV, a, a + parts - 1))
    a = a + parts
  end
end
for i = 1, marks do
  redis.call('SET', KEYS[i], ARGV[a], 'EX', ARGV[8])
  a = a + 1
end
return {'done', 0}
"""

_LEAD = """
local held = redis.call('HGET', KEYS[1], 'holder')
if held == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return tonumber(redis.call('HGET', KEYS[1], 'token'))
elseif held then return 0 end
local token = redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return token
"""

_LEAVE = """
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""

_FORGET = """
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return false end
redis.call('XDEL', KEYS[2], unpack(ARGV, 5))
local step, most, bytes = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local found, from = {}, '-'
repeat
  local some = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', step)
  for _, entry in ipairs(some) do
    found[#found + 1] = entry
    bytes = bytes - #entry[2][2]
    from = '(' .. entry[1]
  end
until #some < step or #found >= most or bytes < 0
return {redis.call('XLEN', KEYS[2]), found}
"""


@dataclass
class Batch:
    """What one commit checks and does. Keys are full Redis keys.

    Of two writes to the same document or member the later one counts; entries of a stream keep
    their order.
    """

    marks_last_s: int = 0
    marks: dict[str, bytes] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    values: dict[str, tuple[bytes, int] | None] = field(default_factory=dict)
    members: dict[str, dict[str, float | None]] = field(default_factory=dict)
    entries: dict[str, list[list[str | bytes]]] = field(default_factory=dict)

    def mark(self, key: str, answer: bytes) -> None:
        """Do all this only if `key` is not set, and set it."""
        self.marks[key] = answer

    def expect_version(self, key: str, version: int) -> None:
        """Do all this only if the document is still of this version; 0 means that it is not there."""
        self.versions[key] = version

    def set(self, key: str, value: bytes, lifetime_s: int = 0) -> None:
        self.values[key] = value, lifetime_s

    def delete(self, key: str) -> None:
        self.values[key] = None

    def add(self, key: str, member: str, score: float = 0) -> None:
        self.members.setdefault(key, {})[member] = score

    def remove(self, key: str, member: str) -> None:
        self.members.setdefault(key, {})[member] = None

    def append(self, stream: str, entry: Mapping[str, str | bytes]) -> None:
        flat = [part for pair in entry.items() for part in pair]
        self.entries.setdefault(stream, []).append(flat)

    def script(self) -> tuple[list[str], list[str | bytes | float]]:
        """The keys and arguments of the commit script."""
        said: list[str | bytes | float] = [*map(str, self.versions.values())]
        kept = {key: value for key, value in self.values.items() if value}
        gone = self.values.keys() - kept.keys()
        for value in kept.values():
            said += value
        added, removed, streams = [], [], []
        for key, parts in self._added():
            added.append(key)
            said += (len(parts), *parts)
        for key, parts in self._removed():
            removed.append(key)
            said += (len(parts), *parts)
        for stream, entries in self.entries.items():
            for size, alike in groupby(entries, key=len):
                flat = [*chain.from_iterable(alike)]
                streams.append(stream)
                said += (len(flat) // size, size, *flat)
        said += self.marks.values()  # last: what is marked as done is done
        keys: list[Collection[str]] = [
            self.marks,
            self.versions,
            kept,
            gone,
            added,
            removed,
            streams,
        ]
        counts = [len(each) for each in keys]
        return [*chain.from_iterable(keys)], [*counts, self.marks_last_s, *said]

    def _added(self) -> Iterator[tuple[str, list[Any]]]:
        for key, members in self.members.items():
            pairs = [(score, member) for member, score in members.items() if score is not None]
            for some in _some(pairs):
                yield key, [*chain.from_iterable(some)]

    def _removed(self) -> Iterator[tuple[str, list[Any]]]:
        for key, members in self.members.items():
            for some in _some([member for member, score in members.items() if score is None]):
                yield key, some


def _some(many: list[Any]) -> Iterator[list[Any]]:
    """A few at a time: a command in a script takes less than 8,000 arguments."""
    for start in range(0, len(many), 1000):
        yield many[start : start + 1000]


class Reading(NamedTuple):
    """How much of a stream is read at once: until there are `most` entries or so many `bytes`, by
    `step` entries."""

    step: int
    most: int
    bytes: int


class Atomic:
    """The scripts, bound to one Redis."""

    def __init__(self, redis: Any) -> None:
        self.redis = redis
        self._commit = redis.register_script(_COMMIT)
        self._lead = redis.register_script(_LEAD)
        self._leave = redis.register_script(_LEAVE)
        self._forget = redis.register_script(_FORGET)

    def commit(self, batch: Batch) -> tuple[str, int]:
        """Do the whole batch, or nothing.

        Answers `("done", 0)`; `("seen", i)` when mark `i` is set already, which means that this
        work was done before; `("clash", i)` when the document of check `i` has another version.
        """
        keys, args = batch.script()
        verdict, index = self._commit(keys=keys, args=args)
        return verdict.decode(), int(index)

    def lead(self, lease: str, holder: str, lifetime_ms: int) -> int:
        """Take or keep a lease. Answers its fencing token, or 0 while somebody else holds it.

        A token is larger than every token given before for the same lease.
        """
        return int(self._lead(keys=[lease, f"{lease}:token"], args=[holder, lifetime_ms]))

    def leave(self, lease: str, token: int) -> None:
        """Give the lease back, unless it has passed to somebody else."""
        self._leave(keys=[lease], args=[token])

    def forget(
        self, lease: str, token: int, stream: str, ids: Sequence[bytes], reading: Reading
    ) -> tuple[int, list[Entry]] | None:
        """Remove published entries from the outbox; answers how many are left, and the oldest of
        those. None: the lease has passed to somebody else, and nothing was removed."""
        answer = self._forget(keys=[lease, stream], args=[token, *reading, *ids])
        if answer is None:
            return None
        left, found = answer
        return left, [(each, dict(zip(flat[::2], flat[1::2], strict=True))) for each, flat in found]


def to_json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)
