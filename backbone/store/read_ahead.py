"""Buys `batch_vs_naive` in `make bench`; stands in for a GET for each thing that a handler reads.

One question to Redis serves a whole batch, and the next batch is decided while Redis writes this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .atomic import Commit
from .collection import Versioned
from .commit_group import CommitGroup, PendingCommit
from .repository import Repository


class ReadAhead:
    """Read-ahead for a run of units of work: the documents and marks fetched in one `MGET`, plus what
    earlier, still uncommitted units will write. So a unit can be decided before those are committed."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.marks: dict[str, bytes] = {}
        self.group: CommitGroup | None = None  # the newest
        self._documents: dict[tuple[type, str], bytes | None] = {}
        self._left: dict[tuple[type, str], Versioned] = {}

    def fetch(self, marks: Iterable[str], refs: Iterable[tuple[type, str]]) -> None:
        """Fetch these marks and these things in one `MGET`. Afterwards `marks` has those that are set,
        each with its answer."""
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
        """Whether `stored` can answer without asking Redis."""
        return ref in self._left or ref in self._documents

    def stored(self, ref: tuple[type, str]) -> Versioned:
        """A thing that was fetched, or that an earlier unit will write."""
        return self._left.get(ref) or self.repository.stored(*ref, self._documents[ref])

    def leave(self, left: Mapping[tuple[type, str], Versioned], commit: Commit) -> PendingCommit:
        """Queue a commit behind those that wait to be sent; later units see `left`, what it will write."""
        self._left |= left
        if self.group is None or self.group.was_sent:
            self.group = CommitGroup(self.repository, self.group)
        return self.group.add(commit)

    def send(self) -> None:
        """Send the commits that wait, without waiting for the answer."""
        if self.group is not None:
            self.group.send()

    def catch_up(self) -> None:
        """Return when every earlier unit is committed; raise why one is not."""
        if self.group is not None:
            self.group.wait_for_all()
