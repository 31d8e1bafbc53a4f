"""`python deploy/ready.py 8001`: whether the service at this port is ready; if not, what it waits for.

A process that is still starting is waited for. One that answers has a few seconds more to become ready: its
broker and store are there, so what it says then is what somebody has to mend, a wrong password say.

It is run beside the service, with its environment: with HTTP_CERT_FILE it asks over TLS, and shows that
certificate where HTTP_CA_FILE has one asked for. Since it asks this machine alone, it holds what is shown to
it against nothing.
"""

from __future__ import annotations

import json
import os
import ssl
import sys
import time
from urllib import error, request

STARTS_WITHIN_S, READY_WITHIN_S, ASKS_EVERY_S = 50.0, 4.0, 0.5


def waits_for(port: int) -> dict[str, str] | None:
    """The parts that it waits for, with the reasons; none of one that is ready. None while nobody answers."""
    try:
        tls = _tls()
        at = f"{'https' if tls else 'http'}://127.0.0.1:{port}/readyz"
        with request.urlopen(at, timeout=3, context=tls):  # noqa: S310 - http(s), see above
            return {}
    except error.HTTPError as answer:
        told: dict[str, str] = json.load(answer)["waits_for"]
        return told
    except OSError as problem:
        cause = getattr(problem, "reason", problem)
        return {"tls": str(cause)} if isinstance(cause, ssl.SSLError) else None


def _tls() -> ssl.SSLContext | None:
    """How the service answers, if it has a certificate."""
    certificate, key = os.environ.get("HTTP_CERT_FILE"), os.environ.get("HTTP_KEY_FILE")
    if not certificate:
        return None
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    if os.environ.get("HTTP_CA_FILE"):
        made.load_cert_chain(certificate, key)
    return made


def main(port: int) -> str | None:
    """A sentence, or none for a service that is ready."""
    began, answered = time.monotonic(), None
    while True:
        found, now = waits_for(port), time.monotonic()
        if found == {}:
            return None
        if found and answered is None:
            answered = now
        if answered is not None and now > answered + READY_WITHIN_S:
            return f"waits for {found}" if found else "it has ended"
        if answered is None and now > began + STARTS_WITHIN_S:
            return f"nobody answers at port {port}"
        time.sleep(ASKS_EVERY_S)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
