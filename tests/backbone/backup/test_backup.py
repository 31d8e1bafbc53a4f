"""A service's store is copied while it works, and put back: on a real Redis."""

from __future__ import annotations

import errno
import gzip
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import redis

from backbone.backup import file, restore, snapshot
from backbone.errors import Unavailable
from backbone.host.birth import Origin
from tests.backbone import pairs
from tests.support.eventually import eventually

BIRTH = b"0123456789abcdef 2023-08-01T00:00:00+00:00"
OTHERS = b"{shop}:shelf:rye"


@pytest.fixture
def store(redis_url):
    """The store of a bakery with some pairs, beside another service's."""
    found = pairs.store_at(redis_url)
    found.redis.set(found.key("birth"), BIRTH)
    found.redis.set(OTHERS, "1 2023-08-01 {}")
    for number in range(20):
        pairs.commit(found, number, number)
    return found


@pytest.fixture
def empty_url(redis_server):
    return redis_server.new_url()


@pytest.fixture
def copy(store, redis_url, tmp_path):
    path = tmp_path / "bakery.backup"
    snapshot.take(redis_url, pairs.SERVICE, path)
    return path


def keys(url):
    with redis.Redis.from_url(url) as client:
        return {*client.scan_iter()}


def test_a_copy_that_is_taken_while_commits_go_on_is_of_one_moment(
    store, redis_url, empty_url, tmp_path
):
    path, moments = tmp_path / "bakery.backup", []
    with subprocess.Popen([sys.executable, "-m", "tests.backbone.pairs", redis_url]) as writer:
        try:
            eventually(lambda: store.load(pairs.Left, "999").version > 0, 120)
            before = datetime.now(UTC)
            taken = snapshot.take(redis_url, pairs.SERVICE, path, lambda _: moments.append(1))
            after, now = datetime.now(UTC), store.load(pairs.Left, "0").version
            eventually(lambda: store.load(pairs.Left, "0").version > now)  # it still goes on
        finally:
            writer.kill()

    restore.put_back(empty_url, pairs.SERVICE, path)
    back = pairs.store_at(empty_url)
    assert before <= taken.taken_at <= after
    assert len(moments) > 10
    assert pairs.different(back) == []
    newest = back.page(pairs.Left, {}, "-updated_at", 1).found[0]
    assert datetime.fromisoformat(newest.updated_at) <= taken.taken_at
    assert taken.taken_at - datetime.fromisoformat(newest.updated_at) < timedelta(seconds=30)


def test_what_is_put_back_is_what_was_there_with_its_ends(store, copy, redis_url, empty_url):
    restore.put_back(empty_url, pairs.SERVICE, copy)

    ours = {key for key in keys(redis_url) if key.startswith(b"{bakery}:")}
    tokens = {b"{bakery}:relay:token", b"{bakery}:timers:token"}
    assert keys(empty_url) - tokens == ours
    back = pairs.store_at(empty_url).redis
    for key in ours - {b"{bakery}:birth"}:
        assert back.dump(key) == store.redis.dump(key)
        assert back.pexpiretime(key) == store.redis.pexpiretime(key)


def test_the_birth_mark_of_a_store_put_back_is_its_own_and_says_whose_copy_it_is(copy, empty_url):
    taken = restore.put_back(empty_url, pairs.SERVICE, copy)

    mark = pairs.store_at(empty_url).redis.get("{bakery}:birth")
    origin = Origin.of(mark)
    assert mark.startswith(BIRTH + b" ")
    assert abs(origin.copied_at - taken.taken_at) < timedelta(milliseconds=1)
    assert datetime.now(UTC) - origin.restored_at < timedelta(minutes=1)


def test_leases_of_the_processes_that_ran_are_not_in_a_copy_and_tokens_go_on_ahead(
    store, redis_url, empty_url, tmp_path
):
    store.atomic.lead(store.key("relay"), "somebody", 60_000)
    before = int(store.redis.get(store.key("relay:token")))
    snapshot.take(redis_url, pairs.SERVICE, tmp_path / "copy")
    restore.put_back(empty_url, pairs.SERVICE, tmp_path / "copy")

    back = pairs.store_at(empty_url)
    assert not back.redis.exists(back.key("relay"))
    assert back.atomic.lead(back.key("relay"), "another", 60_000) > before + 1000


def test_what_was_announced_is_copied_page_after_page_up_to_the_moment_of_the_copy(
    store, redis_url, empty_url, tmp_path
):
    def announce(number):
        store.redis.xadd(store.announced, {"posting": f"{number}", "more": "1"})

    for number in range(250):
        announce(number)
    late = []

    def meanwhile(_):
        if len(late) < 200:
            late.append(announce(250 + len(late)))

    snapshot.take(redis_url, pairs.SERVICE, tmp_path / "copy", meanwhile)
    there = store.redis.xrange(store.announced)
    restore.put_back(empty_url, pairs.SERVICE, tmp_path / "copy")
    back = pairs.store_at(empty_url)
    found = back.redis.xrange(back.announced)
    assert late
    assert len(found) in (len(there), len(there) - 1)  # the last is announced once all is copied
    assert found == there[: len(found)]
    back.redis.xadd(back.announced, {"posting": "new"})  # it goes on behind them


@pytest.mark.parametrize("at", [5, -5, -300], ids=["its head", "its end", "within"])
def test_a_damaged_file_is_refused_and_nothing_is_written(copy, empty_url, at):
    damaged = bytearray(copy.read_bytes())
    damaged[at] ^= 0x55
    copy.write_bytes(damaged)

    # a bit of gzip's own header may say nothing of the content
    if at == 5:
        damaged[0] ^= 0x55
        copy.write_bytes(damaged)
    with pytest.raises(file.Unreadable, match="damaged"):
        restore.put_back(empty_url, pairs.SERVICE, copy)
    assert keys(empty_url) == set()


def test_a_file_that_was_cut_off_is_refused_and_nothing_is_written(copy, empty_url):
    copy.write_bytes(copy.read_bytes()[:-40])

    with pytest.raises(file.Unreadable, match="damaged"):
        restore.put_back(empty_url, pairs.SERVICE, copy)
    assert keys(empty_url) == set()


def test_a_file_whose_content_was_changed_by_hand_is_refused(copy, empty_url):
    content = gzip.decompress(copy.read_bytes())
    copy.write_bytes(gzip.compress(content.replace(b"0123456789abcdef", b"0123456789abcdee", 1)))

    with pytest.raises(file.Unreadable, match="damaged"):
        restore.put_back(empty_url, pairs.SERVICE, copy)


def test_a_file_of_a_later_format_is_refused_with_what_to_do(copy, empty_url):
    head, _, rest = gzip.decompress(copy.read_bytes()).partition(b"\n")
    later = json.dumps(json.loads(head) | {"format": 2}).encode()
    copy.write_bytes(gzip.compress(later + b"\n" + rest))

    with pytest.raises(file.Unreadable, match=r"format 2.*the version that wrote it"):
        restore.put_back(empty_url, pairs.SERVICE, copy)


def test_a_copy_of_another_service_is_refused(copy, empty_url):
    with pytest.raises(file.Unreadable, match="a copy of bakery, and not of shop"):
        restore.put_back(empty_url, "shop", copy)


def test_what_a_store_holds_is_removed_only_if_that_is_said_and_others_keep_theirs(
    store, copy, redis_url
):
    pairs.commit(store, 7, 99)
    pairs.commit(store, 77, 77)
    with pytest.raises(restore.InTheWay, match="--overwrite"):
        restore.put_back(redis_url, pairs.SERVICE, copy)
    assert store.load(pairs.Left, "7").thing.number == 99

    restore.put_back(redis_url, pairs.SERVICE, copy, overwrite=True)
    assert store.load(pairs.Left, "7").thing.number == 7
    assert store.load(pairs.Left, "77").version == 0
    assert store.redis.exists(OTHERS)


def test_what_a_service_leaves_in_an_emptied_store_is_not_in_the_way(store, copy, redis_url):
    store.redis.flushdb()
    store.redis.set(store.key("relay:token"), 7)
    store.redis.set(store.key("probe"), 1)

    restore.put_back(redis_url, pairs.SERVICE, copy)

    assert store.load(pairs.Left, "7").thing.number == 7


def test_nothing_is_put_back_while_a_process_works_on_the_store(store, copy, redis_url):
    store.atomic.lead(store.key("relay"), "somebody", 60_000)

    with pytest.raises(restore.InTheWay, match="works on this store now"):
        restore.put_back(redis_url, pairs.SERVICE, copy, overwrite=True)
    assert store.redis.get(store.key("birth")) == BIRTH


def test_what_was_broken_off_is_done_again_without_more_words(store, copy, empty_url, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restore, "_restore", killed)
        with pytest.raises(KeyboardInterrupt):
            restore.put_back(empty_url, pairs.SERVICE, copy)
    restore.put_back(empty_url, pairs.SERVICE, copy)

    assert pairs.different(pairs.store_at(empty_url)) == []
    assert pairs.store_at(empty_url).load(pairs.Left, "7").thing.number == 7


def test_a_copy_that_fails_leaves_the_file_of_before(store, copy, redis_url, monkeypatch):
    before = copy.read_bytes()

    def emptied(*_):
        store.redis.flushdb()
        raise redis.ConnectionError

    monkeypatch.setattr(snapshot, "_at_one_moment", emptied)
    with pytest.raises(Exception, match="Redis does not answer"):
        snapshot.take(redis_url, pairs.SERVICE, copy)
    assert copy.read_bytes() == before
    assert [*copy.parent.iterdir()] == [copy]


def test_a_redis_that_is_emptied_while_it_is_copied_gives_no_copy(store, redis_url, tmp_path):
    emptied = []

    def empty(_):
        if not emptied:
            emptied.append(store.redis.flushdb())

    with pytest.raises(snapshot.Emptied):
        snapshot.take(redis_url, pairs.SERVICE, tmp_path / "copy", empty)
    assert [*tmp_path.iterdir()] == []


def test_a_full_disk_is_told_as_one_and_not_as_a_redis_that_is_away(
    store, redis_url, tmp_path, monkeypatch
):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(file.Unwritable, match="No space left"):
        snapshot.take(redis_url, pairs.SERVICE, tmp_path / "copy")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("flag", ["t", "P"], ids=["who asked to be told", "who is told"])
def test_a_copy_during_which_redis_did_not_tell_of_every_change_is_none(
    store, redis_url, tmp_path, flag
):
    def cut_off(_):
        """The connections that Redis lists under this flag: of those that are told, and of those for
        whom somebody else is told."""
        for each in store.redis.client_list():
            if flag in each["flags"] and each["db"] == str(_database(redis_url)):
                store.redis.client_kill_filter(_id=each["id"])

    with pytest.raises(Unavailable):
        snapshot.take(redis_url, pairs.SERVICE, tmp_path / "copy", cut_off)
    assert [*tmp_path.iterdir()] == []


def _database(url):
    return url.rpartition("/")[2]


def test_who_may_not_put_back_is_told_so_and_shown_nothing_of_what_is_in_the_copy(
    store, copy, empty_url
):
    may = (
        "~{bakery}:*",
        "+@all",
        "-@dangerous",
        "-@admin",
        "resetchannels",
        "&__redis__:invalidate",
    )
    store.redis.execute_command("ACL", "SETUSER", "service", "on", ">secret", *may)
    url = empty_url.replace("redis://", "redis://service:secret@")

    with pytest.raises(restore.InTheWay, match="may not put anything back") as told:
        restore.put_back(url, pairs.SERVICE, copy)
    assert "left_id" not in str(told.value)
    # to copy it may, though it may not ask for the version
    for_it = redis_url_of(store).replace("redis://", "redis://service:secret@")
    assert snapshot.take(for_it, pairs.SERVICE, copy).about.redis == "unknown"


def redis_url_of(store):
    given = store.redis.connection_pool.connection_kwargs
    return f"redis://{given['host']}:{given['port']}/{given['db']}"


def test_a_copy_of_a_redis_that_this_one_cannot_read_is_told_with_both_versions(
    empty_url, tmp_path
):
    later = file.About(pairs.SERVICE, BIRTH.decode(), "99.1")
    with file.writing(tmp_path / "copy", later) as out:
        out.add(file.Frame(b"{bakery}:left:1", 0, b"\x00\x01x\xff\x00" + bytes(8)))
        out.finish(datetime.now(UTC))

    with pytest.raises(restore.InTheWay, match=r"a Redis 99\.1, which this Redis \d.* newer one"):
        restore.put_back(empty_url, pairs.SERVICE, tmp_path / "copy")


def test_nobody_else_reads_a_copy(copy):
    assert copy.stat().st_mode & 0o077 == 0
