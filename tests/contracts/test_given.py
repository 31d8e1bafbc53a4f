"""What an operator types behind `tenglong call`, and what a service is told."""

from __future__ import annotations

import pytest

from cli.given import argument_of


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("township=330604006", "330604006"),
        ('township="330604006"', "330604006"),
        ("township=null", None),
        ("request_id=77", "77"),
        ("limit=20", 20),
        ("code=330604001002GB00017", "330604001002GB00017"),
    ],
)
def test_a_township_is_given_as_it_is_written(typed, told):
    name, _, _ = typed.partition("=")
    assert argument_of(typed) == (name, told)
