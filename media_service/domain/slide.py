"""What a slide shows, as values; how it looks is the affair of `slides/` and its templates."""

from __future__ import annotations

from dataclasses import dataclass, replace

from media_service.domain.script import Picture


@dataclass(frozen=True, slots=True)
class TitleSlide:
    """The opening card of an episode; `background` is the episode's first picture, where it has one."""

    title: str
    chapter: str = ""
    byline: str = ""
    background: Picture | None = None


@dataclass(frozen=True, slots=True)
class ChapterSlide:
    """The card of a section inside an episode."""

    title: str
    background: Picture | None = None


@dataclass(frozen=True, slots=True)
class PictureSlide:
    """One picture, filling the frame."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class CreditsSlide:
    """The closing card: (role, who) lines, then the notices a viewer is owed (rights, machine-made voice)."""

    credits: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    background: Picture | None = None


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The small picture that stands for an episode; `badge` is a chapter's number or empty."""

    words: str
    badge: str = ""
    background: Picture | None = None


Slide = TitleSlide | ChapterSlide | PictureSlide | CreditsSlide


def picture_of(slide: Slide | Thumbnail) -> Picture | None:
    """Return the picture a slide is drawn over, None where it stands on a background of its own."""
    return slide.picture if isinstance(slide, PictureSlide) else slide.background


def unnamed(slide: Slide | Thumbnail) -> Slide | Thumbnail:
    """Return the same slide with its picture known by its content alone: a file's name is never seen."""
    shown = picture_of(slide)
    if shown is None:
        return slide
    picture = replace(shown, name="")
    return replace(slide, picture=picture) if isinstance(slide, PictureSlide) else replace(slide, background=picture)
