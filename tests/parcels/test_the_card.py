"""The commands on the card of parcels can be typed as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cli.given import argument_of

HERE = Path(__file__).parents[2]
CARD = (HERE / "services" / "parcels" / "README.md").read_text("utf-8")
METHODS = json.loads((HERE / "docs" / "contracts" / "rpc.json").read_text("utf-8"))["services"][
    "parcels"
]["methods"]


def calls() -> list[list[str]]:
    """Every call on the card, in a block or in a sentence: its method and its arguments."""
    lines = [
        *re.findall(r"^tenglong call parcels (.*)$", CARD, re.M),
        *re.findall(r"`tenglong call parcels ([^`]*)`", CARD),
    ]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("call", calls(), ids=lambda call: call[0])
def test_a_call_of_the_card_is_one_that_the_contract_takes(call):
    method, *given = call
    schema = METHODS[method]["request"]

    Draft202012Validator(schema).validate(dict(map(argument_of, given)))


def test_the_calls_in_sentences_are_found_beside_those_in_blocks():
    assert {"apply_soil_registry_notice", "sale_price"} <= {method for method, *_ in calls()}
