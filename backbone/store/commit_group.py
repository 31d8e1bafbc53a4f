"""Buys `one_message_vs_naive` in `make bench`; stands in for one request to Redis for each commit.

The commits of a group go in one request, and so share a write to the disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..errors import DeadlineExceeded, Unavailable
from .atomic import Commit
from .redis import reaching_redis
from .repository import Repository


class Conflict(Exception):
    """Another process changed what this unit of work read: decide again."""


class AlreadyDone(Exception):
    """A message of this unit of work was done before. `mark` is the mark that was found."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.mark = mark


class CommitGroup:
    """Commits that go to the store together, in order, each whole or not at all. When one cannot be
    done, those behind it are not tried. They go once those of the group before are known to be done,
    so that never two groups are under way."""

    def __init__(self, repository: Repository, before: CommitGroup | None = None) -> None:
        self.repository, self.before = repository, before
        self._commits: list[Commit] = []
        self._problems: list[Exception | None] = []  # of each, as far as there are verdicts
        self._may_be_done = 0  # so many of them, if they have a problem
        self.was_sent = False

    def __len__(self) -> int:
        return len(self._commits)

    @property
    def is_answered(self) -> bool:
        return bool(self._problems)

    def add(self, commit: Commit) -> PendingCommit:
        self._commits.append(commit)
        return PendingCommit(self, len(self._commits) - 1)

    def send(self) -> None:
        """Send the group, without waiting for the answer. A failure is raised by `wait`."""
        if self.was_sent:
            return
        self.was_sent = True
        try:
            if self.before is not None:
                self.before.wait_for_all()
            with reaching_redis():
                self._verdicts = self.repository.atomic.send(self._commits)
        except BaseException as problem:  # noqa: BLE001 - raised by `wait`
            self._fail(problem)
        else:
            self._may_be_done = len(self)
        self.before = None

    def wait_for_all(self) -> None:
        """Return when every commit is done; raise why one is not."""
        self.wait(len(self) - 1)

    def wait(self, number: int) -> None:
        """Return when this commit is done. Raises `Conflict`, `AlreadyDone` or `Unavailable`, as often as
        it is asked; the same for those that were not tried because of it."""
        self.send()
        if not self.is_answered:
            try:
                self._problems = list(self._read())
            except BaseException as problem:  # noqa: BLE001 - raised below, now and later
                self._fail(problem)
        if why := self._problems[min(number, len(self._problems) - 1)]:
            raise why

    def may_be_done(self, number: int) -> bool:
        """Whether a commit with a problem may be in: the store tried it, or may have."""
        return number < self._may_be_done

    def _fail(self, problem: BaseException) -> None:
        """Let every `wait` raise this. A deadline or a kill interrupts only the thread that it is meant
        for; for the others the store did not answer."""
        if isinstance(problem, Exception) and not isinstance(problem, DeadlineExceeded):
            self._problems = [problem]
            return
        self._may_be_done = len(self)
        self._problems = [Unavailable("the store was asked, and nobody could wait for its answer")]
        raise problem

    def _read(self) -> Iterator[Exception | None]:
        with reaching_redis():
            verdicts = self._verdicts()
        if not verdicts[0].again:
            self._may_be_done = len(verdicts)
        appended = [entry for verdict in verdicts for entry in verdict.appended]
        if appended:
            before = next(verdict.before for verdict in verdicts if verdict.appended)
            self.repository.on_posted(before, appended)
        for commit, verdict in zip(self._commits, verdicts, strict=False):
            if verdict.said == "clash":
                yield Conflict()
            elif verdict.said == "seen":
                yield AlreadyDone([*commit.marks][verdict.index])
            else:
                yield None


class PendingCommit(NamedTuple):
    """A commit in its group."""

    group: CommitGroup
    number: int

    def wait(self) -> None:
        self.group.wait(self.number)

    @property
    def may_be_done(self) -> bool:
        return self.group.may_be_done(self.number)
