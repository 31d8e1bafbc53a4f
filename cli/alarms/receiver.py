"""Where Alertmanager delivers: POST /alarms, with a token that both know. GET /runbooks/ shows the pages."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable
from typing import Any

from backbone.errors import Answered, Invalid, Unavailable

from ..console import err
from ..reach import silence
from . import runbooks
from .reading import calls_of

Start = Callable[[str, list[tuple[str, str]]], Any]
Tell = Callable[..., Any]  # (method, **arguments): raises what notify raises
NO_SCRIPTS = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("X-Content-Type-Options", "nosniff"),
)
LARGEST = 1_000_000  # bytes; Alertmanager sends a few thousand
TOLD, NOT_THEIRS, LATER = "200 OK", "422 Unprocessable Entity", "503 Service Unavailable"


class Receiver:
    """A WSGI application that has notify told of each alarm. Whatever notify did not answer to is asked
    again by Alertmanager, which tries what ends with 503 once more; each alarm is told once. The token is
    asked for with each request, since it may have been changed. A runbook is shown to anybody; people
    reach them at `base`."""

    def __init__(self, token: Callable[[], str], tell: Tell, base: str = runbooks.BASE) -> None:
        self.token, self.tell, self.base = token, tell, base

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        page = runbooks.html(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "GET" else None
        if page is not None:
            status, kind, body = TOLD, "text/html; charset=utf-8", page
        else:
            status, said = self.answer(environ)
            kind, body = "application/json", json.dumps(said, ensure_ascii=False).encode() + b"\n"
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), *NO_SCRIPTS])
        return [body]

    def answer(self, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The status, and what is said with it."""
        where = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO")
        if where == ("GET", "/livez"):
            return TOLD, {"alive": True}
        if where != ("POST", "/alarms"):
            return "404 Not Found", {"try": "POST /alarms, or GET /runbooks/"}
        if not (token := self.token()):
            return LATER, {"reasons": ["the token of this receiver is not there"]}
        given = environ.get("HTTP_AUTHORIZATION", "").encode()
        if not hmac.compare_digest(given, f"Bearer {token}".encode()):
            return "401 Unauthorized", {
                "say": "Authorization: Bearer, and the token of this receiver"
            }
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > LARGEST:
            return "413 Content Too Large", {"most": f"{LARGEST} bytes"}
        return self._take(environ["wsgi.input"].read(int(length)))

    def _take(self, body: bytes) -> tuple[str, dict[str, Any]]:
        try:
            calls = calls_of(json.loads(body), self.base)
        except (ValueError, RecursionError):
            return NOT_THEIRS, {"reasons": ["this is no JSON that can be read"]}
        except Invalid as problem:
            return NOT_THEIRS, {"reasons": [each.as_dict() for each in problem.reasons]}
        refused = []
        for method, arguments in calls:
            try:
                self.tell(method, **arguments)
            except Unavailable as problem:
                why = silence(problem)
                err.print(f"notify is not told; Alertmanager tries again: {why}", highlight=False)
                return LATER, {"reasons": [why]}
            except Answered as problem:
                err.print(f"notify refused {method}: {problem}", highlight=False)
                refused += [each.as_dict() for each in problem.reasons]
        return (NOT_THEIRS, {"reasons": refused}) if refused else (TOLD, {"told": len(calls)})
