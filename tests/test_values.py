from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from media_service import values
from media_service.domain import episode as states
from media_service.domain.casting import Voice
from media_service.domain.episode import Planned, Production
from media_service.domain.listing import Listing, Subject
from media_service.domain.measured import SoundFacts
from media_service.domain.quality import Report
from media_service.domain.rights import Right
from media_service.domain.script import Paragraph, Pause, Script, Section
from media_service.domain.slide import ChapterSlide, CreditsSlide, PictureSlide, Slide, Thumbnail, TitleSlide
from media_service.domain.timeline import Clip
from media_service.errors import Fault
from media_service.ffmpeg import pieces
from media_service.intake.folder import JobFolders
from media_service.messages import Message, message
from media_service.pipeline import advance
from media_service.speech.profiles import load as load_voices
from media_service.steps.take_in import take_in
from tests import fakes, make

ROOT = Path(__file__).parents[1]
JOBS = sorted((ROOT / "jobs").iterdir())
VOICES = load_voices((ROOT / "voices",))
MUSIC = pieces.load((ROOT / "music",))
STATES = (
    states.Planned,
    states.Narrated,
    states.Assembled,
    states.Filmed,
    states.Described,
    states.Bound,
    states.Inspected,
)


def same(value: object, kind: type | None = None) -> bool:
    """Whether a value comes back as it was, each part of it of the same class: a name alone equals its enum."""
    back = values.load(values.dump(value, kind), kind or type(value))
    return back == value and repr(back) == repr(value)


def grown(job: Path, folder: Path) -> Iterator[Planned]:
    """Every state of every episode of a job, made with fakes."""
    tools = fakes.tools(folder, JobFolders(music=MUSIC).read(job, VOICES), voices=VOICES)
    for episode in take_in(job, tools).episodes:
        yield (state := episode)
        while type(state) is not states.Inspected:
            yield (state := advance(state, tools))


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
def test_every_state_of_a_shipped_job_comes_back_as_it_was(job: Path, tmp_path: Path) -> None:
    seen = set()
    for state in grown(job, tmp_path):
        assert same(state)
        seen.add(type(state))
    assert seen == set(STATES)


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
def test_a_script_comes_back_as_it_was(job: Path, tmp_path: Path) -> None:
    script = JobFolders(music=MUSIC).read(job, VOICES)
    assert same(script)
    production = take_in(job, fakes.tools(tmp_path, script, voices=VOICES))
    assert same(production)


def test_a_production_whose_episodes_have_grown_is_refused_and_not_cut_down(tmp_path: Path) -> None:
    tools = fakes.tools(tmp_path, make.script())
    planned = take_in(tmp_path, tools)
    with pytest.raises(ValueError, match="Narrated"):
        values.dump(Production("cay-khe", planned.facts, (advance(planned.episodes[0], tools),)))


def test_what_is_said_to_people_comes_back_with_the_messages_inside_it() -> None:
    said = message("{a} {b} {c}", a=message("inner {n}", n=3), b="text", c=None)
    fault = Fault("script.md", 4, said)
    assert same((fault,), tuple[Fault, ...])
    assert values.load(values.dump(message("{path}", path=Path("a/b"))), Message) == message("{path}", path="a/b")


text = some.text(max_size=20)
pictures = some.builds(make.picture, name=text)
backgrounds = some.none() | pictures
slides = some.one_of(
    some.builds(TitleSlide, text, text, text, backgrounds),
    some.builds(ChapterSlide, text, backgrounds),
    some.builds(PictureSlide, pictures),
    some.builds(CreditsSlide, some.lists(some.tuples(text, text)).map(tuple), some.lists(text).map(tuple), backgrounds),
)


@given(slides)
def test_any_slide_comes_back_as_it_was(slide: Slide) -> None:
    assert same(slide, Slide)
    passage = make.passage(slide=slide)
    assert same(passage)


@given(some.timedeltas(timedelta(0), timedelta(days=1)))
def test_a_length_of_time_comes_back_to_the_microsecond(length: timedelta) -> None:
    paragraph = Paragraph((Pause(length, 1),), 1)
    assert same(paragraph)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (make.voice(), Voice),
        (Thumbnail("Cây khế", "1", make.picture()), Thumbnail),
        (Subject(make.facts(made_for_kids=True), "", 1, 1, (), ("Giọng máy.",)), Subject),
        (make.listing(), Listing),
        (Report(()), Report),
        (make.clip("một hai"), Clip),
        (None, Slide | Thumbnail | None),
        (Section("Một", 1), Paragraph | Section),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_a_value_comes_back_as_it_was(value: object, kind: type) -> None:
    assert same(value, kind)


CLIP = {"length": 3, "words": [{"first": 0, "last": 1, "start": 0, "end": 2}]}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({**CLIP, "length": "3"}, Clip),
        ({**CLIP, "length": 3.0}, Clip),
        ({**CLIP, "length": True}, Clip),
        ({**CLIP, "more": 1}, Clip),
        ({"length": 3}, Clip),
        ({**CLIP, "words": "ab"}, Clip),
        ({**CLIP, "words": {}}, Clip),
        ([3, []], Clip),
        (None, Clip),
        ({"title": "Một"}, Slide),
        ({"type": "Voice", "title": "Một"}, Slide),
        ({"type": ["TitleSlide"], "title": "Một"}, Slide),
        ({"basis": "none at all"}, Right),
        ({"basis": ["none"]}, Right),
        ({"key": "a", "values": {"b": []}}, Message),
        ({"key": "a", "values": {"b": {"key": "c"}}}, Message),
        ({"key": 1, "values": {}}, Message),
        ([["a", "b", "c"]], tuple[tuple[str, str], ...]),
        ({"type": "Pause", "length": 1, "line": 1}, Paragraph | Section),
    ],
)
def test_what_is_unknown_or_of_another_type_is_refused(said: object, kind: type) -> None:
    with pytest.raises(values.NotAValueError):
        values.load(json.dumps(said).encode(), kind)


@given(some.binary(max_size=40) | some.just(b"[" * 100_000) | some.just(b'{"a":' * 100_000))
def test_bytes_that_say_nothing_are_refused(data: bytes) -> None:
    with pytest.raises(values.NotAValueError):
        values.load(data, Script)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_is_none_is_not_written(number: float) -> None:
    silent = SoundFacts("aac", 48_000, 2, 1.0, number, 0.0, 0.0, 0.0, 0.0, 0.0, ())
    with pytest.raises(ValueError, match="JSON"):
        values.dump(silent)
