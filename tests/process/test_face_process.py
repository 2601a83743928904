"""Every way in which a face can end, as an exit code and at most one line."""

import pytest

from cotutor.domain.errors import WrongPassphrase
from cotutor.process import face_process, faults, shared_memory
from cotutor.process.face_process import Start


@pytest.fixture(autouse=True)
def hidden(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The handlers of this process stay; here it is only seen that they would be replaced."""
    asked: list[str] = []
    monkeypatch.setattr(faults, "hide_tracebacks", lambda: asked.append("hidden"))
    monkeypatch.setattr(shared_memory, "_memory", shared_memory._Memory())
    return asked


@pytest.mark.parametrize(
    ("end", "code", "line"),
    [
        (WrongPassphrase("That is not it."), 3, "cotutor: That is not it."),
        (SystemExit(5), 5, ""),
        (SystemExit("words"), 1, ""),
        (SystemExit(None), 0, ""),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (ValueError("somebody's words"), 1, "cotutor stopped because of a fault in itself (ValueError at "),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_each_end_has_its_code_and_its_line(
    end: BaseException, code: int, line: str, hidden: list[str]
) -> None:
    def face(_start: Start) -> int:
        raise end

    assert face_process.run(face, Start.FIRST) == code
    assert shared_memory.final_line().startswith(line)
    assert bool(shared_memory.final_line()) == bool(line)
    assert "somebody" not in shared_memory.final_line()
    assert hidden == ["hidden"]
