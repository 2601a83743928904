"""Practising alone: cards that turn over, answers that are compared, nothing kept and no score."""

import pytest

from cotutor.domain.practice import Card, CardKind, Deck
from cotutor.tui.trainer.practice import PracticeMenu, PracticePage
from cotutor.tui.widgets.fields import LineField
from tests.tui.trainer.room import Room, trainer

ALL, CUE, QUESTION, SPOT, TURN = range(5)


async def _begin(room: Room, line: int, *, stage_one: bool = False) -> PracticePage:
    if stage_one:
        await room.press("1")
    await room.press(*["down"] * line, "enter")
    return room.top(PracticePage)


async def test_a_question_has_its_place_on_the_back() -> None:
    async with trainer(lambda _clock: PracticeMenu()) as room:
        page = await _begin(room, QUESTION)
        card = page.practice.cards.card
        assert card
        assert card.front[0] in room.shown
        assert card.back[0][:20] not in room.shown
        await room.press("enter")
        assert card.back[0][:20] in room.shown
        await room.press("enter")
        assert page.practice.cards.at == 1


async def test_a_cue_has_no_back_so_enter_goes_on() -> None:
    async with trainer(lambda _clock: PracticeMenu()) as room:
        page = await _begin(room, CUE)
        await room.press("enter", "right", "left")
        assert page.practice.cards.at == 1


async def test_a_skill_is_guessed_and_explained_without_a_score() -> None:
    async with trainer(lambda _clock: PracticeMenu(), (80, 30)) as room:
        page = await _begin(room, SPOT)
        card = page.practice.cards.card
        assert card
        assert card.answer
        right = card.options.index(card.answer)
        await room.press(str((right + 1) % 4 + 1))
        assert "Not quite; compare:" in room.shown
        assert card.back[0][:20] in room.shown
        await room.press(str(right + 1))
        assert "Yes." in room.shown
        assert "score" not in room.shown.lower()
        row = next(y for y, text in enumerate(room.rows) if f"1 {card.options[0]}" in text)
        await room.pilot.click(offset=(6, row))
        await room.settle()
        assert page.practice.answered == 0


async def test_ones_own_question_is_compared_and_then_forgotten() -> None:
    async with trainer(lambda _clock: PracticeMenu(), (80, 30)) as room:
        page = await _begin(room, TURN)
        card = page.practice.cards.card
        assert card
        await room.key_in("What q would n you ask?")
        assert page.practice.cards.at == 0, "while somebody types, keys are letters"
        await room.press("enter")
        assert "Yours" in room.shown
        assert "What q would n you ask?" in room.shown
        assert card.back[0] in room.shown
        await room.press("right", "left")
        assert "What q would" not in room.shown
        assert room.one(LineField).value == ""


async def test_what_is_pasted_is_text_and_nothing_else() -> None:
    async with trainer(lambda _clock: PracticeMenu(), (80, 30)) as room:
        await _begin(room, TURN)
        await room.paste("[@click=app.quit]why[/nope] \x1b]0;x\x07\u202e?")
        await room.press("enter")
        assert "[@click=app.quit]why[/nope]" in room.shown
        assert "\x1b" not in room.shown


async def test_a_hard_card_comes_again() -> None:
    async with trainer(lambda _clock: PracticeMenu()) as room:
        page = await _begin(room, QUESTION)
        card, left = page.practice.cards.card, page.practice.cards.left
        await room.press("a")
        assert page.practice.cards.left == left
        await room.press(*["right"] * 4)
        assert page.practice.cards.card is card


async def test_stage_one_only() -> None:
    async with trainer(lambda _clock: PracticeMenu()) as room:
        page = await _begin(room, QUESTION, stage_one=True)
        assert all(card.back[0].startswith("I-") for card in page.practice.cards.cards)
        assert page.practice.cards.cards


async def test_all_kinds_can_be_mixed() -> None:
    async with trainer(lambda _clock: PracticeMenu()) as room:
        page = await _begin(room, ALL)
        assert {card.kind for card in page.practice.cards.cards} == set(CardKind)


async def test_after_the_last_card_one_can_go_back_or_leave() -> None:
    cards = Deck((Card(CardKind.CUE, ("Wait.",)), Card(CardKind.CUE, ("Breathe.",))))
    async with trainer(lambda _clock: PracticePage("Cues", cards)) as room:
        await room.press("enter", "enter")
        assert "That was the last card." in room.shown
        assert "Nothing was kept. · ← goes back to it; esc closes the cards." in room.shown
        await room.press("enter", "left")
        assert "Breathe." in room.shown
        await room.press("escape")
        assert room.app._exit


@pytest.mark.parametrize("size", [(40, 12), (200, 60)])
async def test_every_size_shows_card_and_help(size: tuple[int, int]) -> None:
    async with trainer(lambda _clock: PracticeMenu(), size) as room:
        page = await _begin(room, SPOT)
        card = page.practice.cards.card
        assert card
        assert card.front[0].split()[1] in room.shown
        assert "? Help" in room.shown
