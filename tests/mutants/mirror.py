"""Which tests look at a module: first those that mirror it, then those of its folder."""

from pathlib import Path, PurePosixPath

FURTHER = {
    "conversation": ("tests/conversation", "tests/plain"),
    "services": ("tests/services", "tests/plain"),
}
"""Folders in which a layer's tests stand, where that is not the folder of its own name."""


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
    wide = FURTHER.get(layer, (f"tests/{layer}",))
    found = [one for one in (first, near, wide) if one]
    return list(dict.fromkeys(found))
