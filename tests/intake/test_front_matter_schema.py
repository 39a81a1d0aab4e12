"""The schema that serves editors says the same as the domain, and is fit for them."""

from __future__ import annotations

from dataclasses import fields

from jsonschema import Draft7Validator

from media_service.domain.pace import Age
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script import Borrow, English, Facts, Kind
from media_service.intake.front_matter import schema


def names(of: type) -> set[str]:
    return {field.name for field in fields(of)}


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(schema())


def test_the_keys_are_the_facts_of_a_work() -> None:
    keys = schema()["properties"]
    assert set(keys) == names(Facts) - {"slug"}
    assert set(keys["rights"]["properties"]) == names(Rights)
    assert set(keys["borrow"]["properties"]) == names(Borrow)
    assert set(keys["english"]["properties"]) == names(English)
    assert set(schema()["definitions"]["right"]["properties"]) == names(Right)


def test_the_choices_are_those_of_the_domain() -> None:
    keys = schema()["properties"]
    assert keys["kind"]["enum"] == list(Kind)
    assert keys["age"]["enum"] == [*Age, None]
    assert schema()["definitions"]["right"]["properties"]["basis"]["enum"] == list(Basis)


def test_what_an_editor_reads_as_a_number_is_allowed_where_the_program_takes_text() -> None:
    editor = {
        "title": 1984,
        "kind": "heritage",
        "year": 1941,
        "tags": [2024],
        "borrow": {"call_number": 895.9},
        "author": None,
    }
    assert list(Draft7Validator(schema()).iter_errors(editor)) == []


def test_every_key_is_explained_to_editors() -> None:
    assert [key for key, rule in schema()["properties"].items() if not rule.get("description")] == []


def test_a_changed_copy_leaves_the_schema_as_it_is() -> None:
    schema()["properties"].clear()
    assert schema()["properties"]
