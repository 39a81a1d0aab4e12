"""What an MP3 says of itself, in ID3v2.3, the edition that every player reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mutagen import MutagenError, id3

from media_service.ffmpeg.language import iso_639_2
from media_service.ffmpeg.streams import faults_of
from media_service.ports import Tags


def tag(path: Path, tags: Tags, cover: Path) -> None:
    """Give an MP3 its tags and its cover (JPEG).

    The narrator stands where players look (composer) and where libraries do (NARRATOR); the disclosure stands in the
    comment that people see and under a name of its own for programs. What is empty is left out.
    """
    kinds: Any = id3  # mutagen's calls have no types
    written = kinds.ID3()
    for frame in _frames(kinds, tags):
        if str(frame):
            written.add(frame)
    with faults_of(path):
        picture = {"mime": "image/jpeg", "type": id3.PictureType.COVER_FRONT, "desc": "", "data": cover.read_bytes()}
        written.add(kinds.APIC(encoding=id3.Encoding.LATIN1, **picture))
        try:
            written.update_to_v23()
            written.save(path, v2_version=3)
        except MutagenError as exc:
            raise OSError(*getattr(exc.args[0], "args", exc.args)) from exc


def _frames(kinds: Any, tags: Tags) -> list[Any]:
    words, plain = {"encoding": id3.Encoding.UTF16}, {"encoding": id3.Encoding.LATIN1}
    language = iso_639_2(tags.language)
    return [
        kinds.TIT2(text=tags.title, **words),
        kinds.TALB(text=tags.album, **words),
        kinds.TPE1(text=tags.artist, **words),
        kinds.TCOM(text=tags.narrator, **words),
        kinds.TXXX(desc="NARRATOR", text=tags.narrator, **words),
        kinds.TRCK(text=f"{tags.number}/{tags.count}", **plain),
        kinds.TLAN(text=language, **plain),
        kinds.TDRC(text=tags.year, **plain),
        kinds.COMM(lang=language, desc="", text=tags.comment, **words),
        kinds.TXXX(desc="DISCLOSURE", text=tags.comment, **words),
    ]
