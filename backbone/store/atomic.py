"""Every step on Redis that must happen whole or not at all, one function each.

They are scripts and not MULTI blocks: a script looks at the mark before it writes. When only the
answer of a commit was lost, the same commit is sent again, finds the first one's mark and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import Any, NamedTuple

from redis.exceptions import ConnectionError as Gone
from redis.exceptions import NoScriptError

from .sentinel import Witness

Entry = tuple[bytes, dict[bytes, bytes]]  # of a stream: its id and its fields
# ARGV begins with the number of commits, which are done in their order until one cannot be. Each has
# its arguments, and its KEYS, behind those of the one before: first how many keys of each kind, in
# the order of KEYS: marks, documents whose version is expected, values, keys to delete, sets to add
# to, sets to remove from, streams, lists, tallies. Of the stream that is named behind them the answer
# says what was last in it before, and the new ids.
_COMMIT = """
local k, a = 0, 2
local function commit()
  local marks, checks, values, gone, adds, removes, streams, lists, tallies = unpack(ARGV, a, a + 8)
  local lifetime, outbox, before, ids, first = ARGV[a + 9], ARGV[a + 10], '', {}, k
  a = a + 11
  for i = k + 1, k + marks do
    if redis.call('EXISTS', KEYS[i]) == 1 then return {'seen', i - k - 1} end
  end
  k = k + marks
  for i = k + 1, k + checks do
    local stored = redis.call('GETRANGE', KEYS[i], 0, 19)
    if (string.match(stored, '^%d+') or '0') ~= ARGV[a] then return {'clash', i - k - 1} end
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
    local told = KEYS[i] == outbox
    if told and #ids == 0 then
      local last = redis.call('XREVRANGE', outbox, '+', '-', 'COUNT', 1)[1]
      before = last and last[1] or ''
    end
    for _ = 1, entries do
      local id = redis.call('XADD', KEYS[i], '*', unpack(ARGV, a, a + parts - 1))
      if told then ids[#ids + 1] = id end
      a = a + parts
    end
  end
  k = k + streams
  for i = k + 1, k + lists do
    local parts = tonumber(ARGV[a])
    redis.call('RPUSH', KEYS[i], unpack(ARGV, a + 1, a + parts))
    a = a + 1 + parts
  end
  k = k + lists
  for i = k + 1, k + tallies do
    for _ = 1, tonumber(ARGV[a]) do
      -- what cannot be added to is counted anew by whoever asks next; the commit stays whole
      local sum = redis.pcall('HINCRBY', KEYS[i], ARGV[a + 1], ARGV[a + 2])
      if type(sum) == 'table' then redis.call('DEL', KEYS[i]) end
      a = a + 2
    end
    a = a + 1
  end
  k = k + tallies
  for i = first + 1, first + marks do
    redis.call('SET', KEYS[i], ARGV[a], 'EX', lifetime)
    a = a + 1
  end
  return {'done', before, ids}
end
local answers = {}
repeat answers[#answers + 1] = commit()
until answers[#answers][1] ~= 'done' or #answers == tonumber(ARGV[1])
return answers
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
_RENEW = """
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
_LEAVE = """
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""
_FORGET = """
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return false end
local kept = tonumber(ARGV[5])
for i = 8, 7 + kept do
  local entry = redis.call('XRANGE', KEYS[2], ARGV[i], ARGV[i])[1]
  if entry then redis.call('XADD', KEYS[3], '*', unpack(entry[2])) end
end
if kept > 0 then
  redis.call('XTRIM', KEYS[3], 'MINID', '~', ARGV[6])
  redis.call('XTRIM', KEYS[3], 'MAXLEN', '~', ARGV[7])
end
redis.call('XDEL', KEYS[2], unpack(ARGV, 8 + kept))
local step, most, bytes = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local found, from = {}, '-'
if most > 0 then repeat
  local some = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', step)
  for _, entry in ipairs(some) do
    found[#found + 1] = entry
    bytes = bytes - #entry[2][2]
    from = '(' .. entry[1]
  end
until #some < step or #found >= most or bytes < 0 end
return {redis.call('XLEN', KEYS[2]), found}
"""


@dataclass
class Commit:
    """What one commit checks and does. Keys are full Redis keys.

    Of two writes to the same document or member the later one counts; what is appended to a stream
    or a list keeps its order. Of the stream `outbox` it is told what the commit appended.
    """

    outbox: str = ""
    marks_last_s: int = 0
    marks: dict[str, bytes] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    values: dict[str, tuple[bytes, int] | None] = field(default_factory=dict)
    members: dict[str, dict[str, float | None]] = field(default_factory=dict)
    entries: dict[str, list[list[Any]]] = field(default_factory=dict)
    lists: dict[str, list[bytes]] = field(default_factory=dict)
    tallies: dict[str, Counter[str]] = field(default_factory=dict)

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

    def append(self, stream: str, entry: Mapping[Any, str | bytes]) -> None:
        flat = [part for pair in entry.items() for part in pair]
        self.entries.setdefault(stream, []).append(flat)

    def push(self, key: str, value: bytes) -> None:
        """Append to a list, which takes a tenth of the memory of a short stream."""
        self.lists.setdefault(key, []).append(value)

    def count(self, key: str, differences: Mapping[str, int]) -> None:
        """Add to the whole numbers of a hash."""
        tally = self.tallies.setdefault(key, Counter())
        for name, difference in differences.items():
            tally[name] += difference

    def script(self) -> tuple[list[str], list[str | bytes | float]]:
        """The keys and arguments of the commit script."""
        said: list[str | bytes | float] = [*map(str, self.versions.values())]
        kept = {key: value for key, value in self.values.items() if value}
        gone = self.values.keys() - kept.keys()
        for value in kept.values():
            said += value
        added, removed, streams, lists = [], [], [], []
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
        for key, pushed in self.lists.items():
            for some in _some(pushed):
                lists.append(key)
                said += (len(some), *some)
        for tally in self.tallies.values():
            said.append(len(tally))
            for pair in tally.items():
                said += pair
        said += self.marks.values()  # last: what is marked as done is done
        keys: list[Collection[str]] = [
            self.marks,
            self.versions,
            kept,
            gone,
            added,
            removed,
            streams,
            lists,
            self.tallies,
        ]
        counts = [len(each) for each in keys]
        return [*chain.from_iterable(keys)], [*counts, self.marks_last_s, self.outbox, *said]

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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a commit.

    `done`: all of it; the outbox has these entries now, behind the one called `before` (empty: behind
    none). `seen`: nothing, since mark `index` is set already, which means that this work was done
    before. `clash`: nothing, since the document of check `index` has another version.
    """

    said: str
    index: int = 0
    before: bytes = b""
    appended: tuple[Entry, ...] = ()
    again: bool = False  # it was sent a second time, because the first answer was lost


class Reading(NamedTuple):
    """How much of a stream is read at once: until there are `most` entries or so many `bytes`, by
    `step` entries."""

    step: int
    most: int
    bytes: int


class Keeping(NamedTuple):
    """Which of the entries that leave the outbox go on into another stream, which holds those since a
    Unix time in milliseconds, and so many at most, or a few more."""

    stream: str
    ids: Sequence[bytes]
    since_ms: int
    most: int


class Atomic:
    """The scripts, bound to one Redis."""

    def __init__(self, redis: Any, witness: Witness | None = None) -> None:
        """With a `witness` a commit is done when enough replicas have it."""
        self.redis, self.witness = redis, witness
        self._commit = redis.register_script(_COMMIT)
        self._lead = redis.register_script(_LEAD)
        self._renew = redis.register_script(_RENEW)
        self._leave = redis.register_script(_LEAVE)
        self._forget = redis.register_script(_FORGET)

    def send(self, batches: Sequence[Commit]) -> Callable[[], list[Verdict]]:
        """Have Redis begin to do these, one after the other, each whole or not at all, until one
        cannot be done. What this answers waits for the verdicts, which end with that one."""
        keys: list[str] = []
        args: list[str | bytes | float] = [len(batches)]
        for batch in batches:
            more_keys, more_args = batch.script()
            keys += more_keys
            args += more_args
        pool = self.redis.connection_pool
        connection = pool.get_connection()

        def anew() -> list[Verdict]:
            return _verdicts(batches, self._do(keys, args))

        def verdicts() -> list[Verdict]:
            try:
                return _verdicts(batches, self._heard(connection))
            except NoScriptError:
                return anew()
            except Gone:
                if not batches[0].marks:
                    raise
                # if it got through all the same, the first is "seen" now
                return [replace(verdict, again=True) for verdict in anew()]
            finally:
                pool.release(connection)

        try:
            self._ask(connection, "EVALSHA", self._commit.sha, len(keys), *keys, *args)
        except Gone:  # before all of it was written, so it was not done
            pool.release(connection)
            return anew
        except BaseException:
            pool.release(connection)
            raise
        return verdicts

    def _ask(self, connection: Any, *command: Any) -> None:
        (self.witness.ask if self.witness else _send)(connection, *command)

    def _heard(self, connection: Any) -> Any:
        return self.witness.hear(connection) if self.witness else connection.read_response()

    def _do(self, keys: list[str], args: list[str | bytes | float]) -> Any:
        """Commit, and wait for it."""
        if self.witness is None:
            return self._commit(keys=keys, args=args)
        return self.witness.do(self.redis, "EVAL", _COMMIT, len(keys), *keys, *args)

    def lead(self, lease: str, holder: str, lifetime_ms: int) -> int:
        """Take or keep a lease. Answers its fencing token, or 0 while somebody else holds it.

        A token is larger than every token given before for the same lease.
        """
        return int(self._lead(keys=[lease, f"{lease}:token"], args=[holder, lifetime_ms]))

    def renew(self, lease: str, token: int, lifetime_ms: int) -> bool:
        """Keep the lease, unless it has passed to somebody else or has run out. Answers whether it is
        kept."""
        return bool(self._renew(keys=[lease], args=[token, lifetime_ms]))

    def leave(self, lease: str, token: int) -> None:
        """Give the lease back, unless it has passed to somebody else."""
        self._leave(keys=[lease], args=[token])

    def forget(
        self,
        lease: str,
        token: int,
        stream: str,
        ids: Sequence[bytes],
        reading: Reading,
        keeping: Keeping,
    ) -> tuple[int, list[Entry]] | None:
        """Remove published entries from the outbox; answers how many are left, and the oldest of
        those. None: the lease has passed to somebody else, and nothing was removed."""
        kept = [len(keeping.ids), keeping.since_ms, keeping.most, *keeping.ids]
        answer = self._forget(
            keys=[lease, stream, keeping.stream], args=[token, *reading, *kept, *ids]
        )
        if answer is None:
            return None
        left, found = answer
        return left, [(each, _unflat(flat)) for each, flat in found]


def _send(connection: Any, *command: Any) -> None:
    connection.send_command(*command)


def _verdicts(batches: Sequence[Commit], answers: list[list[Any]]) -> list[Verdict]:
    return [_verdict(*each) for each in zip(batches, answers, strict=False)]


def _verdict(batch: Commit, answer: list[Any]) -> Verdict:
    said, more, *ids = answer
    if said != b"done":
        return Verdict(said.decode(), int(more))
    entries = map(_unflat, batch.entries.get(batch.outbox, ()))
    return Verdict("done", 0, more, tuple(zip(ids[0], entries, strict=True)))


def _unflat(flat: list[Any]) -> dict[bytes, bytes]:
    """The fields of an entry, from their names and values in turn."""
    return dict(zip(flat[::2], flat[1::2], strict=True)) if len(flat) > 2 else {flat[0]: flat[1]}
