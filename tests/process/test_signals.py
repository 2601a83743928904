"""The hooks that run before a process ends or stops; how it ends is seen from outside in test_guard.py."""

import pytest

from cotutor.process import signals


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "_state", signals._State())


def test_stop_hooks_run_the_newest_first_and_those_taken_back_not_at_all() -> None:
    ran: list[str] = []
    hooks = [lambda name=name: ran.append(name) for name in ("first", "second", "third")]
    for hook in hooks:
        signals.add_stop_hook(hook)
    signals.remove_hook(hooks[1])
    signals.remove_hook(hooks[1])  # no error
    signals.run_stop_hooks()
    assert ran == ["third", "first"]


def test_taking_a_hook_back_takes_it_from_both_lists() -> None:
    def hook() -> None:
        raise AssertionError

    signals.add_exit_hook(hook)
    signals.add_stop_hook(hook)
    signals.remove_hook(hook)
    signals.run_stop_hooks()
    assert signals._state.exit_hooks == []


def test_without_handlers_no_thread_waits_for_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("_thread.start_new_thread", refuse)
    signals.start_signal_thread()
