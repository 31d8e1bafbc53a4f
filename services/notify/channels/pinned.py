"""A POST to the very addresses that were checked, so that DNS cannot send it elsewhere meanwhile.

It alone needs requests (5 MB, a tenth of a second), so it is imported by `aside`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util import Url

from ..delivery.message import ChannelError
from .addresses import bare


class _PinnedAdapter(HTTPAdapter):
    """Connects to `ip`; the certificate is still held against the name."""

    def __init__(self, ip: str, name: str) -> None:
        super().__init__()
        self._ip, self._name = ip, name

    def get_connection_with_tls_context(
        self, request: Any, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        """Raises nothing: it makes no connection yet."""
        host, tls = self.build_connection_pool_key_attributes(request, verify, cert)
        named = {**tls, "server_hostname": self._name}
        return self.poolmanager.connection_from_host(
            **{**host, "host": self._ip}, pool_kwargs=named
        )


def post(
    parts: Url, ips: Sequence[str], headers: Mapping[str, str], body: bytes, timeout_s: float
) -> requests.Response:
    """The answer of the first address that takes the connection; `timeout_s` is for each wait.

    Nothing is followed, no proxy is asked, and the answer's body is not read: it may be endless.
    Raises `ChannelError` when none can be reached.
    """
    try:
        return _posted(parts, ips, headers, body, timeout_s)
    except requests.RequestException as error:
        # the library's own words hold the address
        sentence = f"The webhook could not be reached ({type(error).__name__})."
        raise ChannelError(isinstance(error, requests.exceptions.InvalidURL), sentence) from None


def _posted(
    parts: Url, ips: Sequence[str], headers: Mapping[str, str], body: bytes, timeout_s: float
) -> requests.Response:
    prepared = _prepared(parts, headers, body)
    connect_s = timeout_s / len(ips)
    verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
    for left, ip in zip(range(len(ips) - 1, -1, -1), ips, strict=True):
        try:
            return _PinnedAdapter(ip, bare(parts)).send(
                prepared, stream=True, timeout=(connect_s, timeout_s), verify=verify
            )
        except requests.ConnectionError as error:
            if not left or not _never_connected(error):
                raise
    raise requests.ConnectionError("no address was given")


def _prepared(parts: Url, headers: Mapping[str, str], body: bytes) -> requests.PreparedRequest:
    """The request; user and password of the address go into a header of their own, as UTF-8."""
    prepared = requests.Request(
        "POST", parts._replace(auth=None).url, headers=dict(headers), data=body
    ).prepare()
    prepared.headers["Host"] = parts.netloc or ""
    if parts.auth:
        user, _, password = parts.auth.partition(":")
        prepared.prepare_auth((unquote_to_bytes(user), unquote_to_bytes(password)))
    return prepared


def _never_connected(error: requests.ConnectionError) -> bool:
    """Whether nothing was sent, so that another address can be tried."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)
