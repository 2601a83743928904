"""Which tests look at a module: first those that mirror it, then those of its folder, then those from outside."""

from pathlib import Path, PurePosixPath

FURTHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "conversation": (("tests/conversation", "tests/plain"),),
    "services": (("tests/services", "tests/plain"),),
}
"""The rounds of a layer's tests, where they are not the folder of its own name."""

_FENCE = ("tests/process/test_fence.py",)
_GUARD = ("tests/process/test_guard.py",)
_SCREEN = ("tests/tui/test_nothing_left.py", "tests/tui/test_multiplexers.py")
_OUTSIDE = ("tests/blackbox/test_session_tui_ends.py", "tests/blackbox/test_session_tui_hostile.py")
HELD_BY = {
    "cotutor/process/environment.py": (),
    "cotutor/process/face_process.py": (_GUARD, _SCREEN),
    "cotutor/process/faults.py": (_GUARD, _SCREEN),
    "cotutor/process/fence.py": (),
    "cotutor/process/guard.py": (("tests/process/test_limits.py",), _SCREEN, _OUTSIDE),
    "cotutor/process/kernel.py": (_FENCE, ("tests/process/test_limits.py", *_GUARD)),
    "cotutor/process/landlock.py": (_FENCE,),
    "cotutor/process/limits.py": (_GUARD,),
    "cotutor/process/seccomp.py": (_FENCE,),
    "cotutor/process/shared_memory.py": (_GUARD, _SCREEN),
    "cotutor/process/signals.py": (_GUARD, _SCREEN, _OUTSIDE),
    "cotutor/process/terminal.py": (_GUARD, _SCREEN, _OUTSIDE),
}
"""The rounds after the mirror's, for modules that only whole processes show at work."""


def rounds(module: str, tree: Path) -> list[tuple[str, ...]]:
    """The tests to run one after another until one of them fails, as arguments of pytest.

    Args:
        module: a path from the top of the tree, ``cotutor/domain/ledger.py``.
        tree: the top of the tree.
    """
    path = PurePosixPath(module)
    folder = PurePosixPath("tests", *path.parent.parts[1:])
    name = path.stem if path.stem != "__init__" else path.parent.name
    mirrors = sorted((tree / folder).glob(f"test_{name}.py")) + sorted(
        (tree / folder).glob(f"test_{name}_*.py")
    )
    layer = path.parts[1]
    near = (str(folder),) if (tree / folder).is_dir() else ()
    first = tuple(str(one.relative_to(tree)) for one in mirrors)
    wide = FURTHER.get(layer, ((f"tests/{layer}",),))
    # A conversation is tested at its screens too: conversation/vault also in tests/tui/vault.
    screens = tree / "tests" / "tui" / path.parts[2]
    faces = (str(screens.relative_to(tree)),) if layer == "conversation" and screens.is_dir() else ()
    later = HELD_BY.get(module, (near, *wide, faces))
    found = [one for one in (first, *later) if one]
    return list(dict.fromkeys(found))
