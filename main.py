"""Cluster Atlas: opens the window, or runs one headless command. It joins the layers, nothing else.

It starts under bare interpreters too, so only the standard library and the set-up are imported at the top.
"""

import io
import os
import sys
from pathlib import Path

from resources import setup

VERSION = "0.1.0"
HEADLESS = ("new", "import", "export", "template", "recipes", "fill", "undo", "redo", "history", "check", "search")
TOUR_FOLDER = "tour"
USAGE = """\
usage: main.py [FILE]                      open the window (the default catalogue without FILE)
       main.py new FILE [--empty]          create a catalogue (with the sample unless --empty)
       main.py import FILE WORKBOOK ...    bring workbooks in, each as one revision
       main.py export FILE WORKBOOK ...    write a workbook
       main.py template FILE WORKBOOK ...  write a workbook in which others fill in figures
       main.py recipes FILE ...            list, hand on, rename or forget how workbooks are read
       main.py fill FILE REPORT OUT ...    fill the newest figures into a copy of a report workbook
       main.py undo|redo FILE              take the last revision back, or do it again
       main.py history FILE [--json]       list the revisions
       main.py check FILE                  look for damage; exit 1 and say what is wrong
       main.py search FILE TEXT [--json]   find records
       main.py tour DIR                    draw every page to PNG files
       main.py --version | --help

Each command explains its options with --help. A catalogue whose name is a command's opens as ./new.
Exit codes: 0 done, 1 refused with one sentence on standard error, 2 wrong use."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; the result is the exit code."""
    _speak_unicode()
    try:
        code = _dispatch(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # whoever read our output has had enough; the interpreter must not try to write the rest at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_unicode() -> None:
    """Write UTF-8 into files and pipes on every system; a name that is no Unicode must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _dispatch(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first in ("--help", "-h", "--version"):
        print(f"Cluster Atlas {VERSION}" if first == "--version" else USAGE)
        return 0
    if first not in HEADLESS and not _is_good_use(arguments):
        print(USAGE, file=sys.stderr)
        return 2
    if setup.is_needed(setup.APP):
        setup.hand_over(setup.APP, [setup.ROOT / "main.py", *arguments])
    if first in HEADLESS:
        from storage import commands

        return commands.run(arguments)
    return _tour(arguments[1]) if first == "tour" else _window(arguments)


def _is_good_use(arguments: list[str]) -> bool:
    """Tell whether this is `[FILE]` or `tour DIR`."""
    expected = (2,) if arguments[:1] == ["tour"] else (0, 1)
    return len(arguments) in expected and not any(argument.startswith("-") for argument in arguments)


def _window(arguments: list[str]) -> int:
    if not _has_display():
        if arguments and not Path(arguments[0]).is_file():
            from storage.domain.text import msg

            print(msg("There is no file “{file}”.", file=arguments[0]), file=sys.stderr)
            return 1
        text = f"No display found: drawing a guided tour to {TOUR_FOLDER}{os.sep} instead of opening a window."
        print(text, flush=True)
        return _tour(TOUR_FOLDER)
    from ui import app

    return app.run(arguments, VERSION)


def _tour(folder: str) -> int:
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui import app

    return app.tour(folder)


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
