import pytest
from textual.app import App, ComposeResult

from cotutor.tui.widgets.big_digits import BigDigits, Sign


class Shown(App[None]):
    def __init__(self, largest: int = 0) -> None:
        super().__init__()
        self._largest = largest

    def compose(self) -> ComposeResult:
        yield BigDigits(largest=self._largest)

    @property
    def rows(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]


@pytest.mark.parametrize(
    ("size", "high"),
    [((19, 5), 1), ((40, 5), 1), ((40, 12), 1), ((80, 24), 2), ((200, 60), 5), ((200, 6), 1)],
)
async def test_digits_are_as_large_as_fits_and_centred(size: tuple[int, int], high: int) -> None:
    app = Shown()
    async with app.run_test(size=size) as pilot:
        app.query_one(BigDigits).show("08:08")
        await pilot.pause()
        drawn = [row for row in app.rows if "█" in row]
        assert len(drawn) == 5 * high
        left = min(len(row) - len(row.lstrip()) for row in drawn)
        right = min(len(row) - len(row.rstrip()) for row in drawn)
        assert abs(left - right) <= 1


async def test_largest_bounds_them() -> None:
    app = Shown(largest=1)
    async with app.run_test(size=(200, 60)) as pilot:
        app.query_one(BigDigits).show("12:34")
        await pilot.pause()
        assert sum("█" in row for row in app.rows) == 5


@pytest.mark.parametrize("text", ["1:02:03", "+12:34:56"])
@pytest.mark.parametrize("size", [(12, 3), (16, 5), (9, 1)])
async def test_without_room_for_pictures_the_time_is_plain_text(text: str, size: tuple[int, int]) -> None:
    app = Shown()
    async with app.run_test(size=size) as pilot:
        app.query_one(BigDigits).show(text)
        await pilot.pause()
        assert text in "".join(app.rows)


async def test_another_second_paints_only_the_sign_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Shown()
    async with app.run_test() as pilot:
        digits = app.query_one(BigDigits)
        digits.show("12:35")
        await pilot.pause()
        painted: list[Sign] = []
        paint = Sign.refresh

        def counted(sign: Sign, *regions: object, **options: object) -> Sign:
            painted.append(sign)
            return paint(sign, *regions, **options)  # type: ignore[arg-type]  # passed on as they came

        monkeypatch.setattr(Sign, "refresh", counted)
        digits.show("12:34")
        assert painted == [digits._signs[4]]
        digits.show("12:34")
        assert len(painted) == 1
        await pilot.pause()
        assert digits.text == "12:34"
