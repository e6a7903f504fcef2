"""From a command line to an exit code: every error becomes one clear block, never a traceback. 退出码

0 ok · 1 our bug, or a rerun that differs · 2 wrong command line · 3 wrong or missing scenario or data · 4 some runs
failed · 5 disk, permission, unequal machines · 130 interrupted.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from sim.cli import mistakes
from sim.cli.commands import village
from sim.cli.talk import Refused, print_json, say
from sim.words import Text, language

BUG, USAGE, WRONG_FILE, SOME_FAILED, ENVIRONMENT, INTERRUPTED = 1, 2, 3, 4, 5, 130

_BUG: Final = Text(
    "程序出错了（不是您的错）：{error}\n详细记录：{path}\n请把这个文件附在问题报告里；用 --debug 可直接看到全部。",
    "Something broke, and it is our mistake: {error}\nThe details are in {path}\n"
    "Please attach that file to a report; --debug shows all of it here.",
)
_ENVIRONMENT: Final = Text("磁盘、权限或内存的问题：{error}", "A problem of disk, permission or memory: {error}")
_INTERRUPTED: Final = Text("已中断。", "Interrupted.")


def answer(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    _speak(arguments)
    try:
        # Not `village.main`, which answers a closed pipe with exit 1.
        with village.make_context("village", list(arguments)) as context:
            code = village.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except KeyboardInterrupt:
        return _told([_INTERRUPTED.get(language())], INTERRUPTED, "--json" in arguments)
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted; nothing may be written to the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if "--debug" in arguments and not isinstance(error, click.ClickException):
            traceback.print_exc()
        return _explained(error, "--json" in arguments)
    return code if isinstance(code, int) else 0


def _speak(arguments: Sequence[str]) -> None:
    """The language asked for holds for everything, also for help and for worker processes."""
    for place, word in enumerate(arguments):
        choice = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and place + 1 < len(arguments):
            choice = arguments[place + 1]
        if choice in ("zh", "en"):
            os.environ["VILLAGE_LANG"] = choice
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark instead of a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _explained(error: Exception, as_json: bool) -> int:
    """Tell what went wrong; returns the exit code."""
    from sim.runs import UnequalMachines
    from sim.scenario import ScenarioError

    if isinstance(error, click.ClickException):
        say(mistakes.block(error))
        return _told([mistakes.said(error)], error.exit_code, as_json, silent=True)
    if isinstance(error, ScenarioError):
        for problem in error.errors:
            say(problem.say(language()))
        if as_json:
            print_json({"ok": False, "errors": [_problem(problem) for problem in error.errors]})
        return WRONG_FILE
    cause = error.__cause__ if isinstance(error.__cause__, OSError | MemoryError) else error
    if isinstance(cause, OSError | MemoryError | Refused | UnequalMachines):
        return _told([_environment(cause)], ENVIRONMENT, as_json)
    short = " ".join(f"{type(error).__name__}: {error}".split())
    return _told([_BUG.fill(error=short, path=_written(error)).get(language())], BUG, as_json)


def _environment(error: BaseException) -> str:
    if hasattr(error, "message"):
        return str(error)
    return _ENVIRONMENT.fill(error=str(error) or type(error).__name__).get(language())


def _told(messages: Iterable[str], code: int, as_json: bool, silent: bool = False) -> int:
    found = list(messages)
    if not silent:
        for message in found:
            say(message)
    if as_json:
        errors = [{"file": None, "line": None, "column": None, "message": message} for message in found]
        print_json({"ok": False, "errors": errors})
    return code


def _problem(problem: Any) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message.get(language()),
    }


def _written(error: BaseException) -> Path | str:
    """The file with the whole story; a dash when even that cannot be written."""
    try:
        handle, name = tempfile.mkstemp(prefix="village-error-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write("".join(traceback.format_exception(error)))
    except OSError:
        return "–"
    return Path(name)
