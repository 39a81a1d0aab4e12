"""The discovery document's schemas as JSON Schema: another hand than ours holds answers against them."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema

from media_service.youtube.sandbox.protocol import protocol

ERROR = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "errors"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "integer", "minimum": 400},
                "message": {"type": "string", "minLength": 1},
                "status": {"enum": ["INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED"]},
                "details": {"type": "array", "items": {"type": "object", "required": ["@type"]}},
                "errors": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["message", "domain", "reason"],
                        "additionalProperties": False,
                        "properties": {
                            "message": {"type": "string", "minLength": 1},
                            "domain": {"type": "string", "pattern": r"^(global|usageLimits|youtube\.[a-zA-Z]+)$"},
                            "reason": {"type": "string", "pattern": "^[a-zA-Z]+$"},
                            "location": {"type": "string"},
                            "locationType": {"enum": ["parameter", "header", "other"]},
                        },
                    },
                },
            },
        }
    },
}
"""What a refusal of YouTube's looks like."""


def check(name: str, answer: object) -> None:
    """Fail unless an answer is what the document says of its schema, to the last name."""
    _validator(name).validate(answer)


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    definitions = {each: _schema(schema) for each, schema in protocol().schemas.items()}
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions})


def _schema(written: Any) -> dict[str, Any]:
    if "$ref" in written:
        return {"$ref": f"#/$defs/{written['$ref']}"}
    schema = {name: written[name] for name in ("type", "enum") if name in written}
    if "items" in written:
        schema["items"] = _schema(written["items"])
    if written.get("type") == "object":
        more = written.get("additionalProperties")
        schema["properties"] = {name: _schema(each) for name, each in written.get("properties", {}).items()}
        schema["additionalProperties"] = _schema(more) if isinstance(more, dict) else not schema["properties"]
    return schema
