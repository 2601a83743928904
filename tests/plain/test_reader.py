import os
import threading
from collections.abc import Iterator
from io import FileIO

import pytest

from cotutor.plain.reader import LONGEST_LINE, InputLines

SOON = 20.0


Pipe = tuple[int, FileIO]
"""The reading end as a number, and the writing end."""


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    before = set(threading.enumerate())
    with FileIO(writing, "w") as writer:
        yield reading, writer
    # Until nobody reads any more, the number must not become that of another file.
    for thread in set(threading.enumerate()) - before:
        thread.join()
    os.close(reading)


def all_lines(reading: int) -> list[str]:
    lines = InputLines(reading)
    read = []
    while not lines.ended:
        if (line := lines.read(SOON)) is not None:
            read.append(line)
    return read


def poured(pipe: Pipe, data: bytes) -> list[str]:
    reading, writing = pipe

    def pour() -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[writing.write(rest) :]
        writing.close()

    thread = threading.Thread(target=pour)
    thread.start()
    read = all_lines(reading)
    thread.join(SOON)
    assert not thread.is_alive()
    return read


def test_lines_come_cleaned_and_in_order(pipe: Pipe) -> None:
    assert poured(pipe, b"next\r\n\n  more 5 \nguide \x1b[2JII-B\n") == [
        "next",
        "",
        "more 5",
        "guide [2JII-B",
    ]


def test_a_last_line_without_an_end_counts(pipe: Pipe) -> None:
    assert poured(pipe, b"pause\nend") == ["pause", "end"]


def test_five_megabytes_in_a_line_are_cut_short(pipe: Pipe) -> None:
    long, after = poured(pipe, b"\x1b]0;x" * 1_000_000 + b"\nnext\n")
    assert len(long) == LONGEST_LINE
    assert "\x1b" not in long
    assert after == "next"


def test_more_lines_than_anybody_types_only_make_the_writer_wait(pipe: Pipe) -> None:
    assert poured(pipe, b"cue\n" * 30_000) == ["cue"] * 30_000


def test_bytes_that_are_no_text_do_no_harm(pipe: Pipe) -> None:
    assert poured(pipe, b"\xff\xfe\x00jot\n") == ["\ufffd\ufffdjot"]


def test_a_character_cut_in_two_by_a_pipe_is_whole(pipe: Pipe) -> None:
    reading, writing = pipe
    lines = InputLines(reading)
    writing.write(b"jot caf\xc3")
    assert lines.read(0.05) is None
    writing.write(b"\xa9\n")
    assert lines.read(SOON) == "jot café"


def test_nothing_typed_is_no_line_and_no_end(pipe: Pipe) -> None:
    lines = InputLines(pipe[0])
    assert lines.read(0.01) is None
    assert not lines.ended


def test_an_input_that_was_never_open_is_at_its_end() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    assert all_lines(reading) == []


def test_after_the_end_a_call_just_waits(pipe: Pipe) -> None:
    pipe[1].close()
    lines = InputLines(pipe[0])
    assert lines.read(SOON) is None
    assert lines.ended
    assert lines.read(0.01) is None
