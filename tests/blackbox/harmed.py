"""The real program with one fault put into it from outside, as a script that starts it.

The fault is put in after the fence is up, in the process that holds the words, so everything but
the fault itself is the program's own.
"""

import asyncio
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

from cotutor.__main__ import main
from cotutor.process import fence

UNSEEN = "Geheimnis-7391"
"""In local variables and in the messages of exceptions."""


def harm(*_arguments: object, kind: type[BaseException] = ValueError) -> None:
    """Fail with words in a local variable, in the message and in a cause."""
    passphrase = f"{UNSEEN} as a local variable"
    try:
        int(passphrase)
    except ValueError as cause:
        raise kind(f"{UNSEEN} in a message, {len(passphrase)}") from cause


def in_handler(page: Any) -> None:
    harm()


def in_worker(page: Any) -> None:
    async def work() -> None:
        harm()

    page.run_worker(work())


def in_thread_worker(page: Any) -> None:
    page.run_worker(harm, thread=True)


def in_thread(page: Any) -> None:
    threading.Thread(target=harm).start()


def in_timer(page: Any) -> None:
    page.set_timer(0.01, harm)


def in_task(page: Any) -> None:
    async def task() -> None:
        harm()

    asyncio.create_task(task())  # noqa: RUF006  lost on purpose


def in_callback_of_the_loop(page: Any) -> None:
    asyncio.get_running_loop().call_later(0.01, harm)


def in_call_from_thread(page: Any) -> None:
    threading.Thread(target=lambda: page.app.call_from_thread(harm)).start()


def in_compose(page: Any) -> None:
    from cotutor.tui.common.help import HelpPage  # noqa: PLC0415

    HelpPage.body = harm  # type: ignore[method-assign, assignment]
    page.app.action_keys()


def in_render(page: Any) -> None:
    from cotutor.tui.widgets.key_bar import KeyBar  # noqa: PLC0415

    KeyBar.render = harm  # type: ignore[method-assign, assignment]
    page.query_one(KeyBar).refresh()


def in_style(page: Any) -> None:
    page.styles.width = f"{UNSEEN} is no width"


def in_style_sheet(page: Any) -> None:
    page.app.stylesheet.add_source(f"Screen {{ width: {UNSEEN}; }} /* {UNSEEN} */")
    page.app.refresh_css()


def in_line_filter(page: Any) -> None:
    from cotutor.tui.textual_seams.line_filter import CleanLines  # noqa: PLC0415

    CleanLines.apply = harm  # type: ignore[method-assign, assignment]
    page.refresh()


def in_unmount(page: Any) -> None:
    type(page).on_unmount = harm
    page.app.exit(0)


def as_exit(page: Any) -> None:
    harm(kind=SystemExit)


def as_interrupt(page: Any) -> None:
    harm(kind=KeyboardInterrupt)


def as_end_of_memory(page: Any) -> None:
    harm(kind=MemoryError)


def in_a_message(page: Any) -> None:
    page.app.exit(1, message=UNSEEN)


def said(page: Any) -> None:
    """Everything that libraries say in passing, and then the end."""
    print(UNSEEN)
    sys.stderr.write(f"{UNSEEN}\n")
    warnings.warn(UNSEEN, stacklevel=1)
    logging.getLogger("asyncio").error(UNSEEN)
    logging.critical(UNSEEN)  # noqa: LOG015  the root is what libraries reach without asking
    page.log(UNSEEN)
    page.app.exit(1)


FAULTS: dict[str, Callable[[Any], None]] = {
    one.__name__: one
    for one in (
        *(in_handler, in_worker, in_thread_worker, in_thread, in_timer, in_task, in_callback_of_the_loop),
        *(in_call_from_thread, in_compose, in_render, in_style, in_style_sheet, in_line_filter, in_unmount),
        *(as_exit, as_interrupt, as_end_of_memory, in_a_message, said),
    )
}


def put_in(fault: Callable[[Any], None]) -> None:
    """Have the key that covers the screen, which works everywhere, do harm."""
    arm = fence.arm

    def arm_and_harm(*arguments: Any, **options: Any) -> fence.FenceState:
        state = arm(*arguments, **options)
        from cotutor.tui.app import CotutorApp  # noqa: PLC0415  not before the fence

        CotutorApp.action_cover = lambda app: fault(app.screen)  # type: ignore[method-assign, assignment]
        return state

    fence.arm = arm_and_harm


if __name__ == "__main__":
    put_in(FAULTS[sys.argv.pop()])
    sys.exit(main())
