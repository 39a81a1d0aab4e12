"""What the pages say around what they show, by the names under which their templates know it."""

from __future__ import annotations

from collections.abc import Mapping

from media_service.messages import Message, message

LATER: Mapping[str, object] = {}
"""What fills a sentence's places is known to the template."""

QUALITY: Mapping[str, Message] = {
    "report": message("Quality report"),
    "episode": message("episode {number} of {count}", **LATER),
    "failing": message("{failed} of {all} standards do not hold.", **LATER),
    "what_now": message(
        "Nothing is stopped by that: who reviews listens, looks, has it mended, or approves it by name with a reason."
    ),
    "all_hold": message("All {all} standards hold.", **LATER),
    "still_listen": message("Measures do not hear whether words are read rightly: somebody should still listen."),
    "to_look_at": message("What is to be looked at"),
    "measured": message("measured"),
    "wanted": message("wanted"),
    "rule": message("a published rule"),
    "proposal": message("the library's own proposal"),
    "frame_at": message("the frame at {at}", **LATER),
    "line_of": message("line {line} of the script", **LATER),
    "more": message("… and {count} more; they stand in quality.json.", **LATER),
    "who_speaks": message("Who speaks"),
    "voice": message("voice"),
    "engine": message("engine"),
    "passages": message("passages"),
    "stand_in": message("in place of another voice"),
    "draft": message("a draft: to check the work by ear, not to publish it"),
    "standard": message("standard"),
    "holds": message("holds"),
    "holds_not": message("does not hold"),
    "not_measured": message("Not measured here"),
    "why_not_measured": message("This episode has nothing of the kind, or templates and tests see to it."),
    "for_programs": message("The figures stand in quality.json for programs."),
}

READINGS: Mapping[str, Message] = {
    "title": message("Readings to listen to"),
    "how": message(
        "Listen to each passage and heed the marked words. Say right or wrong; where wrong, write how they are said."
    ),
    "listener": message("Who listens:"),
    "line": message("line {line} of the script", **LATER),
    "said": message("is said"),
    "verdict": message("right or wrong"),
    "right": message("right"),
    "wrong": message("wrong"),
    "better": message("should be said:"),
    "note": message("note:"),
    "save": message("Save the answers"),
    "print": message("Print"),
}
