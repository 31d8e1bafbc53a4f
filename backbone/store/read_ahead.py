"""What the next units of work will read, asked for at once.

It buys `batch_vs_naive` in `make bench`: one question to Redis for a batch, and a next batch that is
decided while Redis writes this one. It stands in for a GET for each thing that a handler reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .atomic import Commit
from .collection import Versioned
from .commit_group import CommitGroup, PendingCommit
from .repository import Repository


class ReadAhead:
    """What works that follow each other know of the store: what it answered when it was asked for
    many things at once, and what the works before leave there, the last of which may be under way."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.marks: dict[str, bytes] = {}
        self.group: CommitGroup | None = None  # the newest
        self._documents: dict[tuple[type, str], bytes | None] = {}
        self._left: dict[tuple[type, str], Versioned] = {}

    def look(self, marks: Iterable[str], refs: Iterable[tuple[type, str]]) -> None:
        """Ask the store once for all that some messages will look at first: these marks, of which
        those are known afterwards that are set, and these things."""
        marks, refs = list(marks), list(dict.fromkeys(refs))
        things = [
            self.repository.document(self.repository.collections[cls], identity)
            for cls, identity in refs
        ]
        found = self.repository.call("mget", [*marks, *things])
        self._documents.update(zip(refs, found[len(marks) :], strict=True))
        there = zip(marks, found, strict=False)
        self.marks = {mark: value for mark, value in there if value is not None} | self.marks

    def sees(self, ref: tuple[type, str]) -> bool:
        return ref in self._left or ref in self._documents

    def stored(self, ref: tuple[type, str]) -> Versioned:
        """A thing that is seen."""
        return self._left.get(ref) or self.repository.stored(*ref, self._documents[ref])

    def leave(self, left: Mapping[tuple[type, str], Versioned], batch: Commit) -> PendingCommit:
        """A commit leaves these. It joins those that wait to be sent."""
        self._left |= left
        if self.group is None or self.group.was_sent:
            self.group = CommitGroup(self.repository, self.group)
        return self.group.add(batch)

    def send(self) -> None:
        """Have the store begin with the commits that wait for that."""
        if self.group is not None:
            self.group.send()

    def catch_up(self) -> None:
        """Return when the store has all that the works before leave; raise why it has not."""
        if self.group is not None:
            self.group.wait_for_all()
