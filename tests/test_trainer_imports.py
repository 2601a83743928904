"""What a trainer projects can't show anybody's notes: the code that reads them is not even there."""

import subprocess
import sys

import pytest

TRAINERS = (
    "cotutor.domain.demonstration",
    "cotutor.domain.practice",
    "cotutor.domain.programme",
    "cotutor.domain.participants",
    "cotutor.domain.rotation",
    "cotutor.domain.scenes",
    "cotutor.domain.tally",
    "cotutor.content.workshop",
    "cotutor.plain.handouts",
)
NEVER = (
    "cotutor.vault",
    "sqlcipher3",
    "cryptography",
    "pyrage",
    "textual",
    "rich",
    "socket",
    "cotutor.services",
)

USED = """
from random import Random
from cotutor.content.shipped import shipped_guidance
from cotutor.content.workshop import DEMOS, PROGRAMMES, load_practice
from cotutor.domain.practice import deck
from cotutor.domain.programme import expand, seat_everyone
from cotutor.plain.handouts import as_html, as_text, cue_cards, timetable
programmes, guidance = PROGRAMMES.shipped(), shipped_guidance()
seat_everyone(programmes[0], [str(number) for number in range(11)], Random(1))
deck(guidance, load_practice(), Random(1))
DEMOS.shipped()
assert as_text([cue_cards(guidance)]) and as_html([timetable(programme) for programme in programmes])
"""


@pytest.mark.parametrize("code", [f"import {module}" for module in TRAINERS] + [USED])
def test_the_trainers_half_loads_neither_vault_nor_screen(code: str) -> None:
    asked = f"{code}\nimport sys\nprint([name for name in {NEVER!r} if name in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == "[]"
