"""What a slide shows, as values, and what was found on one that is drawn; how it looks is the affair of `slides/`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from media_service.domain.script import Focus, Picture


@dataclass(frozen=True, slots=True)
class TitleSlide:
    """The opening card of an episode; `background` is the episode's first picture, where it has one."""

    title: str
    chapter: str = ""
    byline: str = ""
    background: Picture | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class ChapterSlide:
    """The card of a section inside an episode."""

    title: str
    background: Picture | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class PictureSlide:
    """One picture, filling the frame."""

    picture: Picture
    focus: Focus | None = None
    """The point that must be seen; None: whoever frames the picture finds it."""


@dataclass(frozen=True, slots=True)
class PageSlide:
    """One picture, whole, above the place for a block of text, as in a picture book."""

    picture: Picture
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class LabelledSlide:
    """One picture, filling the frame, with a few words on it."""

    picture: Picture
    label: str
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class TextSlide:
    """Words alone, over what is left of the picture that stood before."""

    text: str
    background: Picture | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class QuoteSlide:
    """What somebody said or wrote; `source` says who, where it is known."""

    text: str
    source: str = ""
    background: Picture | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class CoverSlide:
    """A book and how to get it: (what, value) lines as a catalogue has them, and the address that `link` leads to.

    `background` is the book's cover, where the work has one.
    """

    title: str
    author: str = ""
    entries: tuple[tuple[str, str], ...] = ()
    link: str = ""
    invitation: str = ""
    background: Picture | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class CreditsSlide:
    """The closing card: (role, who) lines, then the notices a viewer is owed (rights, machine-made voice)."""

    credits: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    background: Picture | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class OutroSlide:
    """The library's mark, with which every film ends; `contact` is how to reach it, where the work says so."""

    library: str
    farewell: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The small picture that stands for an episode; `badge` is a chapter's number or empty.

    `layout` is which of the ways to lay one out, from 0.
    """

    words: str
    badge: str = ""
    background: Picture | None = None
    focus: Focus | None = None
    layout: int = 0


Slide = (
    TitleSlide
    | ChapterSlide
    | PictureSlide
    | PageSlide
    | LabelledSlide
    | TextSlide
    | QuoteSlide
    | CoverSlide
    | CreditsSlide
    | OutroSlide
)


def picture_of(slide: Slide | Thumbnail) -> Picture | None:
    """Return the picture a slide is drawn over, None where it stands on a background of its own."""
    if isinstance(slide, OutroSlide):
        return None
    return slide.picture if isinstance(slide, PictureSlide | PageSlide | LabelledSlide) else slide.background


def shown_words(slide: Slide) -> tuple[str, ...]:
    """Return the words of the story that a slide shows; who made it, and where the book stands, is no part of that."""
    match slide:
        case TitleSlide(title, chapter):
            words = title, chapter
        case ChapterSlide(title):
            words = title, ""
        case LabelledSlide(_, label):
            words = label, ""
        case TextSlide(text) | QuoteSlide(text):
            words = text, ""
        case _:
            words = "", ""
    return tuple(one for one in words if one)


def unnamed(slide: Slide | Thumbnail) -> Slide | Thumbnail:
    """Return the same slide with its picture known by its content alone: a file's name is never seen."""
    shown = picture_of(slide)
    if shown is None or isinstance(slide, OutroSlide):
        return slide
    picture = replace(shown, name="")
    if isinstance(slide, PictureSlide | PageSlide | LabelledSlide):
        return replace(slide, picture=picture)
    return replace(slide, background=picture)


@dataclass(frozen=True, slots=True)
class TextSeen:
    """Text of one role on a drawn slide: its bounds in pixels, and what was measured on the pixels behind it."""

    role: str
    size: int
    """Pixels of the em."""
    step: float
    """Em from line to line; 0 where there is one line."""
    left: float
    top: float
    right: float
    bottom: float
    color: str
    """`#rrggbb`."""
    contrast: float
    """Against the worst patch behind it, as WCAG counts: 1 to 21."""
    whole: bool = True
    """Whether every word that was to be seen is."""


@dataclass(frozen=True, slots=True)
class SlideFacts:
    """What is known of a drawn slide: its size in pixels, and the texts on it."""

    width: int
    height: int
    texts: tuple[TextSeen, ...] = ()
