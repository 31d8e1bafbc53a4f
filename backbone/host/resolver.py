"""Names of hosts are resolved by the system, on a thread beside the loop.

eventlet would import dnspython for it: 7 MB in each process, and an answer that may differ from what
every other program on the machine is told (it knows no nsswitch). Set `WITHOUT_DNSPYTHON` in the
environment before eventlet is imported, and `install` after it was patched in.
"""

from __future__ import annotations

import socket
from typing import Any

WITHOUT_DNSPYTHON = {"EVENTLET_NO_GREENDNS": "yes", "EVENTLET_THREADPOOL_SIZE": "4"}


def install() -> None:
    """From now on `socket.getaddrinfo` lets other green threads go on while the system looks."""
    from eventlet import tpool
    from eventlet.green import socket as green

    by_system = socket.getaddrinfo
    tpool.QUIET = True  # an unknown name is told to whoever asked, and not to stderr as well

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if _is_address(host):
            return by_system(host, *args, **kwargs)
        return tpool.execute(by_system, host, *args, **kwargs)

    socket.getaddrinfo = green.getaddrinfo = getaddrinfo


def _is_address(host: Any) -> bool:
    """Whether there is nothing to look up."""
    if host is None:
        return True
    text = host.decode() if isinstance(host, bytes) else host
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, text.split("%")[0])
        except OSError:
            continue
        return True
    return False
