"""The one error by which the picture readers say that a picture cannot be used; `pictures` gives it its line."""

from __future__ import annotations

from media_service.messages import Message


class RefusedPictureError(Exception):
    """A picture that cannot be used, with the sentence that says why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said
