"""People who read their mail: each subscribes to a few kinds of alerts, and has a letter box."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.header import decode_header, make_header
from typing import Any

from tests.notify.servers import MailServer, mail_server

from .doorway import Host
from .eventually import eventually
from .park import SERVICES


class Post:
    """The park, and the letters that it sends to `<name>@example.org`."""

    def __init__(self, park: Host, server: MailServer) -> None:
        self.park, self._server = park, server

    def box(self, name: str, *kinds: str, **more: Any) -> None:
        """`name` wants to be told of these kinds, and of nothing else; `more` narrows it further."""
        self.park.call(
            "notify", "subscribe", name=name, channel="email", address=f"{name}@example.org",
            kinds=list(kinds), request_id=name, **more,
        )  # fmt: skip

    def subjects(self, name: str) -> list[str]:
        """What the letters to that person are about."""
        return [
            str(make_header(decode_header(letter["Subject"])))
            for letter in self._server.letters
            if f"{name}@example.org" in letter["To"]
        ]

    def text(self, name: str, about: str) -> str:
        """The letter to that person which is about this, once it has come."""
        return eventually(lambda: self._text(name, about))

    def _text(self, name: str, about: str) -> str:
        for letter in self._server.letters:
            subject = str(make_header(decode_header(letter["Subject"])))
            if f"{name}@example.org" in letter["To"] and about in subject:
                return bytes(letter.get_payload(decode=True)).decode()
        return ""


@contextmanager
def post_of(amqp_uri: str, redis_url: str, **env: str) -> Iterator[Post]:
    """The four services in a process of their own, with a mail server."""
    with mail_server() as server:
        smtp = f"smtp://127.0.0.1:{server.port}?from=park@example.org"
        with Host("park", SERVICES, amqp_uri, redis_url, SMTP_URL=smtp, **env) as park:
            yield Post(park, server)
