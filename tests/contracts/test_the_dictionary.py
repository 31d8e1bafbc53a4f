"""Each field of an event, a call, a fact or an answer has one entry in the dictionary, which is true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from backbone.contracts.dictionary import Dictionary
from backbone.contracts.receipt import receipt_schema
from backbone.contracts.words import Words, values_of
from services.contracts import contracts, dictionary, receipts

CONTRACTS = {each.name: each for each in contracts()}
SAID = {name: each.as_json() for name, each in CONTRACTS.items()}
RECEIPTS = receipts()
RECEIPT = receipt_schema(RECEIPTS)
WORDS = {name: each.words for name, each in CONTRACTS.items()} | {"receipts": RECEIPTS}
PARTS: dict[str, list[dict[str, Any]]] = {}
for words_of in WORDS.values():
    for used, uses in words_of.used.items():
        PARTS.setdefault(used, []).extend(uses)
LETTERS = sorted({key[0] for key in PARTS})


@pytest.mark.parametrize("name", WORDS)
def test_every_field_has_its_entry(name):
    assert WORDS[name].used
    assert WORDS[name].lacking == []


def test_no_entry_is_left_of_a_field_that_is_gone():
    assert sorted(dictionary().entries.keys() - PARTS.keys()) == []


def has_fields_of_its_own(schema: dict) -> bool:
    inner = [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())]
    within = [each for each in inner if isinstance(each, dict)]
    return "properties" in schema or any(has_fields_of_its_own(each) for each in within)


def test_each_entry_is_a_sentence_or_more():
    entries = dictionary().entries

    assert [key for key, entry in entries.items() if not entry.meaning.endswith(".")] == []


@pytest.mark.parametrize("letter", LETTERS)
def test_each_entry_has_an_example_that_its_fields_take(letter):
    for key, parts in PARTS.items():
        example = dictionary().entries[key].example
        for part in parts if key[0] == letter else ():
            if example is not None:
                jsonschema.validate(example, part, format_checker=jsonschema.FormatChecker())
            else:
                assert key in WITHOUT_EXAMPLE or has_fields_of_its_own(part), (key, part)


WITHOUT_EXAMPLE = {
    "filter": "a kind has filters of its own",
    "cursor": "it is a digest, which says nothing to a reader",
    "line_id": "it is a digest, which says nothing to a reader",
    "secret": "an example of a secret would be used",
}


@pytest.mark.parametrize("letter", LETTERS)
def test_each_value_of_an_enumeration_has_its_words(letter):
    for key in [key for key in PARTS if key[0] == letter and key not in NO_WORDS]:
        words = dictionary().words(dictionary().entries[key])
        values = {value for part in PARTS[key] for value in values_of(part)}
        values -= {"true", "false"}  # a flag in a filter, which may be written as text
        values -= set(words.values())  # some calls take the word of the park as well

        assert values <= words.keys(), (key, values - words.keys())
        assert words.keys() <= values or not values, (key, words.keys() - values)


NO_WORDS = {
    "order": "its values are names of fields",
    "kinds": "a kind of alert is a word of the rulebook, which has its title",
}


def test_a_name_that_stands_in_two_files_is_refused(tmp_path: Path):
    for name in "ab":
        (tmp_path / f"{name}.toml").write_text('[colour]\nmeaning = "Its colour."\n')

    with pytest.raises(ValueError, match=r"colour stands in .*a\.toml and in .*b\.toml"):
        Dictionary.of(sorted(tmp_path.glob("*.toml")))


def test_an_entry_with_a_misspelt_part_is_refused(tmp_path: Path):
    (tmp_path / "a.toml").write_text('[colour]\nmeaning = "Its colour."\nexampel = "red"\n')

    with pytest.raises(ValueError, match="exampel"):
        Dictionary.of([tmp_path / "a.toml"])


def test_a_name_means_in_its_own_place_what_is_said_there(tmp_path: Path):
    file = tmp_path / "a.toml"
    file.write_text(
        '[state]\nmeaning = "Any."\n["lamp.state"]\nmeaning = "A lamp\'s."\n'
        '["attic.lamp.state"]\nmeaning = "A lamp\'s in the attic."\n'
    )
    found = Dictionary.of([file])

    assert found.key("cellar", "door", "state") == "state"
    assert found.key("cellar", "lamp", "state") == "lamp.state"
    assert found.key("attic", "lamp", "state") == "attic.lamp.state"
    assert found.key("attic", "lamp", "colour") is None


def test_a_field_without_an_entry_is_noticed():
    words = Words(Dictionary({}), "attic")

    words.into({"type": "object", "title": "Lamp", "properties": {"state": {"type": "string"}}})

    assert words.lacking == ["attic.lamp.state"]
