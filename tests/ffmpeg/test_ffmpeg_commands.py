"""What ffmpeg is asked to do, read from its arguments without running it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.read_along import Box
from media_service.ffmpeg import command, drawn

OPENED = ["-max_pixels", "40000000", "-protocol_whitelist", "file,pipe"]
BARE = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]


def test_the_listeners_copy_is_a_plain_mp3() -> None:
    assert command.mp3(Path("m.flac"), 0.45, Path("c.mp3")) == [
        "-f", "flac", *OPENED, "-i", "file:m.flac",
        "-filter_complex", "[0]volume=0.45dB[s0];[s0]aresample=44100[s1]", "-map", "[s1]",
        "-f", "mp3", "-b:a", "128k", "-c:a", "libmp3lame", "-compression_level", "7", *BARE,
        "-id3v2_version", "0", "-map_metadata", "-1", "file:c.mp3",
    ]  # fmt: skip


METERS = (
    "[0:a:0]ebur128=framelog=quiet:peak=true[s0];[s0]astats=measure_perchannel=none[s1];"
    "[s1]silencedetect=duration=0.15:noise=-45dB[s2]"
)


def test_inspecting_decodes_a_file_once_for_every_meter() -> None:
    assert command.inspect(Path("f.m4a"), "mov") == [
        "-f", "mov", *OPENED, "-i", "file:f.m4a",
        "-filter_complex",
        METERS,
        "-map", "[s2]", "-f", "null", "-",
    ]  # fmt: skip


RAW = (
    "scale=3840:2160:flags=lanczos+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv[{}];"
    "[{}]format=yuv420p"
)
SLIDE = ["-f", "png_pipe", "-framerate", "30", *OPENED, "-i"]


def test_a_slide_becomes_plain_frames_by_the_matrix_it_is_tagged_with() -> None:
    assert drawn.plain(Path("s.png"), (3840, 2160), Path("s")) == [
        *SLIDE, "file:s.png", "-filter_complex", f"[0]{RAW.format('s0', 's0')}[s1]", "-map", "[s1]",
        "-f", "rawvideo", "file:s",
    ]  # fmt: skip


def test_a_block_is_laid_over_its_slide_as_it_stands_and_lit() -> None:
    asked = drawn.lettered(Path("s.png"), Path("b.png"), Box(100, 800, 300, 900), (1920, 1080), Path("s"))
    graph = asked[asked.index("-filter_complex") + 1]
    assert asked[: 2 * len(SLIDE) + 2] == [*SLIDE, "file:s.png", *SLIDE, "file:b.png"]
    assert "crop=200:100:0:0" in graph
    assert "crop=200:100:0:100" in graph
    assert graph.count("overlay=eof_action=repeat:format=gbrp:x=100:y=800") == 2


def test_frames_are_encoded_as_closed_groups() -> None:
    assert drawn.encoded((1920, 1080), (15, 7), 17, Path("s.mp4")) == [
        "-f", "rawvideo", "-framerate", "30", "-pixel_format", "yuv420p", "-s", "1920x1080", "-i", "pipe:0",
        "-filter_complex", "[0]setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv[s0]",
        "-map", "[s0]", "-f", "mp4", "-bf", "2", "-bsf:v", "filter_units=remove_types=6", "-c:v", "libx264",
        "-crf", "17", "-fflags", "+bitexact", "-force_key_frames", "expr:eq(n,0)+eq(n,15)", "-g", "15",
        "-keyint_min", "1", "-level", "4.0", "-map_metadata", "-1", "-preset", "veryfast", "-profile:v", "high",
        "-r", "30", "-sc_threshold", "0", "-threads", "1",
        "-x264-params", "b-pyramid=none:b-adapt=0:aq-mode=3:ref=1:stitchable=1", "file:s.mp4",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["-y", "concat:a|b", "a:b", "tên có dấu.png", "%03d.png"])
def test_no_file_name_is_read_as_an_option_or_a_protocol(name: str) -> None:
    asked = drawn.plain(Path(name), (1920, 1080), Path(name))
    assert asked[asked.index("-i") + 1] == asked[-1] == f"file:{name}"
    asked = drawn.lettered(Path(name), Path(f"{name}2"), Box(0, 0, 2, 2), (1920, 1080), Path(name))
    assert [asked[at + 1] for at, word in enumerate(asked) if word == "-i"] == [f"file:{name}", f"file:{name}2"]


@given(st.integers(1, 100_000))
def test_groups_add_up_and_never_hold_a_lonely_key_frame(frames: int) -> None:
    lengths = drawn.groups(frames)
    assert sum(lengths) == frames
    assert max(lengths) <= 15
    assert min(lengths) > 1 or frames == 1
    assert len(set(lengths)) <= 2
