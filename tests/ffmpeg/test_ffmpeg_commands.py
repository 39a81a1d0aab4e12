"""What ffmpeg is asked to do, read from its arguments without running it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.ffmpeg import command, drawn
from media_service.ffmpeg.command import Chain

OPENED = ["-max_pixels", "40000000", "-protocol_whitelist", "file,pipe"]
PCM = ["-f", "s16le", "-ar", "48000", "-ch_layout", "mono", *OPENED]
BARE = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
LIMITER = (
    "aresample=192000[{}];[{}]alimiter=attack=5:latency=true:level=false:limit={}:release=60[{}];[{}]aresample=48000"
)


def test_gathering_measures_what_comes_through_the_pipe_and_keeps_it_as_it_is() -> None:
    assert command.gather(Path("a/all.pcm")) == [
        *PCM, "-i", "pipe:0",
        "-filter_complex", "[0]ebur128=framelog=quiet:peak=true[s0]", "-map", "[s0]",
        "-f", "s16le", *BARE, "-map_metadata", "-1", "file:a/all.pcm",
    ]  # fmt: skip


def test_a_master_is_gained_then_limited_then_given_room_tone_and_measured() -> None:
    assert command.master(Path("all.pcm"), 96_000, Chain(4.0, -3.5), Path("m.flac")) == [
        *PCM, "-i", "file:all.pcm", "-f", "lavfi", "-i", command.ROOM_TONE,
        "-filter_complex",
        "[0]volume=4.00dB[s0];[s0]" + LIMITER.format("s1", "s1", "-3.50dB", "s2", "s2") + "[s3];"
        "[s3]apad=whole_len=96000[s4];[s4]atrim=end_sample=96000[s5];"
        "[s5][1]amix=duration=first:inputs=2:normalize=false[s6];[s6]ebur128=framelog=quiet:peak=true[s7]",
        "-map", "[s7]", "-f", "flac", "-bits_per_raw_sample", "24", "-c:a", "flac",
        *BARE, "-map_metadata", "-1", "-sample_fmt", "s32", "file:m.flac",
    ]  # fmt: skip


def test_a_peaky_voice_passes_a_gentle_compressor_before_its_gain() -> None:
    asked = command.master(Path("all.pcm"), 96_000, Chain(4.0, -3.5, threshold_db=-17.0), Path("m.flac"))
    graph = asked[asked.index("-filter_complex") + 1]
    assert graph.startswith("[0]acompressor=attack=3:ratio=3:release=120:threshold=-17.00dB[s0];[s0]volume=4.00dB")


def test_the_listeners_copy_is_a_plain_mp3() -> None:
    assert command.mp3(Path("m.flac"), 0.45, Path("c.mp3")) == [
        "-f", "flac", *OPENED, "-i", "file:m.flac",
        "-filter_complex", "[0]volume=0.45dB[s0];[s0]aresample=44100[s1]", "-map", "[s1]",
        "-f", "mp3", "-b:a", "128k", "-c:a", "libmp3lame", *BARE,
        "-id3v2_version", "0", "-map_metadata", "-1", "file:c.mp3",
    ]  # fmt: skip


def test_the_films_copy_is_the_same_on_both_sides() -> None:
    assert command.film_sound(Path("m.flac"), Chain(2.0, -1.5), Path("f.m4a")) == [
        "-f", "flac", *OPENED, "-i", "file:m.flac",
        "-filter_complex",
        "[0]volume=2.00dB[s0];[s0]" + LIMITER.format("s1", "s1", "-1.50dB", "s2", "s2") + "[s3];"
        "[s3]asplit=2[s4][s5];[s4][s5]join=channel_layout=stereo:inputs=2[s6]",
        "-map", "[s6]", "-f", "mp4", "-aac_coder", "fast", "-aac_is", "0", "-aac_ms", "0", "-aac_pns", "0",
        "-aac_tns", "0", "-b:a", "384k", "-c:a", "aac", *BARE, "-map_metadata", "-1", "file:f.m4a",
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


CONVERTED = (
    "scale=1920:1080:flags=lanczos+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv[{}];"
    "[{}]format=yuv420p[{}];[{}]setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
)
SLIDE = ["-f", "png_pipe", "-framerate", "30", *OPENED, "-i"]
ENCODED = [
    "-f", "mp4", "-bf", "2", "-bsf:v", "filter_units=remove_types=6", "-c:v", "libx264", "-crf", "18",
    "-fflags", "+bitexact",
]  # fmt: skip
CLOSED = [
    "-g", "15", "-keyint_min", "1", "-level", "4.0", "-map_metadata", "-1", "-preset", "medium", "-profile:v", "high",
    "-r", "30", "-sc_threshold", "0", "-threads", "1", "-x264-params", "b-pyramid=none:b-adapt=0:aq-mode=3",
]  # fmt: skip


def test_a_still_is_converted_once_and_encoded_as_closed_groups() -> None:
    assert drawn.still(Path("s.png"), (15, 7), Path("s.mp4")) == [
        *SLIDE, "file:s.png",
        "-filter_complex",
        "[0]" + CONVERTED.format("s0", "s0", "s1", "s1") + "[s2];[s2]loop=loop=21:size=1[s3];[s3]setpts=N/30/TB[s4]",
        "-map", "[s4]", *ENCODED, "-force_key_frames", "expr:eq(n,0)+eq(n,15)", *CLOSED, "file:s.mp4",
    ]  # fmt: skip


def test_a_fade_melts_in_rgb_and_shows_neither_slide_pure() -> None:
    assert drawn.fade(Path("a.png"), Path("b.png"), (8, 8), Path("f.mp4")) == [
        *SLIDE, "file:a.png", *SLIDE, "file:b.png",
        "-filter_complex",
        "[0]format=gbrp[s0];[s0]loop=loop=17:size=1[s1];[s1]setpts=N/30/TB[s2];"
        "[1]format=gbrp[s3];[s3]loop=loop=17:size=1[s4];[s4]setpts=N/30/TB[s5];"
        "[s2][s5]xfade=duration=0.566667:offset=0:transition=fade[s6];"
        "[s6]trim=end_frame=17:start_frame=1[s7];[s7]setpts=PTS-STARTPTS[s8];"
        "[s8]" + CONVERTED.format("s9", "s9", "s10", "s10") + "[s11]",
        "-map", "[s11]", *ENCODED, "-force_key_frames", "expr:eq(n,0)+eq(n,8)", *CLOSED, "file:f.mp4",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["-y", "concat:a|b", "a:b", "tên có dấu.png", "%03d.png"])
def test_no_file_name_is_read_as_an_option_or_a_protocol(name: str) -> None:
    asked = drawn.still(Path(name), (1,), Path(name))
    assert asked[asked.index("-i") + 1] == asked[-1] == f"file:{name}"


@given(st.integers(1, 100_000))
def test_groups_add_up_and_never_hold_a_lonely_key_frame(frames: int) -> None:
    lengths = drawn.groups(frames)
    assert sum(lengths) == frames
    assert max(lengths) <= 15
    assert min(lengths) > 1 or frames == 1
    assert len(set(lengths)) <= 2
