"""Standards of how a film moves and is read along (V9, V10, C8), and of the films beside the main one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from media_service.domain.gates.evidence import Evidence, OtherEvidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_least, at_most, none_of, within
from media_service.domain.look import Canvas
from media_service.domain.motion import FARTHEST_ZOOM, FASTEST_PAN, FASTEST_ZOOM, fastest
from media_service.domain.quality import Flaw
from media_service.domain.read_along import Block
from media_service.domain.storyboard import Fade, Read, moves_of
from media_service.domain.timeline import FRAME_RATE

SHORTEST_FADE_S, LONGEST_FADE_S = 0.4, 0.8
SHORTEST_LIT_S = 0.15
SHORT_S = 180.0
LINES = {Canvas.WIDE: (32, 2), Canvas.TALL: (22, 3)}
"""Characters of a line and lines of a block that stands in the picture."""
SIZES = {Canvas.WIDE: (1920, 1080), Canvas.TALL: (1080, 1920)}
_FRAME_S = 1 / FRAME_RATE + 1e-4


def _zoom(of: Evidence) -> Measured | None:
    moves = moves_of(of.shots)
    fast = max((fastest(one)[0] for one in moves), default=0.0)
    return at_most(fast * 100, FASTEST_ZOOM * 100, "%/s") if moves else None


def _reach(of: Evidence) -> Measured | None:
    moves = moves_of(of.shots)
    far = max((abs(one.end.zoom / one.start.zoom - 1) for one in moves), default=0.0)
    return at_most(far * 100, FARTHEST_ZOOM * 100, "%") if moves else None


def _pan(of: Evidence) -> Measured | None:
    moves = moves_of(of.shots)
    fast = max((fastest(one)[1] for one in moves), default=0.0)
    return at_most(fast * 100, FASTEST_PAN * 100, "%/s") if moves else None


def _fades(of: Evidence) -> Measured | None:
    lengths = [shot.frames / FRAME_RATE for shot in of.shots if isinstance(shot, Fade)]
    if not lengths:
        return None
    found = f"{min(lengths):.2f} – {max(lengths):.2f} s"
    passed = min(lengths) >= SHORTEST_FADE_S and max(lengths) <= LONGEST_FADE_S
    return Measured(found, f"{SHORTEST_FADE_S:g} – {LONGEST_FADE_S:g} s", passed)


def _lit(of: Evidence) -> Measured | None:
    """Hold each word of a film that is read along to stay lit long enough to be seen."""
    lit = [
        one.frames / FRAME_RATE
        for film in of.others
        for shot in film.reel.shots
        if isinstance(shot, Read)
        for one in shot.lit[:-1]  # a card that comes may cut the last one short
        if one.last > one.first
    ]
    return at_least(min(lit), SHORTEST_LIT_S, "s") if lit else None


def _canvases(of: Evidence) -> Measured | None:
    return _none(of, lambda film: (film.facts.width, film.facts.height) != SIZES[film.reel.canvas], "another canvas")


def _coding(of: Evidence) -> Measured | None:
    def wrong(film: OtherEvidence) -> bool:
        coded = (film.facts.video_codec, film.facts.profile, film.facts.pixel_format, film.facts.audio_codec)
        plain = film.facts.moov_first and not film.facts.edit_list and film.facts.key_frame_interval <= 15
        return coded != ("h264", "High", "yuv420p", "aac") or not plain

    return _none(of, wrong, "not encoded as the platform asks")


def _ends(of: Evidence) -> Measured | None:
    def apart(film: OtherEvidence) -> bool:
        planned = sum(shot.frames for shot in film.reel.shots) / FRAME_RATE
        lengths = film.facts.video_duration_s, film.facts.audio_duration_s
        return any(abs(length - planned) > _FRAME_S for length in lengths) or bool(film.facts.video_start_s)

    return _none(of, apart, "picture and sound begin or end apart")


def _short(of: Evidence) -> Measured | None:
    lengths = [film.facts.video_duration_s for film in of.others if film.reel.canvas is Canvas.TALL]
    return at_most(max(lengths), SHORT_S, "s") if lengths else None


def _line(of: Evidence) -> Measured | None:
    lines = [(len(line), film) for film, read in _read(of) for line in (read.scene.block or Block()).lines]
    if not lines:
        return None
    over = max(length - LINES[film.reel.canvas][0] for length, film in lines)
    return Measured(f"{max(length for length, _ in lines)} characters", "≤ 32, ≤ 22 characters", passed=over <= 0)


def _lines(of: Evidence) -> Measured | None:
    counts = [(len((read.scene.block or Block()).lines), film) for film, read in _read(of)]
    if not counts:
        return None
    over = max(count - LINES[film.reel.canvas][1] for count, film in counts)
    return Measured(f"{max(count for count, _ in counts)} lines", "≤ 2, ≤ 3 lines", passed=over <= 0)


def _read(of: Evidence) -> Iterator[tuple[OtherEvidence, Read]]:
    return ((film, shot) for film in of.others for shot in film.reel.shots if isinstance(shot, Read))


def _loudness(of: Evidence) -> Measured | None:
    levels = [film.sound.loudness_lufs for film in of.others if film.sound]
    farthest = max(levels, key=lambda level: abs(level + 14), default=None)
    return None if farthest is None else within(farthest, (-15, -13), "LUFS")


def _peak(of: Evidence) -> Measured | None:
    peaks = [film.sound.true_peak_dbtp for film in of.others if film.sound]
    return at_most(max(peaks), -1, "dBTP") if peaks else None


def _flashes(of: Evidence) -> Measured | None:
    most = [max(film.seen.flashes, film.seen.red_flashes) for film in of.others if film.seen]
    return at_most(max(most), 1, "/s") if most else None


def _empty(of: Evidence) -> Measured | None:
    seen = [(film, span) for film in of.others if film.seen for span in (*film.seen.black, *film.seen.blank)]
    flaws = (Flaw(span.start_s, span.end_s, "nothing is shown", film.reel.edition.value) for film, span in seen)
    return none_of(flaws) if any(film.seen for film in of.others) else None


def _unmade(of: Evidence) -> Measured | None:
    what = "no passage for this film: it must be 170 seconds at most, or begin and end as “short” says"
    flaws = (Flaw(0.0, 0.0, what, edition.value) for edition in of.unmade)
    return none_of(flaws) if of.others or of.unmade else None


def _none(of: Evidence, wrong: Callable[[OtherEvidence], bool], what: str) -> Measured | None:
    flaws = (Flaw(0.0, 0.0, what, film.reel.edition.value) for film in of.others if wrong(film))
    return none_of(flaws) if of.others else None


FILMS = (
    Standard("A2", "loudness of the other films", RULE, _loudness),
    Standard("A3", "true peak of the other films", RULE, _peak),
    Standard("C1", "longest line in the picture", RULE, _line),
    Standard("C2", "lines in the picture", RULE, _lines),
    Standard("C8", "shortest light on a word", PROPOSAL, _lit),
    Standard("V1", "canvas of the other films", RULE, _canvases),
    Standard("V1", "films that were asked for and not made", PROPOSAL, _unmade),
    Standard("V1", "length of the short film", RULE, _short),
    Standard("V2", "coding of the other films", RULE, _coding),
    Standard("V3", "beginning and end of the other films", RULE, _ends),
    Standard("V8", "flashes of the other films", RULE, _flashes),
    Standard("V9", "fastest zoom", PROPOSAL, _zoom),
    Standard("V9", "farthest zoom", PROPOSAL, _reach),
    Standard("V9", "fastest pan", PROPOSAL, _pan),
    Standard("V10", "length of cross-fades", PROPOSAL, _fades),
    Standard("V12", "empty pictures of the other films", PROPOSAL, _empty),
)
