"""The same film by MoviePy 2.2, run by an interpreter that has it: mode, seconds, sound, film, slides."""

from __future__ import annotations

import sys

from moviepy import ImageClip, concatenate_videoclips, vfx  # type: ignore[import-not-found]

RATE = 30
ZOOM_A_SECOND = 0.008


def main() -> None:
    """Make the film."""
    mode, seconds, sound, film, *slides = sys.argv[1:]
    each = float(seconds) / len(slides)
    clips = [ImageClip(slide).with_duration(each) for slide in slides]
    if mode == "motion":
        clips = [
            clip.with_effects([vfx.Resize(lambda t: 1 + ZOOM_A_SECOND * t)]).cropped(width=1920, height=1080)
            for clip in clips
        ]
    whole = concatenate_videoclips(clips)
    whole.write_videofile(film, fps=RATE, codec="libx264", audio=sound, logger=None)


if __name__ == "__main__":
    main()
