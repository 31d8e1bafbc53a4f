"""Real servers on loopback for the channels to talk to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message as Mail
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event as Signal
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller

from services.notify.channels.settings import ChannelSettings
from tests.support.children import free_ports


def on_loopback(timeout_s: float = 20, **more: Any) -> ChannelSettings:
    """Settings of an installation whose webhooks may go to this machine, without TLS."""
    here = (ip_network("127.0.0.0/8"), ip_network("::1"))
    return ChannelSettings(timeout_s=timeout_s, plain_http=True, networks=here, **more)


@dataclass
class WebSite:
    """Answers each POST with the next of `answers` (status, headers), the last one for ever."""

    answers: list[tuple[int, dict[str, str]]]
    port: int = 0
    seen: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    hold: Signal | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def website(
    *answers: tuple[int, dict[str, str]], silent: bool = False, tls: ssl.SSLContext | None = None
) -> Iterator[WebSite]:
    """A web site; a silent one takes the request and says nothing until the test is over."""
    site = WebSite(list(answers), hold=Signal() if silent else None)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.seen.append((self.path, headers, body))
            if site.hold:
                site.hold.wait(10)
                return
            status, more = site.answers.pop(0) if len(site.answers) > 1 else site.answers[0]
            self.send_response(status)
            for name, value in {"content-length": "0", **more}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    with served(server):
        try:
            yield site
        finally:
            if site.hold:
                site.hold.set()


@dataclass
class MailServer:
    """Keeps what it is sent. `refusals` are met one a letter, and then everything is taken."""

    refusals: list[str] = field(default_factory=list)
    letters: list[Mail] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    is_silent_at_parting: bool = False
    port: int = 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals and self.refusals[0].startswith("rcpt "):
            return self.refusals.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals:
            return self.refusals.pop(0)
        self.letters.append(BytesParser().parsebytes(envelope.content))
        self.raw.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"

    async def handle_QUIT(self, _server, _session, _envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.is_silent_at_parting:
            await asyncio.sleep(10)
        return "221 Bye"


@dataclass
class RawServer:
    port: int = 0
    connections: int = 0
    is_over: Signal = field(default_factory=Signal)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def mail_server(*refusals: str, **more: Any) -> Iterator[MailServer]:
    """A mail server; `more` goes to aiosmtpd (tls_context, authenticator, …)."""
    server = MailServer(list(refusals))
    patient = {"ready_timeout": 60} | more
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), **patient)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def raw_server(said: bytes, then_drip: bytes = b"", every_s: float = 0.05) -> Iterator[RawServer]:
    """A server that says `said` to whoever connects, before it has read anything, and then a byte
    of `then_drip` now and again, until the test is over."""
    state = RawServer()

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            state.connections += 1
            with suppress(OSError):
                self.request.sendall(said)
                while then_drip and not state.is_over.wait(every_s):
                    self.request.sendall(then_drip)
                self.request.shutdown(socket.SHUT_WR)
                self.request.settimeout(5)
                while self.request.recv(4096):  # or what was said is lost with a reset
                    pass

    with served(ThreadingTCPServer(("127.0.0.1", 0), Handler)) as server:
        state.port = server.server_address[1]
        try:
            yield state
        finally:
            state.is_over.set()


@contextmanager
def served(server: Any) -> Iterator[Any]:
    """A server of the standard library at work; all of its threads have ended when this is over."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    return free_ports(1)[0]
