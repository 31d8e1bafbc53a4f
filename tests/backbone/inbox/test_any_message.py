"""Whatever a publisher sends, it is dealt with."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.inbox.batches import take

from .mill import binary, inbox_of, message, odd_values, outbox, sacks

odd_headers = st.dictionaries(
    st.sampled_from(["ce-id", "ce-source", "ce-type", "ce-time", "ce-correlationid", "x-attempt"])
    | st.text(max_size=6),
    odd_values,
    max_size=4,
)


@given(st.sampled_from([1, -1, -2]), odd_headers, st.none() | st.binary(max_size=20))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_a_publisher_sends_is_dealt_with(repository, number, headers, body):
    repository.redis.flushall()
    inbox, odd = inbox_of(repository), binary(number)
    odd.headers |= headers
    odd.body = odd.body if body is None else body

    take(inbox, [odd, message(3)])

    assert 3 in sacks(repository)
    assert len(outbox(repository)) + len(inbox.lot.entries()) == 2
