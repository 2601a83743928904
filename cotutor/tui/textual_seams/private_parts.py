"""The list of Textual's private parts that we lean on: what, where, which module of ours, and why.

No private part is used outside this package, and none that is not in the list; a test sees to
both, and each entry has a test that fails when Textual renames the part or changes what it does.
The version of Textual in pyproject.toml is exact for the sake of this list. To go to another
version, change it there and here, run ``pytest tests/tui/textual_seams``, and read in Textual's
source whatever fails. The program itself never loads this module.
"""

from typing import NamedTuple

TEXTUAL_VERSION = "8.2.8"
"""The version for which the list holds."""


class PrivatePart(NamedTuple):
    """One private part of Textual."""

    owner: str
    """The module or class of Textual's that has it, with its full path."""
    name: str
    """Its name there."""
    used_by: tuple[str, ...]
    """The modules of this package that override, read, set or call it."""
    why: str
    """What we need, and that Textual has no public way to it."""


PRIVATE_PARTS = (
    PrivatePart(
        "textual",
        "_compositor",
        ("compositor",),
        "The class that puts the widgets of a screen together is in a private module.",
    ),
    PrivatePart(
        "textual._compositor.Compositor",
        "_get_renders",
        ("compositor",),
        "Overridden, so that a clock that changes draws neither the keys nor the words beside it.",
    ),
    PrivatePart(
        "textual.screen.Screen",
        "_compositor",
        ("screen",),
        "Set, because a screen takes no compositor as an argument.",
    ),
    PrivatePart(
        "textual",
        "_styles_cache",
        ("styles_cache",),
        "The class that remembers what a widget has drawn is in a private module.",
    ),
    PrivatePart(
        "textual._styles_cache.StylesCache",
        "get_inner_outer",
        ("styles_cache",),
        "Replaced, because it remembers 1024 widgets that are gone, with all that they have drawn.",
    ),
    PrivatePart(
        "textual.drivers.linux_driver",
        "getincrementaldecoder",
        ("driver",),
        "Replaced in the module, because a driver takes no decoder: Textual's own ends the program at a "
        "byte that is no UTF-8, and lets pasted text press keys.",
    ),
    PrivatePart(
        "textual.drivers.linux_driver.LinuxDriver",
        "_sigtstp_application",
        ("driver",),
        "Overridden, because Textual stops inside the signal handler, where it may wait for itself.",
    ),
    PrivatePart(
        "textual.drivers.linux_driver.LinuxDriver",
        "_sigcont_application",
        ("driver",),
        "Overridden for the same reason.",
    ),
    PrivatePart(
        "textual.drivers.linux_driver.LinuxDriver",
        "_must_signal_resume",
        ("driver",),
        "Set, as Textual sets it in the handler that is overridden: the app learns that it goes on.",
    ),
    PrivatePart(
        "textual.driver.Driver",
        "_auto_restart",
        ("driver",),
        "Read, as Textual reads it in the handler that is overridden: whether to take the terminal again.",
    ),
    PrivatePart(
        "textual.drivers.linux_driver.LinuxDriver",
        "_run_input_thread",
        ("driver",),
        "Overridden, because Textual prints a traceback when reading keys fails.",
    ),
    PrivatePart(
        "textual.app.App",
        "_handle_exception",
        ("driver", "sealed_app"),
        "Overridden, because every fault in a handler, timer, worker or drawing comes here, and nothing "
        "else knows where it was; called for the faults that Textual does not see.",
    ),
    PrivatePart(
        "textual.app.App",
        "_fatal_error",
        ("sealed_app",),
        "Overridden, because it makes a traceback with the local variables, and with them what people wrote.",
    ),
    PrivatePart(
        "textual.app.App",
        "_print_error_renderables",
        ("sealed_app",),
        "Overridden, because it prints whatever is left to print once the terminal is given back.",
    ),
    PrivatePart(
        "textual.message_pump.MessagePump",
        "_close_messages_no_wait",
        ("sealed_app",),
        "Called, as Textual does in the methods that are overridden, to end the app.",
    ),
    PrivatePart(
        "textual.app.App",
        "_devtools_redirector",
        ("sealed_app",),
        "Set to None, so that nothing printed goes to Textual's development console over the network.",
    ),
    PrivatePart(
        "textual.app.App",
        "_deliver_binary",
        ("sealed_app",),
        "Overridden, because every delivery of a file ends there.",
    ),
)
