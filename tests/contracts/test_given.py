"""What an operator types behind `tenglong call`, and what a service is told."""

from __future__ import annotations

import pytest
import typer

from cli.given import argument_of, json_of


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


@pytest.mark.parametrize("read", [json_of, lambda typed: argument_of(f"wish={typed}")])
def test_what_is_nested_without_end_is_no_argument(read):
    with pytest.raises(typer.BadParameter, match="more than 32 deep"):
        read("[" * 100_000)
