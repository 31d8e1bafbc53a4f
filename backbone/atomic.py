"""Every step on Redis that must happen whole or not at all, one function each.

They are scripts and not MULTI blocks: redis-py sends a block again when the connection drops, and
when only its answer was lost it would take effect twice. A script looks at the mark first, so that
a second run finds the first one's work and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

_COMMIT = """
local marks, checks = tonumber(ARGV[1]), tonumber(ARGV[2])
for i = 1, marks do
  if redis.call('EXISTS', KEYS[i]) == 1 then return {'seen', i - 1} end
end
for i = 1, checks do
  local stored = redis.call('GETRANGE', KEYS[marks + i], 0, 19)
  if (string.match(stored, '^%d+') or '0') ~= ARGV[2 + i] then return {'clash', i - 1} end
end
local k, a = marks + checks + 1, checks + 3
while ARGV[a] do
  local step, key = ARGV[a], KEYS[k]
  if step == 'set' then
    redis.call('SET', key, ARGV[a + 1])
    if ARGV[a + 2] ~= '0' then redis.call('EXPIRE', key, ARGV[a + 2]) end
    a = a + 3
  elseif step == 'add' then redis.call('ZADD', key, ARGV[a + 2], ARGV[a + 1]); a = a + 3
  elseif step == 'rem' then redis.call('ZREM', key, ARGV[a + 1]); a = a + 2
  elseif step == 'del' then redis.call('DEL', key); a = a + 1
  elseif step == 'say' then
    local n = tonumber(ARGV[a + 1])
    redis.call('XADD', key, '*', unpack(ARGV, a + 2, a + 1 + n))
    a = a + 2 + n
  else return redis.error_reply('unknown step ' .. tostring(step)) end
  k = k + 1
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
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return -1 end
return redis.call('XDEL', KEYS[2], unpack(ARGV, 2))
"""


@dataclass
class Batch:
    """What one commit checks and does. Keys are full Redis keys."""

    marks: list[str] = field(default_factory=list)
    checks: list[tuple[str, int]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    steps: list[str | bytes | float] = field(default_factory=list)

    def expect_unseen(self, mark: str) -> None:
        self.marks.append(mark)

    def expect_version(self, key: str, version: int) -> None:
        self.checks.append((key, version))

    def set(self, key: str, value: str | bytes, lifetime_s: int = 0) -> None:
        self._step(key, "set", value, lifetime_s)

    def add(self, key: str, member: str, score: float = 0) -> None:
        self._step(key, "add", member, score)

    def remove(self, key: str, member: str) -> None:
        self._step(key, "rem", member)

    def delete(self, key: str) -> None:
        self._step(key, "del")

    def append(self, stream: str, entry: Mapping[str, str | bytes]) -> None:
        flat = [part for pair in entry.items() for part in pair]
        self._step(stream, "say", len(flat), *flat)

    def _step(self, key: str, *step: str | bytes | float) -> None:
        self.keys.append(key)
        self.steps.extend(step)


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
        checked = [key for key, _ in batch.checks]
        versions = [str(version) for _, version in batch.checks]
        verdict, index = self._commit(
            keys=[*batch.marks, *checked, *batch.keys],
            args=[len(batch.marks), len(checked), *versions, *batch.steps],
        )
        return verdict.decode(), int(index)

    def lead(self, lease: str, holder: str, lifetime_ms: int) -> int:
        """Take or keep a lease. Answers its fencing token, or 0 while somebody else holds it.

        A token is larger than every token given before for the same lease.
        """
        return int(self._lead(keys=[lease, f"{lease}:token"], args=[holder, lifetime_ms]))

    def leave(self, lease: str, token: int) -> None:
        """Give the lease back, unless it has passed to somebody else."""
        self._leave(keys=[lease], args=[token])

    def forget(self, lease: str, token: int, stream: str, ids: Sequence[bytes]) -> bool:
        """Remove published entries from the outbox. False: the lease has passed to somebody else,
        and nothing was removed."""
        return int(self._forget(keys=[lease, stream], args=[token, *ids])) >= 0


def to_json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)
