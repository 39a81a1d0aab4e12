"""Reads a person's answers on rights and children off their form, over those that a draft's script gives already."""

from __future__ import annotations

from starlette.datastructures import FormData

from media_service.domain.answers import Answers, answered
from media_service.domain.rights import Basis, Right, Rights
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.web.addresses import text
from media_service.web.workshop import Workshop
from media_service.words import PARTS

_LONGEST = 500
_KIDS = {"yes": True, "no": False}


def answered_script(shop: Workshop, owner: str, slug: str, given: FormData) -> str:
    """Return a draft's script with the answers of a form; a field left empty leaves what is there.

    Raises InputError where the script cannot be read yet, or an answer is none.
    """
    looked = shop.look_over(shop.bench.find(owner, slug))
    if looked.script is None:
        raise InputError(looked.faults)
    facts = looked.script.facts
    rights = {part: _right(given, part, getattr(facts.rights, part)) for part in PARTS}
    kids = _KIDS.get(text(given, "kids"), facts.made_for_kids)
    return answered(shop.bench.script(owner, slug), Answers(Rights(**rights), kids))


def _right(given: FormData, part: str, before: Right | None) -> Right | None:
    basis, evidence = text(given, f"basis-{part}"), text(given, f"evidence-{part}").strip()[:_LONGEST]
    if not basis:
        return before
    if basis not in set(Basis):
        raise refused("", message("Choose a ground of the list."))
    same = before if before and before.basis == basis else Right(Basis(basis))
    return Right(same.basis, evidence, same.licence, same.holder)
