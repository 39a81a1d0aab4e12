"""A draft that was looked over, as scripts of pages and programs read it."""

from __future__ import annotations

from datetime import timedelta

from media_service.domain.obstacles import unanswered
from media_service.domain.script import Script
from media_service.domain.workload import estimate, work_seconds
from media_service.errors import Fault
from media_service.messages import Message
from media_service.web.visitor import Visitor
from media_service.web.wording import Wording
from media_service.web.workshop import Looked
from media_service.words import PARTS


def looked_json(looked: Looked, visitor: Visitor) -> dict[str, object]:
    """Return what is wrong with a draft, who speaks in it, which pictures it shows and how long it will be."""
    cast = looked.episodes[0].cast if looked.episodes else None
    speakers = [("", cast.narrator), *cast.characters] if cast else []
    return {
        "faults": [_line(one, visitor) for one in looked.faults],
        "notices": [_line(one, visitor) for one in looked.notices],
        "cast": [{"who": who or visitor.put("Narrator"), "voice": voice.title} for who, voice in speakers],
        "pictures": [one.name for one in looked.script.pictures] if looked.script else [],
        "episodes": len(looked.episodes),
        "length": Wording.length(looked.length),
        "estimate": _estimate(looked, visitor),
        "owed": [visitor.translate(one) for one in _owed(looked.script)],
        "answers": _answers(looked.script),
    }


def _owed(script: Script | None) -> tuple[Message, ...]:
    return unanswered(script.facts.rights, script.facts.made_for_kids) if script else ()


def _answers(script: Script | None) -> dict[str, str]:
    """Return what the form of answers holds: by field, as it was said in the script."""
    if script is None:
        return {}
    rights = [(part, getattr(script.facts.rights, part)) for part in PARTS]
    given = {f"basis-{part}": right.basis.value for part, right in rights if right}
    proof = {f"evidence-{part}": right.evidence for part, right in rights if right}
    kids = {True: "yes", False: "no", None: ""}[script.facts.made_for_kids]
    return {**given, **proof, "kids": kids}


def _line(fault: Fault, visitor: Visitor) -> dict[str, object]:
    return {"line": fault.line, "said": visitor.translate(fault.said)}


def _estimate(looked: Looked, visitor: Visitor) -> str:
    if not looked.episodes:
        return ""
    word = Wording(visitor.language)
    return visitor.put(
        "{count} episode(s), {length} in all; making it takes about {work}.",
        count=len(looked.episodes),
        length=Wording.length(looked.length),
        work=word.about(timedelta(seconds=work_seconds(looked.episodes, map(estimate, looked.episodes)))),
    )
