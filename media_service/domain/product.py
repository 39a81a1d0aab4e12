"""What the steps make: files known by the fingerprint of all that went into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Key:
    """The name of a product: what it is, the fingerprint of all that went into it, and its file ending."""

    product: str
    fingerprint: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Product(Generic[Value]):
    """A file that is whole on the shelf, and what was learned while making it."""

    key: Key
    facts: Value
