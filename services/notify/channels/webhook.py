"""The webhook channel: a signed POST, in the manner of Standard Webhooks (standardwebhooks.com).

The receiver checks `webhook-signature` with its own secret and `webhook-timestamp` with its clock, and
drops a copy by `webhook-id`: docs/webhooks.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import orjson

from backbone.errors import Reason

from ..delivery.message import ChannelError, Message
from ..subscriptions.target import Target
from .addresses import LOOK_UP_S, BadAddress, reachable, web_address
from .aside import imported
from .deadline import within
from .settings import ChannelSettings

if TYPE_CHECKING:
    from requests import Response

SHORTEST_KEY = 24  # bytes; Standard Webhooks asks for 24 to 64
TEMPORARY = frozenset({408, 425, 429})
SECONDS = re.compile(r"[0-9]+")


def problem(target: Target, settings: ChannelSettings) -> Reason | None:
    try:
        parts = web_address(target.address)
        with suppress(OSError, ChannelError), within(LOOK_UP_S, "DNS"):
            reachable(parts, settings)
    except BadAddress as bad:
        return Reason("BAD_ADDRESS", str(bad), field="address")
    if len(key_of(target.secret or "")) < SHORTEST_KEY:
        sentence = f"Give a secret of {SHORTEST_KEY} bytes or more: text, or whsec_ and Base64."
        return Reason("SECRET_TOO_SHORT", sentence, field="secret")
    return None


def shown(target: Target) -> str:
    """The address without its path and query, which often hold a token."""
    parts = web_address(target.address)
    return f"{parts.scheme}://{parts.netloc}/…"


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    """Post the message. The host is looked up and checked anew each time, for its name may lead
    elsewhere by now. Raises `ChannelError`."""
    body = orjson.dumps({"type": f"alert.{message.alert['kind']}", "data": _data(message)})
    headers = signed(target.secret or "", message.delivery_id, int(time.time()), body)
    headers |= message.trace
    post = imported("pinned").post
    try:
        with within(settings.timeout_s, "The webhook"):
            parts = web_address(target.address)
            addresses = reachable(parts, settings)
            with post(parts, addresses, headers, body, settings.timeout_s) as response:
                _judge(response)
    except BadAddress as bad:
        raise ChannelError(True, str(bad)) from None
    except OSError as error:
        sentence = f"The webhook's host could not be looked up ({type(error).__name__})."
        raise ChannelError(False, sentence) from None


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


def _judge(response: Response) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    temporary = status >= 500 or status in TEMPORARY
    wait_s = _patience_s(response.headers.get("Retry-After", "").strip())
    raise ChannelError(not temporary, f"The webhook answered {status}.", wait_s)


def _patience_s(asked: str) -> float:
    """Retry-After in seconds: a number of them, or a moment (RFC 9110 section 10.2.3). What is
    neither asks for nothing; how much is granted is up to the rules."""
    if SECONDS.fullmatch(asked):
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (aware - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError, IndexError):
        return 0.0
