"""What comes out at the end of the path, looked at with other eyes than the program's own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import av
import jsonschema
import msgspec
import mutagen
import numpy as np
import pytest
import yaml
from PIL import Image

from media_service.files.schemas import WRITTEN, schemas
from tests.whole.captions import cues
from tests.whole.conftest import ROOT, Made, again, produce

pytestmark = pytest.mark.film
SCHEMAS = ROOT / "docs" / "schema"


def samples(path: Path, rate: int = 16_000) -> np.ndarray:
    """Return the sound of a file as one channel, in time with its stream's own stamps."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler("flt", "mono", rate)
        frames = [one for frame in file.decode(audio=0) for one in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def sounding(path: Path) -> np.ndarray:
    """Tell for every 10 ms whether something is heard."""
    heard = samples(path)
    blocks = heard[: len(heard) // 160 * 160].reshape(-1, 160)
    return np.sqrt((blocks**2).mean(axis=1)) > 10 ** (-45 / 20)


def test_every_file_is_there_and_what_is_written_keeps_its_schema(shipped: Made) -> None:
    jsonschema.validate(shipped.manifest, json.loads((SCHEMAS / "production.schema.json").read_text(encoding="utf-8")))
    rights = json.loads((shipped.folder / shipped.manifest["files"]["rights"]).read_text(encoding="utf-8"))
    jsonschema.validate(rights, json.loads((SCHEMAS / "rights.schema.json").read_text(encoding="utf-8")))
    assert all(voice["draft"] and voice["disclosure"] for voice in rights["voices"])
    for number in range(len(shipped.manifest["episodes"])):
        for key in shipped.manifest["episodes"][number]["files"]:
            assert shipped.file(number, key).stat().st_size > 0
        for key in ("listing", "timing", "quality"):
            schema = json.loads((SCHEMAS / f"{key}.schema.json").read_text(encoding="utf-8"))
            jsonschema.validate(shipped.read(number, key), schema)


def test_every_gate_of_the_standards_holds(shipped: Made) -> None:
    for number in range(len(shipped.manifest["episodes"])):
        failed = [gate for gate in shipped.read(number, "quality")["gates"] if not gate["passed"]]
        assert failed == []


def test_the_film_is_what_the_platform_wants(shipped: Made) -> None:
    for number, episode in enumerate(shipped.manifest["episodes"]):
        path = shipped.file(number, "video")
        with av.open(str(path)) as film:
            picture, sound = film.streams.video[0], film.streams.audio[0]
            assert (picture.codec_context.name, picture.profile, picture.pix_fmt) == ("h264", "High", "yuv420p")
            assert (picture.width, picture.height, picture.average_rate) == (1920, 1080, 30)
            assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 48_000, "stereo")
            colours = (picture.color_primaries, picture.color_trc, picture.colorspace, picture.color_range)
            assert tuple(int(value) for value in colours) == (1, 1, 1, 1)
            assert (picture.start_time, sound.start_time) == (0, 0)
            lengths = [float(stream.duration * stream.time_base) for stream in (picture, sound)]
        assert abs(lengths[0] - lengths[1]) <= 1 / 30
        assert lengths[0] == pytest.approx(episode["duration_s"], abs=0.002)
        head = path.read_bytes()
        assert 0 < head.index(b"moov") < head.index(b"mdat")
        assert b"elst" not in head[: head.index(b"mdat")]


def test_a_caption_comes_with_its_sound(shipped: Made) -> None:
    """Where a caption follows a pause, the sound must begin within 0.1 s of it; every caption has sound under it."""
    for number in range(len(shipped.manifest["episodes"])):
        heard = sounding(shipped.file(number, "video"))
        following = 0
        for start, end, text in cues(shipped.file(number, "captions_srt").read_text(encoding="utf-8")):
            block = round(start * 100)
            assert heard[block : round(end * 100)].any(), text
            if not heard[max(0, block - 25) : max(0, block - 10)].any():
                following += 1
                assert heard[max(0, block - 10) : block + 10].any(), f"{start:.2f} {text}"
        assert following >= 5


def test_captions_say_what_the_script_says_in_its_order(shipped: Made) -> None:
    said = [
        " ".join(text.replace("\n- ", "\n").removeprefix("- ").split())
        for number in range(len(shipped.manifest["episodes"]))
        for _, _, text in cues(shipped.file(number, "captions_srt").read_text(encoding="utf-8"))
    ]
    script = (ROOT / "jobs" / shipped.manifest["slug"] / "script.md").read_text(encoding="utf-8")
    _, front, body = script.split("---\n", 2)
    names = yaml.safe_load(front).get("cast", {})
    body = re.sub(rf"^({'|'.join(names) or '$'}): ", "", body, flags=re.MULTILINE)
    body = re.sub(r"!\[.*?\]\(.*?\)|^\[nghỉ.*?\]$|^#+ |^> ", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[hiện: (.*?)\]", r"\1", body)
    wanted, have = body.split(), " ".join(said).split()
    place = 0
    for word in wanted:
        place = have.index(word, place) + 1
    assert len(have) - len(wanted) < 60 * len(shipped.manifest["episodes"])


def test_sound_film_and_captions_end_together(shipped: Made) -> None:
    for number, episode in enumerate(shipped.manifest["episodes"]):
        assert mutagen.File(shipped.file(number, "audio_mp3")).info.length == pytest.approx(
            episode["duration_s"], abs=0.1
        )
        last = cues(shipped.file(number, "captions_srt").read_text(encoding="utf-8"))[-1]
        assert episode["duration_s"] - 5 < last[1] < episode["duration_s"]


def test_the_listing_keeps_the_limits_and_its_chapters_are_valid(shipped: Made) -> None:
    for number, episode in enumerate(shipped.manifest["episodes"]):
        listing = shipped.read(number, "listing")
        text = shipped.file(number, "description").read_text(encoding="utf-8")
        assert listing["description"] == text
        assert len(listing["title"]) <= 100
        assert len(text.encode()) <= 5_000
        assert not set("<>") & set(listing["title"] + text)
        stamps = [
            int(minute) * 60 + int(second) for minute, second in re.findall(r"^(\d+):(\d\d) ", text, re.MULTILINE)
        ]
        if stamps:
            assert stamps[0] == 0
            assert len(stamps) >= 3
            assert all(
                later - earlier >= 10
                for earlier, later in zip(stamps, [*stamps[1:], episode["duration_s"]], strict=True)
            )
        if len(shipped.manifest["episodes"]) == 1:
            assert len(stamps) >= 3


def test_a_thumbnail_is_what_the_platform_takes(shipped: Made) -> None:
    for number in range(len(shipped.manifest["episodes"])):
        with Image.open(shipped.file(number, "thumbnail")) as picture:
            assert (picture.format, picture.size) == ("JPEG", (1280, 720))
        assert shipped.file(number, "thumbnail").stat().st_size <= 2_000_000


def test_each_picture_of_the_script_stands_when_it_is_called(shipped: Made) -> None:
    script = (ROOT / "jobs" / shipped.manifest["slug"] / "script.md").read_text(encoding="utf-8")
    called = re.findall(r"!\[.*?\]\(([^ )]*).*?\)", script)
    stood = [
        slide["picture"]
        for number in range(len(shipped.manifest["episodes"]))
        for slide in shipped.read(number, "timing")["slides"]
        if slide["slide"] in {"picture", "labelled"}
    ]
    assert [name for place, name in enumerate(stood) if name != stood[place - 1] or place == 0] == called


def test_the_schemas_in_the_docs_are_those_of_the_code() -> None:
    for name, text in schemas().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, (
            f"write it anew: python -m media_service.files.schemas {SCHEMAS}"
        )
    assert {path.name.split(".")[0] for path in SCHEMAS.glob("*.json")} == set(WRITTEN)


def test_a_second_run_makes_nothing(short: Made, tmp_path: Path) -> None:
    second = produce(again(short, tmp_path), tmp_path / "output")
    assert second.manifest["work"]["made"] == {}
    assert set(second.manifest["work"]["reused"]) == set(short.manifest["work"]["made"])
    assert second.manifest["made_at"] == short.manifest["made_at"]


def test_one_changed_sentence_costs_one_clip(short: Made, tmp_path: Path) -> None:
    job = again(short, tmp_path)
    text = (job / "script.md").read_text(encoding="utf-8")
    (job / "script.md").write_text(text.replace("Gió thổi rì rào.", "Gió thổi nhè nhẹ."), encoding="utf-8")
    second = produce(job, tmp_path / "output")
    assert second.manifest["work"]["made"]["clip"] == 1
    assert second.manifest["work"]["reused"]["clip"] == short.manifest["work"]["made"]["clip"] - 1
    assert "slide" not in second.manifest["work"]["made"]
    assert "nhè nhẹ" in second.file(0, "captions_vtt").read_text(encoding="utf-8")


def test_the_timing_can_be_read_by_others(short: Made) -> None:
    timing = msgspec.convert(short.read(0, "timing"), WRITTEN["timing"])
    words = [word.text for sentence in timing.sentences for word in sentence.words]
    assert "cò" in words
    assert all(
        word.text == sentence.text[word.first : word.last] for sentence in timing.sentences for word in sentence.words
    )
