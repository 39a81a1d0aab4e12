"""Written short forms whose dot ends no sentence, as a table; how they are read aloud is the affair of `spoken`."""

from __future__ import annotations

import re

_TABLE = """
tp. tx. tt. st. ths. th.s. ts. pgs. gs. bs. ks. cn. kts. ds. nsnd. nsưt. ls. lm. mr. mrs. ms. dr. tr. nxb. tk. vd. stt.
xb. tb. ct. cf. vol. jr. sr.
"""
_DOTTED = frozenset(_TABLE.split())
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_AROUND = "“‘«‹([{\"'–—-"


def is_abbreviation(word: str) -> bool:
    """Tell whether a word's last dot belongs to the word: TP., PGS.TS., J.R.R., Q.

    v.v. is none: whether it ends its sentence is told by what follows.
    """
    bare = word.lstrip(_AROUND)
    small = bare.lower()
    if small in _DOTTED or (_INITIALS.fullmatch(bare) is not None and bare[0].isupper()):
        return True
    return small.endswith(".") and small[:-1].rsplit(".", 1)[-1] + "." in _DOTTED
