"""What a Vietnamese syllable may look like: onset, rime, tone; what breaks them is foreign or a short form.

The spelling rules of the dictionary (as in hunspell-vi), not a list of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from media_service.domain.reading.rule import words

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIMES = words(
    """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu êng êc i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam
oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong ooc oong op ot oc ô ôc ôi ôm ôn
ông ôp ôt ôông ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông
uôt uơ uy uya uych uynh uyên uyêt uyt uyu uyn uyp uâ ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt
ươu y ya yêm yên yêng yêt yêu yt ych ym yn ynh yp ơng uao uau ueo uet uen uơn uai uan uang uanh uat uac uach uay
uăng uăn uăc uăt uăm uoc uê e êu ưp oeng oăp
"""
)
_BARE_RIMES = frozenset(
    "".join(letter for letter in unicodedata.normalize("NFD", rime) if letter.isalpha()) for rime in _RIMES
)
"""The same without any marks, as addresses have them."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_SYLLABLE = re.compile(rf"({_ONSETS})([aăâeêioôơuưy][a-zăâêôơưđ]*)")
_LONGEST = 7


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Tell whether a word, in capitals or not, can be one Vietnamese syllable; those that end in a stop bear a tone."""
    if not 0 < len(word) <= _LONGEST:
        return False
    marked = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", _TONE.sub("", marked))
    tones = _TONE.findall(marked)
    if len(tones) > 1 or not (bare.isalpha() and _splits(bare)):
        return False
    return not _STOPPED.search(bare) or (bool(tones) and tones[0] in "\u0301\u0323")


def _splits(bare: str, rimes: Collection[str] = _RIMES) -> bool:
    """Tell whether a word without tone is an onset and a rime; gi and qu may lend their vowel to the rime."""
    for onset in _ONSETS.split("|"):
        if bare.startswith(onset):
            rime = bare[len(onset) :]
            if rime in rimes and _agree(onset, rime):
                return True
            if onset == "gi" and (rime in {"", "n", "m", "p", "ch", "nh", "t"} or "i" + rime in rimes):
                return True
    return False


def _agree(onset: str, rime: str) -> bool:
    """Tell whether spelling allows that onset before that rime: k, gh, ngh before e ê i y, their partners elsewhere."""
    front = rime[0] in "eêiy"
    if onset in {"k", "gh", "ngh"}:
        return front or (onset == "k" and rime[0] == "a")  # Bắc Kạn, Đắk
    if onset in {"c", "g", "ng"}:
        return not front
    return onset != "p" or rime[0] != "h"


def syllables_in(word: str) -> tuple[str, ...]:
    """Cut a word that was run together without marks (thuvienbinhthuan) into as few syllables as can be.

    Empty where it cannot be cut so.
    """
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST), end):
            head, piece = best[start], word[start:end]
            if head is not None and len(piece) > 1 and _splits(piece, _BARE_RIMES):
                choices.append((*head, piece))
        best.append(min(choices, key=len, default=None))
    return best[-1] or ()
