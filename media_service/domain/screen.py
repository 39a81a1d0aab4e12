"""What stands on the screen while a chapter is walked through: pictures as their cues call them, cards over them."""

from __future__ import annotations

from media_service.domain.script import Card, Cue, Focus, Picture, Script
from media_service.domain.slide import LabelledSlide, PictureSlide, QuoteSlide, Slide, TextSlide

_Pictured = PictureSlide | LabelledSlide


class Screen:
    """Which picture stands while a chapter is walked through, and which one waits for the next sentence."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._standing: _Pictured | None = None
        self._waiting: _Pictured | None = None
        self._card: TextSlide | QuoteSlide | None = None
        self._is_card_up = False

    @property
    def picture(self) -> Picture | None:
        """The picture that stands, or is about to."""
        slide = self._waiting or self._standing
        return slide.picture if slide else None

    @property
    def focus(self) -> Focus | None:
        """What matters in that picture."""
        slide = self._waiting or self._standing
        return slide.focus if slide else None

    def call(self, cue: Cue) -> None:
        """Ask for a picture from the next sentence on; one that stands already stays."""
        slide = _pictured(self._script.picture(cue.picture), cue)
        self._waiting = slide if slide != self._standing else None

    def put_up(self, card: Card) -> None:
        """Ask for a card with the next sentence."""
        if card.quote:
            self._card = QuoteSlide(card.text, card.source, self.picture, self.focus)
        else:
            self._card = TextSlide(card.text, self.picture, self.focus)

    def take_down(self) -> None:
        """Bring the picture that stood before back with the next sentence, where a card has covered one."""
        if self._is_card_up:
            self._waiting, self._standing = self._waiting or self._standing, None
            self._is_card_up = False

    def cover(self, ahead: Cue | None) -> None:
        """Put a card over the picture; behind it, and after it, comes the section's first picture.

        So a line spoken before that picture's cue does not bring the last section's picture back for a moment.
        """
        waiting, self._standing = self._waiting or self._standing, None
        self._waiting = waiting
        if ahead:
            self.call(ahead)

    def take(self) -> Slide | None:
        """Return the slide that goes up with this sentence, None where nothing changes."""
        if self._card:
            card, self._card, self._is_card_up = self._card, None, True
            return card
        slide, self._waiting = self._waiting, None
        self._standing = slide or self._standing
        return slide


def _pictured(picture: Picture, cue: Cue) -> _Pictured:
    return LabelledSlide(picture, cue.label, cue.focus) if cue.label else PictureSlide(picture, cue.focus)
