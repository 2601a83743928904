"""Take the pictures: the real program, at fixed times of a fixed morning, drawn as SVG.

``python screenshots/take.py`` takes all of them anew; with ``--check`` it says which differ and
changes nothing. A test takes the same pictures, so the ones in the README can't go stale.
"""

import asyncio
import io
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from msgspec import Struct
from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from cotutor.content.loader import PLANS
from cotutor.domain.agreement import Agreement
from cotutor.plain.greeting import greeting
from cotutor.tui.session.agreement import AgreementPage
from cotutor.tui.themes import CONTRAST, LIGHT
from tests.plain.typed import Played
from tests.tui.sitting import Sitting, sitting

FOLDER = Path(__file__).resolve().parent
PAIR = PLANS.named("pair").value
AGREED = Agreement.usual(PAIR).named(("Ana", "Ben"))

# Rich's own frame names a font to be fetched from the network; this one takes what there is.
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
    font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""

Deed = Callable[[Sitting], Awaitable[None]]


class Picture(Struct, frozen=True):
    """What is done with the program before a picture is taken of it."""

    deed: Deed
    size: tuple[int, int] = (80, 24)
    running: bool = True
    """Whether it begins with Ana's turn, and not at home."""


def _pressed(*keys: str, minutes: float = 7) -> Deed:
    async def deed(two: Sitting) -> None:
        await two.go(minutes=minutes)
        await two.press(*keys)

    return deed


def _coloured(name: str) -> Deed:
    async def deed(two: Sitting) -> None:
        two.app.theme = name
        await two.go(minutes=7)

    return deed


async def _at_home(_two: Sitting) -> None:
    """Home is where it begins."""


async def _agreeing(two: Sitting) -> None:
    await two.app.push_screen(AgreementPage(PAIR, AGREED))
    await two.settle()


async def _closing(two: Sitting) -> None:
    await two.press("+")
    for seconds in (21 * 60, 60, 30, 19 * 60, 60):
        await two.go(seconds=seconds)
        await two.press("n")
    await two.go(seconds=12)


PICTURES = {
    "home": Picture(_at_home, running=False),
    "agreement": Picture(_agreeing, running=False),
    "turn": Picture(_pressed("c")),
    "warning": Picture(_pressed(minutes=18)),
    "guidance": Picture(_pressed("g", "5")),
    "scratchpad": Picture(_pressed("s", *"ask for a locum; ring ward 4")),
    "swap": Picture(_pressed("n", "n", minutes=20)),
    "close": Picture(_closing),
    "explain": Picture(_pressed("!")),
    "cover": Picture(_pressed("b")),
    "big": Picture(_pressed("f"), size=(100, 30)),
    "small": Picture(_pressed(), size=(40, 12)),
    "light": Picture(_coloured(LIGHT.name)),
    "contrast": Picture(_coloured(CONTRAST.name)),
}
"""The full screen; the line mode has a picture of its own, ``lines``."""

NAMES = (*PICTURES, "lines")


async def take(name: str) -> str:
    """Take one picture; returns it as SVG."""
    if name == "lines":
        return _drawn(_lines(), "lines", (100, 18))
    picture = PICTURES[name]
    plan = PAIR if picture.running else None
    async with sitting(picture.size, plan=plan, agreement=AGREED, quick=picture.running) as two:
        if picture.running:
            await two.press("n")
        await picture.deed(two)
        behind = two.app._background_screens  # noqa: SLF001  the app itself refuses to be pictured
        screen = two.app.screen._compositor.render_update(full=True, screen_stack=behind, simplify=True)  # noqa: SLF001
        return _drawn(screen or "", name, picture.size)


def _drawn(content: RenderableType, name: str, size: tuple[int, int]) -> str:
    width, height = size
    console = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
        safe_box=False,
        _environ={},
    )
    console.print(Segments(part for whole in console.render(content) for part in _solid(whole)))
    drawn = console.export_svg(title="cotutor", code_format=_FRAME, unique_id=f"cotutor-{name}")
    return "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"


def _solid(segment: Segment) -> Iterator[Segment]:
    """Blocks as background, because a picture's font leaves gaps between them that no terminal shows."""
    text, style, _control = segment
    if not style or "█" not in text or text.strip(" █"):
        yield segment
        return
    block = Style(bgcolor=style.color)
    for part in re.findall("█+| +", text):
        yield Segment(" " * len(part), block if part[0] == "█" else style)


def _lines() -> Text:
    """A session in lines, up to the second turn."""
    typed = (
        (65, "next"),
        (300, "mode listen"),
        (400, "time"),
        (505, "more 2"),
        (120, ""),
        (50, ""),
        (31, ""),
    )
    played = Played(*typed, agreement=AGREED)
    end = next(number for number, line in enumerate(played.lines) if line.startswith("No more is typed"))
    return Text("\n".join([*greeting(1), *played.lines[:end]]))


def main() -> int:
    """Take all pictures, or check them; returns 1 if one differs."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name in NAMES:
        taken, file = asyncio.run(take(name)), FOLDER / f"{name}.svg"
        if file.exists() and file.read_text("utf-8") == taken:
            continue
        stale.append(name)
        if not check:
            file.write_text(taken, "utf-8")
    if stale:
        print("Differ:" if check else "Taken anew:", ", ".join(stale))
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
