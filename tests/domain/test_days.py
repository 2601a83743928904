from datetime import date, timedelta

import pytest

from cotutor.domain.days import day_shown, parse_day

TODAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("  ", None),
        ("today", TODAY),
        ("2026-11-30", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        ("30.11.2026", date(2026, 11, 30)),
        ("5/11", date(2026, 11, 5)),
        ("+10d", date(2026, 2, 10)),
        ("+2w", date(2026, 2, 14)),
        ("2w", date(2026, 2, 14)),
        ("+1m", date(2026, 2, 28)),
        ("+11m", date(2026, 12, 31)),
        ("+1y", date(2027, 1, 31)),
        ("+25m", date(2028, 2, 29)),
        ("+9999d", date(2053, 6, 17)),
        ("+7973y", date(9999, 1, 31)),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "31/2/2026",
        "11/30/2026",
        "soon",
        "2026-13-01",
        "+9999y",
        "+9999m9",
        "٣/٤/٢٠٢٦",
        "1/2/3",
        "today or so",
        "30/11/2026 or 1/12/2026",
    ],
)
def test_what_is_no_day_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ValueError, match=r"That is not a day\. Write 30/11/2026"):
        parse_day(text, TODAY)


def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() -> None:
    for before in (TODAY + timedelta(days=number) for number in range(400)):
        for unit, months in (("m", 1), ("y", 12)):
            for count in (1, 2, 11, 12, 13):
                later = parse_day(f"+{count}{unit}", before)
                assert later is not None
                gone = (later.year - before.year) * 12 + later.month - before.month
                assert gone == count * months
                assert (
                    later.day == before.day or (later + timedelta(days=1)).day == 1 < later.day < before.day
                )


def test_a_day_is_shown_the_same_everywhere() -> None:
    assert day_shown(date(2026, 11, 5)) == "5 Nov 2026"
