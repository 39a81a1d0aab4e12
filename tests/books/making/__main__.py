"""Makes the corpus again: `python -m tests.books.making [MODULE...]`; `README.md` beside this says what each needs."""

from __future__ import annotations

import sys
from importlib import import_module

MODULES = ("epubs", "words", "prints", "pages", "plain", "foreign", "second", "refused")

if __name__ == "__main__":
    for name in sys.argv[1:] or MODULES:
        for make in import_module(f"tests.books.making.{name}").ALL:
            make()
