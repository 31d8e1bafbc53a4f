"""A commit is whole or nothing, and done once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from backbone.messages.envelope import Event
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.atomic import Atomic, Commit, Verdict
from backbone.store.commit_group import AlreadyDone, Conflict
from backbone.store.unit_of_work import UnitOfWork

from .plots import Plot, PlotChanged, commit, plot


def everything(redis):
    """All that the store holds, to show that nothing changed."""
    return {key: redis.dump(key) for key in redis.keys("*")}


def test_a_commit_that_was_done_before_changes_nothing(repository, redis):
    commit(repository, plot(), mark="m")
    before = everything(redis)

    with pytest.raises(AlreadyDone):
        commit(repository, plot(area="2"), mark="m")

    assert everything(redis) == before


def test_a_commit_on_what_somebody_else_changed_meanwhile_changes_nothing(repository, redis):
    commit(repository, plot())
    late = UnitOfWork(repository)
    late.begin(Event(id="late", source="/test", type="x"))
    late.save(replace(late.get(Plot, "p"), area_m2=Decimal(9)))
    late.close_step(None)
    commit(repository, plot(area="2"))
    before = everything(redis)

    with pytest.raises(Conflict):
        late.commit()

    assert everything(redis) == before


def test_two_that_both_found_nothing_cannot_both_create(repository):
    first, second = UnitOfWork(repository), UnitOfWork(repository)
    for work in (first, second):
        work.begin(Event(id=str(id(work)), source="/test", type="x"))
        assert work.get(Plot, "p") is None
        work.save(plot())
        work.close_step(None)
    first.commit()

    with pytest.raises(Conflict):
        second.commit()


def test_a_step_that_is_dropped_never_was(repository, redis):
    work = UnitOfWork(repository, emits=[PlotChanged])
    work.begin(Event(id="1", source="/test", type="x"))
    work.save(plot("lost"))
    work.announce(PlotChanged(plot_id="lost"))
    work.drop()
    work.begin(Event(id="2", source="/test", type="x"))
    work.save(plot("kept"))
    work.close_step(None)
    work.commit()

    assert repository.load(Plot, "lost").version == 0
    assert repository.load(Plot, "kept").version == 1
    assert redis.xlen(repository.outbox) == 0


def test_a_decision_that_is_taken_again_announces_the_same_event(repository, redis):
    for _ in range(2):
        commit(repository, plot(area=str(uuid.uuid4().int % 1000)), cause="same")

    bodies = [OutgoingMessage.of(entry).body for _, entry in redis.xrange(repository.outbox)]
    assert len({body.split(b'"id":"')[1][:36] for body in bodies}) == 1


def test_a_fact_that_the_service_does_not_name_cannot_be_announced(repository):
    work = UnitOfWork(repository)
    work.begin(Event(id="1", source="/test", type="x"))

    with pytest.raises(TypeError, match="PlotChanged"):
        work.announce(PlotChanged(plot_id="p"))


def test_of_two_writes_in_one_commit_the_later_one_counts(redis):
    batch = Commit(marks_last_s=60)
    batch.set("set, then deleted", b"1")
    batch.delete("set, then deleted")
    batch.delete("deleted, then set")
    batch.set("deleted, then set", b"2")
    batch.add("set", "added, then removed")
    batch.remove("set", "added, then removed")
    batch.remove("set", "removed, then added")
    batch.add("set", "removed, then added", 3)

    assert [verdict.said for verdict in Atomic(redis).send([batch])()] == ["done"]

    assert redis.get("set, then deleted") is None
    assert redis.get("deleted, then set") == b"2"
    assert redis.zrange("set", 0, -1, withscores=True) == [(b"removed, then added", 3)]


def test_of_commits_that_go_together_none_is_tried_behind_one_that_cannot_be_done(redis):
    def batch(number, version):
        batch = Commit(outbox="outbox", marks_last_s=60)
        batch.mark(f"mark {number}", b"said")
        batch.expect_version("document", version)
        batch.set("document", f"{number} {number}".encode())
        batch.append("outbox", {"number": str(number)})
        return batch

    one, two, clashes, behind = batch(1, 0), batch(2, 1), batch(3, 7), batch(3, 2)

    done, follows, clash = Atomic(redis).send([one, two, clashes, behind])()
    assert (done.said, follows.said, clash) == ("done", "done", Verdict("clash", 0))
    assert (done.before, follows.before) == (b"", done.appended[0][0])
    assert redis.get("document") == b"2 2"
    assert [entry[b"number"] for _, entry in redis.xrange("outbox")] == [b"1", b"2"]
    assert Atomic(redis).send([one, behind])() == [Verdict("seen", 0)]
    assert [verdict.said for verdict in Atomic(redis).send([behind])()] == ["done"]


def test_a_commit_may_be_larger_than_one_command_can_be(redis):
    batch = Commit()
    members = [f"{number:06}" for number in range(10_000)]
    for member in members:
        batch.add("many", member)
        batch.append("stream", {"member": member} if int(member) % 2 else {"a": "1", "b": "2"})
        batch.push("list", member.encode())
    Atomic(redis).send([batch])()

    assert [member.decode() for member in redis.zrange("many", 0, -1)] == members
    assert [member.decode() for member in redis.lrange("list", 0, -1)] == members
    assert [entry.get(b"member") for _, entry in redis.xrange("stream")] == [
        member.encode() if int(member) % 2 else None for member in members
    ]
    for member in members:
        batch.remove("many", member)
    Atomic(redis).send([batch])()
    assert redis.zcard("many") == 0
