"""Which trace an event belongs to: https://www.w3.org/TR/trace-context/, and how CloudEvents carries it
(the extension "distributed tracing").

It is handed on and never judged: what is no `traceparent` is left out, as the W3C asks, and refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PARENT = r"\A(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}\Z"
STATE = r"\A[ -~]{1,512}\Z"  # what everybody has to hand on
Trace = dict[str, str]  # `traceparent`, and perhaps `tracestate`; or nothing

_is_parent, _is_state = re.compile(PARENT).match, re.compile(STATE).match


def trace_in(named: Mapping[str, Any]) -> Trace:
    """The trace that headers or attributes name."""
    parent, state = named.get("traceparent"), named.get("tracestate")
    if not isinstance(parent, str) or not _is_parent(parent):
        return {}
    if isinstance(state, str) and _is_state(state):
        return {"traceparent": parent, "tracestate": state}
    return {"traceparent": parent}
