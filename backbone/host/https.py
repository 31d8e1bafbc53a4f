"""Answering over HTTP; over TLS where there is a certificate, which is read again when its files change."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any

import eventlet
import eventlet.wsgi

from ..logs import log, trace
from ..settings import Settings, Unusable

ANSWERED_WITHIN_S = 10


class Certificate:
    """Who we are, and whom we answer: anybody, or whom an authority certified."""

    def __init__(self, cert_file: str, key_file: str, ca_file: str = "") -> None:
        """Raises `Unusable` when it cannot be read."""
        self.files = [Path(each) for each in (cert_file, key_file, ca_file) if each]
        self.cert_file, self.key_file, self.ca_file = cert_file, key_file, ca_file
        try:
            self._seen, self._context = self._changed(), self._read()
        except OSError as problem:
            named = ", ".join(map(str, self.files))
            raise Unusable(
                f"HTTP_CERT_FILE, HTTP_KEY_FILE and HTTP_CA_FILE are read as PEM, and {named} cannot be: "
                f"{problem}"
            ) from problem

    def context(self) -> ssl.SSLContext:
        """As the files say now; while they are changed and do not fit together, as they said before."""
        try:
            if (seen := self._changed()) != self._seen:
                self._seen = seen
                self._context = self._read()
        except OSError as problem:
            log.warning("certificate_not_read", file=self.cert_file, problem=problem)
        return self._context

    def _changed(self) -> list[int]:
        return [each.stat().st_mtime_ns for each in self.files]

    def _read(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.cert_file, self.key_file)
        if self.ca_file:
            made.load_verify_locations(self.ca_file)
            made.verify_mode = ssl.CERT_REQUIRED
        return made


def certificate(settings: Settings) -> Certificate | None:
    """That of the settings, if there is one. Raises `Unusable` when it cannot be read."""
    if not settings.http_cert_file:
        return None
    return Certificate(settings.http_cert_file, settings.http_key_file, settings.http_ca_file)


class _Listener:
    """One whose connections speak TLS. They greet each other when the first is read, beside us."""

    def __init__(self, plain: Any, shown: Certificate) -> None:
        self.plain, self.shown = plain, shown
        self.family, self.getsockname, self.close = plain.family, plain.getsockname, plain.close

    def accept(self) -> tuple[Any, Any]:
        while True:
            taken, whence = self.plain.accept()
            context = self.shown.context()
            try:
                encrypted = context.wrap_socket(
                    taken, server_side=True, do_handshake_on_connect=False
                )
                return encrypted, whence
            except OSError:  # gone before it said a word
                taken.close()


class _Protocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]  # eventlet has no types
    """Hangs up on whoever does not speak TLS with us, or shows no certificate that we know."""

    def handle(self) -> None:
        try:
            super().handle()
        except ssl.SSLError as problem:
            log.debug("tls_refused", problem=problem)


def listen(host: str, port: int) -> Any:
    """A listener; for 0 at a port that the system chooses. Raises `OSError` when another has the port."""
    return eventlet.listen((host, port), family=socket.AF_INET, reuse_port=False)


def _told(application: Any) -> Any:
    """The application, whose defects the log has; eventlet would tell them to whoever asks."""

    def answered(environ: Any, start_response: Any) -> Any:
        try:
            return application(environ, start_response)
        except Exception as problem:  # noqa: BLE001 - told, and the next one is answered
            log.error("answering_failed", exception=trace(problem))
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"A defect; the log says where, in the line answering_failed.\n"]

    return answered


def answer(listener: Any, application: Any, shown: Certificate | None) -> None:
    """Answer with a WSGI application. Runs for ever."""
    eventlet.wsgi.server(
        _Listener(listener, shown) if shown else listener,
        _told(application),
        log_output=False,
        debug=False,  # else it tells whoever asks what went wrong in it
        socket_timeout=ANSWERED_WITHIN_S,
        protocol=_Protocol,
    )
