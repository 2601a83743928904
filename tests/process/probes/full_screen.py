"""A full screen in miniature, started as the program starts: guarded, fenced, sealed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cotutor.process.environment import scrub

if TYPE_CHECKING:
    from cotutor.process.guard import Start


def face(start: "Start") -> int:
    """Put up the fence, then the screen."""
    from cotutor.process import fence  # noqa: PLC0415  the probe starts as the program does

    fence.arm(readable=[Path(__file__).parents[2]])  # where the next line finds its module
    from tests.process.probes.sealed import Probe  # noqa: PLC0415  it needs Textual, which needs a fence

    return Probe(sys.argv[1] if len(sys.argv) > 1 else "handler", start.value).run_to_code()


def main() -> int:
    """Start as the program does."""
    scrub()
    from cotutor.domain.errors import WrongUsage  # noqa: PLC0415
    from cotutor.process.guard import run_guarded  # noqa: PLC0415
    from cotutor.process.terminal import require_terminal  # noqa: PLC0415

    try:
        require_terminal()
    except WrongUsage as problem:
        print(problem.message, file=sys.stderr)
        return problem.exit_code
    return run_guarded(face)


if __name__ == "__main__":
    sys.exit(main())
