"""The contracts of the park's services: what each hears, announces and answers, with its meaning."""

from __future__ import annotations

from functools import cache

from backbone.contracts.asyncapi import Sample, asyncapi
from backbone.contracts.dictionary import Dictionary
from backbone.contracts.read import Json
from backbone.contracts.receipt import receipt_schema
from backbone.contracts.rpc import rpc
from backbone.contracts.service import ServiceContract
from backbone.contracts.words import Words

from .installation import HOMES, TOWNSHIPS, classes, dictionary_files

TITLE = "Tenglong 腾笼"
# what a contract refuses with such a sentence its JSON Schema may take, and why it cannot know better
BEYOND = {
    r"^Give (the|a) (day|moment) |^There is no such (day|month)|^Write the day ": "a pattern knows no "
    "30th of February",
    r"^Give a day from ": "JSON Schema compares numbers, not days",
    r"^Give at most [0-9]+ (m²|mu|yuan|price|tce|of |percent|times|metres)": "as text it has no maximum",
    r"^Give a whole number from |^Give (a year|years) from |^Give 1 or more|^Give a figure of ": "likewise",
    r"^Give at most [0-9]+ decimal places": "multipleOf is not exact on binary fractions",
    r"^Write something|^Character [0-9]+ is ": "what cannot be seen is refused",
    r"^Leave out the number of a person": "the check digit of an identity card is computed",
    r"(credit|parcel|unit|industry) code|^Section [A-T] holds ": "a code is read in full width and in "
    "small letters, too, and its check digits and lists are computed",
    r"^Give a whole number: ": "1.0 is a whole number there",
    r"^Leave the number of the identity card ": "such a number has a day in it",
    r"^Close the ring: ": "one position is held against another",
    r"^Give degrees with at most 15 digits": "it does not know which numbers a double holds",
    r"^Give at most [0-9,]+ positions": "the positions of all rings are counted together",
    r"^The (last day|last year|maximum) must not |^Give at most (max_|floor_area_m2, )|^Name each parcel "
    "once|^Give stars and stars_from |^Give (enterprise_id|started_on), or ": "one field is held against "
    "another",
    r"^Give [0-9: -]+ [(]suspended_on[)] or later": "likewise",
    r"^Give either the project_id |^Give listing_ids or a wish": "likewise",
    r"^Give either area_m2, ": "one of three fields is given, and a schema here says one of two",
    r"^A bidding has a start, |^The listing ends after |^The second moment, |^Give frozen_at or ": "likewise",
    r"^Give a place with bidding rules": "whose rules there are is data",
    r"^Give (each holder|shares|the share|minimum|the [a-z_]+ of a )": "likewise",
}
# what a schema refuses and a contract takes
SHORT_OF = "space around a text counts there, and is taken away here before a text is measured"


@cache
def dictionary() -> Dictionary:
    """The data dictionary of the park. Raises `ValueError` for a name with two entries."""
    return Dictionary.of(dictionary_files())


@cache
def contracts() -> list[ServiceContract]:
    """The contract of each service."""
    return [ServiceContract(cls, dictionary()) for cls in classes(HOMES)]


def receipts() -> Words:
    """The words of receipts, which are of no service."""
    return Words(dictionary(), "receipts")


def receipt() -> Json:
    """The schema of a receipt's data."""
    return receipt_schema(receipts())


def asyncapi_of(version: str, sample: Sample) -> Json:
    """The AsyncAPI document of the installation."""
    services = [each.as_json() for each in contracts()]
    return asyncapi(TITLE, version, services, TOWNSHIPS, receipt(), sample)


def rpc_of(version: str) -> Json:
    """Every method with JSON Schema of request and reply."""
    return rpc(TITLE, version, (each.as_json() for each in contracts()))
