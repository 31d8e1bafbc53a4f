"""Every metric of the platform, each with the sentence that an operator reads beside it.

Labels are services, event types that a service knows, townships of the list, and enum values:
never a code, a name or an id, so that the number of series stays bounded. What nobody hears or knows
is `unknown`; a made-up fact that is heard, because all of a service's are, is `other`.
"""

from __future__ import annotations

from collections import defaultdict

from prometheus_client import Counter, Gauge, Histogram

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600)

received = Counter(
    "tenglong_received",
    "Messages that arrived from outside, by who sent them and what they say they are.",
    ["service", "publisher", "type"],
)
accepted = Counter(
    "tenglong_accepted", "Outside events that were applied.", ["service", "publisher", "type"]
)
refused = Counter(
    "tenglong_refused",
    "Outside events answered with a refusal, by the code of the first reason.",
    ["service", "publisher", "type", "code"],
)
duplicate = Counter(
    "tenglong_duplicate",
    "Messages that had been applied before and changed nothing.",
    ["service", "publisher", "type"],
)
handled = Counter(
    "tenglong_handled",
    "Messages whose handler ran to its end and was committed.",
    ["service", "type"],
)
retried = Counter(
    "tenglong_retried",
    "Tries that failed and were put back to be tried later.",
    ["service", "type"],
)
parked = Counter(
    "tenglong_parked",
    "Messages parked for a person, by cause.",
    ["service", "type", "cause"],
)
parked_now = Gauge("tenglong_parked_now", "Messages parked and not yet dealt with.", ["service"])
overflowed = Counter(
    "tenglong_overflowed",
    "Outside events that came beyond the share of their publisher and wait in the overflow of their service.",
    ["service", "publisher"],
)
clashes = Counter(
    "tenglong_clashes",
    "Commits done over because somebody else changed the same thing.",
    ["service"],
)
done_after = Histogram(
    "tenglong_done_after_seconds",
    "Time from the moment that an event names as its own to the commit of its effect.",
    ["service", "type"],
    buckets=SECONDS,
)
processing = Histogram(
    "tenglong_processing_seconds",
    "Time to decide and commit one batch of messages.",
    ["service"],
    buckets=SECONDS,
)
batch_size = Histogram(
    "tenglong_batch_messages",
    "Messages decided and committed together.",
    ["service"],
    buckets=(1, 2, 5, 10, 20, 50, 100, 200),
)
outbox_depth = Gauge(
    "tenglong_outbox_depth", "Facts committed and not yet confirmed by the broker.", ["service"]
)
outbox_age = Gauge(
    "tenglong_outbox_oldest_seconds",
    "Age of the oldest fact in the outbox; 0 when empty.",
    ["service"],
)
relayed = Counter("tenglong_relayed", "Facts that the broker confirmed.", ["service"])
unroutable = Counter(
    "tenglong_unroutable",
    "Facts that the broker sent back because a queue is missing; they stay in the outbox.",
    ["service"],
)
missing_exchanges = Counter(
    "tenglong_missing_exchanges",
    "Times that an exchange was not there and was declared again: somebody deletes exchanges.",
    ["exchange"],
)
missing_bindings = Counter(
    "tenglong_missing_bindings",
    "Times that a binding of the queue to the exchange was not there and was made again; needs "
    "RabbitMQ's management API.",
    ["exchange", "queue"],
)
missing_queues = Counter(
    "tenglong_missing_queues",
    "Times that a queue was gone and was declared again; the messages in it are lost.",
    ["queue"],
)
relay_leader = Gauge(
    "tenglong_relay_leader", "1 in the process that publishes the service's outbox.", ["service"]
)
inbox_active = Gauge(
    "tenglong_inbox_active",
    "1 in the process that takes the service's events, of several: from the first that RabbitMQ gives "
    "it until it stops or loses its connection.",
    ["service"],
)
rpc_served = Counter(
    "tenglong_rpc_served",
    "Calls answered, by method and result (ok, expired, or the type of the error).",
    ["service", "method", "result"],
)
calls_refused = Counter(
    "tenglong_calls_refused",
    "Calls that were not let in, by the code of the reason: who called may not, or did not say who it was.",
    ["service", "code"],
)
answers_not_bound = Counter(
    "tenglong_answers_not_bound",
    "Answers that nobody got: the queue that a call named is not bound at the exchange of calls, and our "
    "user may put nothing into queues by their names.",
    ["service"],
)
rpc_in_hand = Gauge("tenglong_rpc_in_hand", "Calls being answered now.", ["service"])
rpc_seconds = Histogram(
    "tenglong_rpc_seconds", "Time to answer a call.", ["service", "method"], buckets=SECONDS
)
rpc_called = Counter(
    "tenglong_rpc_called",
    "Calls made to another service, by method and result.",
    ["service", "method", "result"],
)
ticks = Counter(
    "tenglong_timer_ticks",
    "Ticks of a timer, by result: done (by this process), or failed and tried again.",
    ["service", "timer", "result"],
)
deliveries = Counter(
    "tenglong_deliveries",
    "Tries to deliver an alert, by channel and the state they led to.",
    ["channel", "state"],
)
heartbeat_age = Gauge(
    "tenglong_heartbeat_age_seconds",
    "Time since the newest heartbeat was sent that came through, by the last service that passed it on.",
    ["passed_by"],
)
store_at_risk = Gauge(
    "tenglong_store_at_risk",
    "1 while Redis may lose what it is given, by cause.",
    ["service", "cause"],
)
store_forgotten = Gauge(
    "tenglong_store_forgotten",
    "1 while Redis is not the store that the service had: it is empty, or another one.",
    ["service"],
)
certificate_ends = Gauge(
    "tenglong_certificate_ends_timestamp_seconds",
    "When a certificate ends (Unix time), by the connection that it is for (broker, store, management, "
    "probes, smtp) and whose it is: ours, the authority's, or the one that the server showed last.",
    ["service", "to", "whose"],
)
ready = Gauge("tenglong_ready", "1 while the service is ready, as /readyz tells.", ["service"])
loop_stall = Gauge(
    "tenglong_loop_stall_seconds",
    "Longest time in the last minute that the event loop was held by work that did not yield.",
)
last_success = Gauge(
    "tenglong_last_success_timestamp_seconds",
    "When the service last did this: commit, relay, answer (Unix time).",
    ["service", "what"],
)


class Tally:
    """What a batch counts, one message after the other; told once, when it is committed."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Counter, tuple[str, ...]], int] = defaultdict(int)
        self._observed: dict[tuple[Histogram, tuple[str, ...]], list[float]] = defaultdict(list)

    def count(self, counter: Counter, *labels: str) -> None:
        self._counts[counter, labels] += 1

    def observe(self, seconds: float, histogram: Histogram, *labels: str) -> None:
        self._observed[histogram, labels].append(seconds)

    def tell(self) -> None:
        for (counter, labels), number in self._counts.items():
            counter.labels(*labels).inc(number)
        for (histogram, labels), values in self._observed.items():
            child = histogram.labels(*labels)
            for value in values:
                child.observe(value)
