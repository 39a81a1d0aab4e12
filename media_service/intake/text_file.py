"""From a file's bytes to clean text: UTF-8 only, NFC, one kind of line end, nothing invisible.

What another encoding looks like is the affair of `legacy`; what the text says, of its readers.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from media_service.domain.old_letters import TWICE
from media_service.intake.faults import Faults
from media_service.intake.legacy import encoding_of, find_garbled
from media_service.intake.place import NotAFileError, TooLargeError, read_bytes
from media_service.messages import Message, message

LARGEST = 8_000_000
"""Bytes of a script; a thick novel has about one million, a book of 3,000 pages six."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SPACES = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def read_text(path: Path, faults: Faults) -> str | None:
    """Return a script's text, None where it cannot be had; `faults` then says why."""
    try:
        data = read_bytes(path, LARGEST)
    except TooLargeError:
        said = message("This script is larger than {limit} MB; cut it into several jobs.", limit=LARGEST // 1_000_000)
        faults.add(0, said)
    except NotAFileError:
        faults.add(0, message("This is not a file that can be read; put the script itself here."))
    except PermissionError:
        faults.add(0, message("This file may not be read; ask for the right to read it."))
    except OSError:
        faults.add(0, message("This file cannot be read; check the disk or copy the file again."))
    else:
        return decode(data, faults)
    return None


def decode(data: bytes, faults: Faults) -> str | None:
    """Return bytes as clean text, None where they are no UTF-8 text."""
    data = data.removeprefix(codecs.BOM_UTF8)
    encoding = _wide_encoding(data)
    if encoding:
        faults.add(0, message("This file is saved as {encoding}; save it again as UTF-8.", encoding=encoding))
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError as exc:
        faults.add(data.count(b"\n", 0, exc.start) + 1, _not_unicode(encoding_of(data)))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faulty = _unreadable(text, faults)
    return None if faulty else clean(text)


def clean(text: str) -> str:
    """Return text in NFC without controls and zero-width signs; the number of its lines stays."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _SPACES.sub(" ", text)))


def _wide_encoding(data: bytes) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:4000]
    share = head.count(0) / len(head) if head else 0
    return "UTF-32" if share > 0.6 else "UTF-16" if share > 0.2 else ""


def _not_unicode(encoding: str) -> Message:
    if encoding == TWICE:
        return message(
            "The letters of this line were garbled when the file was saved; take the text from its source again."
        )
    if encoding:
        return message(
            "This line is not Unicode but looks like the {encoding} encoding; "
            "convert the file with UniKey's converter or Word and save it as UTF-8.",
            encoding=encoding,
        )
    return message("This line is not Unicode (UTF-8); open the file where it was written and save it as UTF-8.")


def _unreadable(text: str, faults: Faults) -> bool:
    garbled = find_garbled(text)
    if garbled:
        line, encoding = garbled
        faults.add(line, _not_unicode(encoding))
    for sign, said in (
        ("\x00", message("A NUL character stands here, which no text has; copy the text into a new file.")),
        ("\ufffd", message("A sign for a lost letter stands here; write the letter again.")),
    ):
        at = text.find(sign)
        if at >= 0:
            faults.add(text.count("\n", 0, at) + 1, said)
    return bool(garbled) or "\x00" in text
