"""An exception in a log: where it happened, and of what it says only what cannot be somebody's name."""

from __future__ import annotations

import ast
import json
import logging
import socket
import subprocess
import sys
from pathlib import Path

import eventlet
import pytest
import redis
import structlog
from amqp.exceptions import FrameSyntaxError, NotFound
from hypothesis import given
from hypothesis import strategies as st
from kombu.exceptions import EncodeError
from redis.backoff import NoBackoff
from redis.retry import Retry
from requests.exceptions import ConnectTimeout

from backbone.errors import Damaged, Invalid, Permanent, Reason, Unavailable
from backbone.host import health, https
from backbone.inbox.outcomes import cause_of
from backbone.logs import digest, said, shown, trace
from backbone.settings import FileUnreadable, Unusable
from tests.support.logged import NAME, logged

ROOT = Path(__file__).parents[2]
QUOTED = f"Command # 1 (SET parcels:firm {NAME}) of pipeline caused error: OOM no memory"
UNKNOWN = f"unknown command 'PUT', with args beginning with: '{NAME}' "
KINDS = [
    KeyError,
    ValueError,
    RuntimeError,
    AssertionError,
    UnicodeError,
    OSError,
    Permanent,
    ConnectTimeout,
    EncodeError,
    FrameSyntaxError,
    redis.exceptions.InvalidResponse,
    redis.exceptions.DataError,
    lambda text: OSError(2, "none", text),
    lambda text: Damaged("firm", text, text, ValueError(text)),
    lambda text: Invalid([Reason("TOO_LONG", text, text)]),
    lambda text: type("Ours", (Exception,), {"__str__": lambda _: text})(),
    lambda text: ExceptionGroup(text, [KeyError(text), ExceptionGroup(text, [OSError(text)])]),
]


@pytest.fixture
def written():
    with logged() as entries:
        yield entries


@given(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    st.sampled_from(["from", "meanwhile"]),
    st.booleans(),
)
def test_whatever_fails_and_whatever_led_to_it_nobody_is_named(kinds, how, has_note):
    problem = failed(kinds, how)
    if has_note:
        problem.add_note(NAME)

    told = [trace(problem), said(problem), json.dumps(cause_of(problem))]

    assert [each for each in told if any(word in each for word in NAME.split())] == []
    assert told[0].count("in failed") >= len(kinds)


def failed(kinds, how):
    """An exception of the last of these kinds, which those before it led to."""
    before = None
    for kind in kinds:
        try:
            if before and how == "from":
                raise kind(NAME) from before
            try:
                if before:
                    raise before
            finally:
                raise kind(NAME)
        except Exception as problem:  # noqa: BLE001 - of whatever kind
            before = problem
    return before


def test_the_trace_says_where_and_what_led_to_it_as_python_does(written):
    def look_up():
        return {}[NAME]

    try:
        try:
            look_up()
        except KeyError as cause:
            raise RuntimeError(NAME) from cause
    except RuntimeError:
        structlog.get_logger().exception("failed")
        logging.getLogger("some.library").exception("failed")

    for entry in written():
        lines = entry["exception"].splitlines()
        here = f'  File "{__file__}", line '
        assert [each for each in lines if each.startswith("  ") and not each.startswith(here)] == []
        assert lines[2].endswith(", in look_up")
        assert lines[3:6] == [
            "KeyError",
            "",
            "The above exception was the direct cause of the following exception:",
        ]
        assert lines[-1] == "RuntimeError"
        assert NAME not in str(entry)
    assert len(written()) == 2


def test_an_endless_fall_is_cut_and_a_chain_that_bites_its_tail_ends():
    def fall(depth):
        fall(depth + 1)

    with pytest.raises(RecursionError) as fallen:
        fall(0)
    one, other = ValueError(NAME), KeyError(NAME)
    one.__cause__, other.__cause__ = other, one
    group = ExceptionGroup("", [one])
    one.__context__ = other.__context__ = group

    assert trace(fallen.value).count("in fall") < 50
    assert "more)" in trace(fallen.value)
    assert trace(one).splitlines()[::4] == ["KeyError", "ValueError"]
    assert trace(group).splitlines()[0] == "ExceptionGroup"


def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_a_connection_that_fails_still_says_to_which_host(written):
    port = closed_port()
    with pytest.raises(redis.exceptions.ConnectionError) as refused:
        redis.Redis(port=port, host="127.0.0.1", retry=Retry(NoBackoff(), 0)).ping()
    structlog.get_logger().error("lost", problem=refused.value, exc_info=refused.value)

    (entry,) = written()
    assert f"127.0.0.1:{port}" in entry["problem"]
    assert f"redis.exceptions.ConnectionError: Error 111 connecting to 127.0.0.1:{port}" in str(
        entry
    )


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (Unavailable("redis://:s3cret@store/0 is away"), "redis://:***@store/0 is away"),
        (Unusable("CALLERS=all is none of any, named."), "CALLERS=all is none of any, named."),
        (ConnectionResetError("the broker is gone"), "ConnectionResetError the broker is gone"),
        (FileUnreadable("AMQP_URI names ca.pem"), "AMQP_URI names ca.pem"),
        (PermissionError(13, "no", f"/home/{NAME}"), "PermissionError Permission denied"),
        (NotFound("no queue 'q'"), "NotFound Basic.ack: (404) no queue 'q'"),
        (redis.exceptions.OutOfMemoryError(QUOTED), "OutOfMemoryError OOM no memory"),
        (redis.exceptions.ResponseError(UNKNOWN), "ResponseError unknown command 'PUT'"),
        (Invalid([Reason("A", NAME, NAME), Reason("B", NAME)]), "Invalid A, B"),
        (KeyError(NAME), "KeyError"),
        (
            Damaged("firm", NAME, NAME, KeyError(NAME)),
            f"Damaged the firm of ref {digest(NAME)}",
        ),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_is_away_or_set_wrong_says_so_and_all_else_its_kind(problem, told):
    assert said(problem) == told.replace("Basic.ack: (404) ", str(problem).partition("no queue")[0])


def test_an_id_that_may_be_a_name_is_logged_as_its_digest():
    assert shown("2023-000231") == "2023-000231"
    assert len(shown(NAME)) == len(shown("li si")) == len(shown("\ud800")) == 10


def test_a_probe_says_of_a_defect_its_kind_alone():
    def ask():
        raise KeyError(NAME)

    told = eventlet.Queue()
    looking = eventlet.spawn(health.watch, ask, told.put)

    assert told.get(timeout=10) == "KeyError"
    looking.kill()


def test_a_defect_behind_a_probe_is_told_in_the_log_and_not_to_whoever_asks(written):
    def broken(*_):
        raise KeyError(NAME)

    answered = https._told(broken)({}, lambda status, _: status)

    (entry,) = written()
    assert b"answering_failed" in answered[0]
    assert ", in broken\nKeyError" in entry["exception"]
    assert NAME not in str(entry)


THREAD = """
import eventlet
from backbone import logs
from backbone.host.runner import tell_of_threads
logs.configure("INFO", str)
tell_of_threads()
def fall(name):
    raise KeyError(name)
eventlet.spawn(fall, "张三")
eventlet.sleep(0)
"""


def test_what_ends_a_thread_unseen_names_nobody_either():
    ran = subprocess.run(
        [sys.executable, "-c", THREAD], capture_output=True, text=True, cwd=ROOT, timeout=60
    )

    (line,) = (each for each in ran.stderr.splitlines() if each.startswith("{"))
    assert "张三" not in ran.stderr
    assert json.loads(line)["event"] == "thread_failed"
    assert json.loads(line)["exception"].endswith(", in fall\nKeyError")


# --- in the code

# what it says is of files of settings, which name no one who reported
OF_SETTINGS = {"backbone/certificates.py"}
OURS = {"Unavailable", "Forgotten"}
TELLS = {"debug", "info", "warning", "error", "exception", "log", "on_state", "report"}


def told_whole(tree):
    """The lines that log, or show at `/readyz`, the words of an exception that is not known to be ours."""
    for handler in ast.walk(tree):
        if not isinstance(handler, ast.ExceptHandler) or not handler.name:
            continue
        if isinstance(handler.type, ast.Name) and handler.type.id in OURS:
            continue
        for call in (each for each in ast.walk(handler) if isinstance(each, ast.Call)):
            if getattr(call.func, "attr", getattr(call.func, "id", "")) in TELLS:
                given = [*call.args, *(each.value for each in call.keywords)]
                yield from (each.lineno for each in given if quotes(each, handler.name))


def quotes(given, name):
    """Whether an argument makes a text of the exception by this name."""
    for each in ast.walk(given):
        if isinstance(each, ast.FormattedValue) and ast.unparse(each.value) == name:
            return True
        if isinstance(each, ast.Call) and ast.unparse(each) in (f"str({name})", f"repr({name})"):
            return True
    return False


def test_no_line_of_code_logs_the_words_of_an_exception():
    found = []
    for folder in ("backbone", "services", "park", "handin", "cli"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            name, code = str(file.relative_to(ROOT)), file.read_text()
            if name not in OF_SETTINGS and (
                "log." in code or "on_state" in code or "report(" in code
            ):
                found += [f"{name}:{line}" for line in told_whole(ast.parse(code))]

    assert found == []


@pytest.mark.parametrize("told", ["problem=str(p)", "problem=f'lost: {p}'", "problem=repr(p)"])
def test_such_a_line_is_found(told):
    code = f"try:\n  x()\nexcept ValueError as p:\n  log.error('lost', {told})"

    assert [*told_whole(ast.parse(code))] == [4]
