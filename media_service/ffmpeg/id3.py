"""What an MP3 says of itself, in ID3v2.3, the edition that every player reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutagen import MutagenError, id3

from media_service.domain.tags import Tags
from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.language import iso_639_2
from media_service.ffmpeg.streams import faults_of


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
    for frame in _chapters(kinds, tags):
        written.add(frame)
    with faults_of(path):
        picture = {"mime": "image/jpeg", "type": id3.PictureType.COVER_FRONT, "desc": "", "data": cover.read_bytes()}
        written.add(kinds.APIC(encoding=id3.Encoding.LATIN1, **picture))
        try:
            written.update_to_v23()
            written.save(path, v2_version=3)
        except MutagenError as exc:
            raise OSError(*getattr(exc.args[0], "args", exc.args)) from exc
        _put_chapters_in_order(path)


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


def _chapters(kinds: Any, tags: Tags) -> Iterator[Any]:
    """Yield a contents list and its chapters, timed in milliseconds; none for a file that has but one."""
    if len(tags.marks) < 2:
        return
    starts = [mark.start * 1000 // SAMPLE_RATE for mark in tags.marks]
    ends = [*starts[1:], tags.length * 1000 // SAMPLE_RATE]
    names = [f"chp{number}" for number in range(len(starts))]
    yield kinds.CTOC(element_id="toc", flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED, child_element_ids=names)
    for name, mark, start, end in zip(names, tags.marks, starts, ends, strict=True):
        title = kinds.TIT2(encoding=id3.Encoding.UTF16, text=mark.title)
        yield kinds.CHAP(element_id=name, start_time=start, end_time=end, sub_frames=[title])


def _put_chapters_in_order(path: Path) -> None:
    """Let chapters follow one another in time: mutagen writes them by size, and players take them as they come."""
    with path.open("r+b") as file:
        head = file.read(10)
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        frames = list(_split(file.read(size)))
        chapters = iter(sorted((frame for frame in frames if frame[:4] == b"CHAP"), key=_begins))
        file.seek(10)
        file.write(b"".join(next(chapters) if frame[:4] == b"CHAP" else frame for frame in frames))


def _split(tag: bytes) -> Iterator[bytes]:
    """Yield the frames of an ID3v2.3 tag, and last what stands behind them."""
    place = 0
    while tag[place : place + 1] > b"\0":
        end = place + 10 + int.from_bytes(tag[place + 4 : place + 8])
        yield tag[place:end]
        place = end
    yield tag[place:]


def _begins(chapter: bytes) -> int:
    """Return the start of a chapter's frame in milliseconds: it stands behind the name, which ends with a zero."""
    place = chapter.index(b"\0", 10) + 1
    return int.from_bytes(chapter[place : place + 4])
