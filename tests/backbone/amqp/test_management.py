"""What stands where RabbitMQ's management API is looked for need not be one: it is said, and no more."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from backbone.amqp.management import Link, NotLetIn, Unreachable, links_at

URI = "amqp://guest:guest@127.0.0.1/vhost"
BINDING = '{"source": "farm.events", "destination": "mill.inbox.v1", "routing_key": "sack.sent"}'
DEFAULT = '{"source": "", "destination": "mill.inbox.v1", "routing_key": "mill.inbox.v1"}'


@pytest.fixture
def answering() -> Iterator[Callable[[bytes], str]]:
    """The address of a server that says these bytes to whoever asks first."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads = []

    def say(answer: bytes) -> None:
        asking, _ = listening.accept()
        with asking:
            asking.recv(65_536)
            asking.sendall(answer)

    def start(answer: bytes) -> str:
        threads.append(threading.Thread(target=say, args=(answer,)))
        threads[-1].start()
        return f"http://guest:guest@127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for thread in threads:
        thread.join(5)
    listening.close()


def http(body: str) -> bytes:
    head = f"HTTP/1.0 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


def test_the_bindings_of_the_virtual_host_are_read_and_which_queues_there_are(answering):
    found = links_at(answering(http(f"[{BINDING}, {DEFAULT}]")), URI)

    by_its_name = Link("", "mill.inbox.v1", "mill.inbox.v1")
    assert found == {Link("farm.events", "mill.inbox.v1", "sack.sent"), by_its_name}


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        ("401 Unauthorized", '{"reason": "Login failed"}', "401, Login failed"),
        ("403 Forbidden", "<html>a proxy</html>", "403, Forbidden"),
        ("401 Unauthorized", "[]", "401, Unauthorized"),
    ],
)
def test_whoever_is_not_let_in_is_named_and_why(answering, status, body, why):
    answer = http(body).replace(b"200 OK", status.encode())
    with pytest.raises(NotLetIn, match=f"does not let guest in, whom MANAGEMENT_URL names: {why}"):
        links_at(answering(answer), URI)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
        b"HTTP/1.0 401 Unauthorized\r\n\r\n",
        http("<html>a proxy</html>"),
        http('{"status": "up"}'),
        http('[{"name": "another list"}]'),
        http("7"),
    ],
    ids=["no http", "nothing", "not for us", "a page", "an object", "another list", "a number"],
)
def test_whatever_else_answers_there_is_said_to_be_no_management_api(answering, answer):
    with pytest.raises(Unreachable):
        links_at(answering(answer), URI)


def test_the_management_api_is_asked_as_nobody_whom_its_url_does_not_name():
    with pytest.raises(Unreachable, match="MANAGEMENT_URL names no user"):
        links_at("http://127.0.0.1:9", URI)
