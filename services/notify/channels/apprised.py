"""Apprise with all the chats that it knows: 13 MB, and half a second. Imported by `aside` alone."""

from __future__ import annotations

import logging

from apprise import Apprise

# it writes addresses with their tokens; what went wrong is said by the channel
logging.getLogger("apprise").disabled = True
Apprise.instantiate(
    "json://localhost", suppress_exceptions=True
)  # the first makes it load the chats
