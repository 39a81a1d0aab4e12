"""What the discovery document says of the protocol: its methods, their parameters, and the schemas of what is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the API, as the document describes it."""

    id: str
    """`videos.insert`."""
    verb: str
    path: str
    parameters: Mapping[str, Schema]
    body: str
    """Name of the schema of what is sent; empty where nothing is."""
    answer: str
    """Name of the schema of what comes back; empty where nothing does."""
    uploads: bool
    """Whether a file comes with it."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The whole document, as far as it matters here."""

    methods: Mapping[str, Method]
    schemas: Mapping[str, Schema]
    parameters: Mapping[str, Schema]
    """Those that every method takes."""


def protocol() -> Protocol:
    """Read the document that Google's client brings along; no network is needed."""
    place = resources.files("googleapiclient") / "discovery_cache" / "documents" / "youtube.v3.json"
    document = json.loads(place.read_text("utf-8"))
    methods = (
        _method(written, document["servicePath"])
        for resource in document["resources"].values()
        for written in resource.get("methods", {}).values()
    )
    return Protocol({each.id: each for each in methods}, document["schemas"], document["parameters"])


def _method(written: Mapping[str, Any], before: str) -> Method:
    return Method(
        id=written["id"].removeprefix("youtube."),
        verb=written["httpMethod"],
        path=f"/{before}{written['path']}",
        parameters=written.get("parameters", {}),
        body=written.get("request", {}).get("$ref", ""),
        answer=written.get("response", {}).get("$ref", ""),
        uploads="mediaUpload" in written,
    )
