"""What the standards mean to somebody who has never read them: a sentence each, and the subjects they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from media_service.messages import Message, message

SUBJECTS: Mapping[str, Message] = {
    "A": message("Sound"),
    "N": message("Narration, passage by passage"),
    "C": message("Captions"),
    "V": message("Picture and file"),
    "P": message("What stands beside the video"),
}
"""By the letter that an id begins with, in the order in which they are told."""

MEANINGS: Mapping[str, Message] = {
    "A1": message("As loud as other audiobooks, so that nobody has to reach for the volume."),
    "A2": message("As loud as other videos on the channel."),
    "A3": message("No peak that would crackle on small loudspeakers."),
    "A4": message("Evenly full: neither thin nor pressed."),
    "A5": message("Pauses sound like a quiet room: no hiss, no dead hole."),
    "A6": message("No voice and no passage is much louder than the others."),
    "A7": message("Files that every player can open."),
    "A8": message("A breath of quiet before the first word and after the last."),
    "A9": message("Pauses are as long as the author's marks ask for."),
    "A10": message("After a title one may take a breath; nowhere does the sound seem to have stopped."),
    "A11": message("As quick as listeners of this age can follow."),
    "A12": message("No hurried syllables, and captions that can keep up."),
    "A13": message("Music stays far enough below the voice."),
    "A14": message("Music comes and goes softly, and does not keep the listener waiting."),
    "N1": message("Each passage can be heard."),
    "N2": message("A passage much shorter than its words has perhaps lost some: listen to it."),
    "N3": message("A passage much longer than its words is perhaps said twice or spelt: listen to it."),
    "N4": message("The voice is not distorted."),
    "N5": message("The voice does not fall silent in the middle of a sentence."),
    "N6": message("The voice that was chosen speaks, not one in its place."),
    "C1": message("Lines are short enough to be taken in at a glance."),
    "C2": message("No more than two lines at once."),
    "C3": message("A caption stands long enough, and does not overstay."),
    "C4": message("One sees that a new caption has come."),
    "C5": message("There is time to read each caption."),
    "C6": message("Captions come and go with the voice."),
    "C7": message("Captions show just what the author wrote."),
    "C8": message("The highlighted syllable is the one that is heard."),
    "C9": message("Who does not see or does not hear misses nothing."),
    "V1": message("As large and as fluid as the platform asks."),
    "V2": message("Coded as the platform asks, so that it loses as little as possible."),
    "V3": message("Picture and sound begin and end together."),
    "V4": message("Words stand out from what is behind them."),
    "V5": message("Words can be read on a telephone."),
    "V6": message("Marks above and below letters do not touch the next line."),
    "V7": message("No word comes too near to the edge."),
    "V8": message("No flicker, which can make people ill."),
    "V9": message("Pictures move slowly enough to be looked at."),
    "V10": message("Pictures stand long enough and change softly."),
    "V11": message("The thumbnail is taken by the platform and can be read when it is small."),
    "V12": message("At every moment there is the picture that belongs there."),
    "P1": message("The platform shows the chapters, since their marks keep its rules."),
    "P6": message("Title, description and tags are within the platform's limits."),
}
"""By the id of the standard."""


def subject(id_: str) -> str:
    """Return the letter of the subject that a standard belongs to."""
    return id_[:1]
