"""Projects passes the platform's heartbeat on from parcels, and keeps nothing of it."""

from __future__ import annotations

SENT = {"sent_at": "2023-08-01T09:30:00+08:00"}


def test_a_heartbeat_goes_on_with_the_moment_of_its_sending(projects):
    projects.hear("parcels", "heartbeat_heard", SENT).or_raise()

    assert projects.facts == [("heartbeat_heard", SENT)]


def test_nothing_is_kept_of_it_but_that_it_was_done(projects):
    projects.hear("parcels", "heartbeat_heard", SENT).or_raise()

    kept = projects.repository.call("keys", "*")
    assert {key.decode().split(":")[1] for key in kept} == {"done", "outbox"}
