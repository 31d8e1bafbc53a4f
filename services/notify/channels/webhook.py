"""The webhook channel: a signed POST, in the manner of Standard Webhooks (standardwebhooks.com).

The receiver checks `webhook-signature` with its own secret, and drops a copy by `webhook-id`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import orjson
import requests

from backbone.errors import Reason

from ..message import ChannelError, Message, Target
from .settings import ChannelSettings

SHORTEST_KEY = 24  # bytes; Standard Webhooks asks for 24 to 64
TEMPORARY = frozenset({408, 425, 429})


def problem(target: Target) -> Reason | None:
    if not _host(target.address):
        sentence = "A webhook's address reads like https://host/path."
        return Reason("BAD_ADDRESS", sentence, field="address")
    if len(key_of(target.secret or "")) < SHORTEST_KEY:
        sentence = f"Give a secret of {SHORTEST_KEY} bytes or more: text, or whsec_ and Base64."
        return Reason("SECRET_TOO_SHORT", sentence, field="secret")
    return None


def shown(target: Target) -> str:
    """The address without its path and query, which often hold a token."""
    return f"{urlsplit(target.address).scheme}://{_host(target.address)}/…"


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    body = orjson.dumps({"type": f"alert.{message.alert['kind']}", "data": _data(message)})
    headers = signed(target.secret or "", message.delivery_id, int(time.time()), body)
    try:
        with requests.post(
            target.address,
            data=body,
            headers=headers,
            timeout=settings.timeout_s,
            allow_redirects=False,  # a redirect would carry the alert to a place nobody signed up
            stream=True,  # the answer's body is not read: it may be endless
        ) as response:
            _judge(response)
    except requests.RequestException as error:
        # the library's own words hold the address; a ValueError is an address it cannot use
        sentence = f"The webhook could not be reached ({type(error).__name__})."
        raise ChannelError(isinstance(error, ValueError), sentence) from None


def signed(secret: str, identity: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of one message; `timestamp` is Unix seconds."""
    content = f"{identity}.{timestamp}.".encode() + body
    signature = hmac.new(key_of(secret), content, hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "user-agent": "tenglong-notify",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def key_of(secret: str) -> bytes:
    """The signing key: what stands behind `whsec_` in Base64, or the text itself."""
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return b""


def _data(message: Message) -> dict[str, object]:
    return {**message.alert, "title": message.title, "text": message.text}


def _host(address: str) -> str:
    """The host and port, or nothing when this is no address of the web."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    usable = parts.scheme in ("http", "https") and parts.hostname and " " not in address
    return f"{parts.hostname}{port}" if usable else ""


def _judge(response: requests.Response) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    temporary = status >= 500 or status in TEMPORARY
    wait_s = _patience_s(response.headers.get("Retry-After", ""))
    raise ChannelError(not temporary, f"The webhook answered {status}.", wait_s)


def _patience_s(asked: str) -> float:
    """Retry-After in seconds: a number of them, or a moment (RFC 9110 section 10.2.3)."""
    if asked.isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0
