from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.answers import Answers, answered
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.script_text import UNANSWERED
from media_service.intake.faults import Faults
from media_service.intake.yaml_tree import read_yaml

LETTER = Right(Basis.PERMISSION, 'Thư "đồng ý" ngày 5/3: số 7', "", "NXB Kim Đồng")
ANSWERS = Answers(Rights(LETTER, Right(Basis.NONE), None, Right(Basis.SYNTHETIC)), made_for_kids=True)
BODY = "\n# Một\n\nrights: đây là lời của truyện.\n"
WRITTEN = """rights:
  text: {basis: permission, evidence: "Thư \\"đồng ý\\" ngày 5/3: số 7", holder: "NXB Kim Đồng"}
  pictures: {basis: none}
  voice: {basis: synthetic}
made_for_kids: true
---
"""


def test_answers_take_the_place_of_what_stood_there_and_nothing_else_changes() -> None:
    for before in (
        "",
        f"{UNANSWERED}\n",
        "made_for_kids: false\nrights:\n  text:\n    basis: own-work\n\n  voice: {basis: synthetic}\n",
        "rights: {text: {basis: own-work},\n  voice: {basis: synthetic}\n}\n",
    ):
        script = f"---\ntitle: Cò\n{before}narrator: nu-mien-bac  # bà\n---\n{BODY}"
        assert answered(script, ANSWERS) == f"---\ntitle: Cò\nnarrator: nu-mien-bac  # bà\n{WRITTEN}{BODY}"


def test_answers_given_twice_stand_once() -> None:
    once = answered(f"---\ntitle: Cò\n---\n{BODY}", ANSWERS)
    assert answered(once, ANSWERS) == once


def test_a_text_without_front_matter_gets_some() -> None:
    assert answered("Ngày xưa.", ANSWERS) == f"---\n{WRITTEN}\nNgày xưa."


@given(st.text(max_size=60), st.sampled_from(sorted(Basis)))
def test_whatever_the_proof_says_it_stays_one_value(evidence: str, basis: Basis) -> None:
    given_ = Answers(Rights(text=Right(basis, evidence)), made_for_kids=None)
    head = answered("---\ntitle: Cò\n---\nA.", given_).split("\n---\n")[0].removeprefix("---\n")
    faults = Faults("script.md")
    tree = read_yaml(head, 1, faults)
    assert not faults, (head, faults)
    assert tree is not None
