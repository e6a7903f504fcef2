"""How the command line talks: bilingual help, lines on stderr, progress with the time left. 说话"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any, Final

import click

from sim.cli.mistakes import frame
from sim.words import Text, language

QUIET_SECONDS: Final = 5.0
"""Without a terminal a line of progress comes at most this often."""


def say(text: Text | str) -> None:
    """One line of talk."""
    print(text.get(language()) if isinstance(text, Text) else text, file=sys.stderr, flush=True)


def show(text: Text | str) -> None:
    """One line of a result."""
    print(text.get(language()) if isinstance(text, Text) else text)


def print_json(content: dict[str, Any]) -> None:
    """One object on stdout."""
    print(json.dumps(content, ensure_ascii=False, allow_nan=False))


class Refused(Exception):
    """Something outside of us is in the way; `message` says what, in both languages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __str__(self) -> str:
        return self.message.get(language())


class Command(click.Command):
    """A command whose help speaks the reader's language."""

    def __init__(self, *given: Any, said: Text, **more: Any) -> None:
        super().__init__(*given, **more)
        self.said = said

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help in full."""
        self.help = self.said.get(language())
        super().format_help_text(ctx, formatter)

    def get_help(self, ctx: click.Context) -> str:
        """The whole help, in one language."""
        return frame(super().get_help(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        """The help in one line."""
        return self.said.get(language()).splitlines()[0]


class Group(Command, click.Group):
    """A group whose help speaks the reader's language."""


class Option(click.Option):
    """An option whose help speaks the reader's language."""

    def __init__(self, *given: Any, said: Text, **more: Any) -> None:
        super().__init__(*given, **more)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The line of this option in the help."""
        self.help = self.said.get(language())
        return super().get_help_record(ctx)


def option(*names: str, said: Text, **more: Any) -> Callable[[Any], Any]:
    """An option with its help in both languages."""
    return click.option(*names, cls=Option, said=said, **more)


def common(command: Any) -> Any:
    """The options that every command has."""
    lang = option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        said=Text("说中文还是英文", "language: Chinese or English"),
    )
    debug = option(
        "--debug",
        is_flag=True,
        expose_value=False,
        said=Text("出错时显示全部细节", "show all details when something breaks"),
    )
    return lang(debug(command))


as_json = option("--json", "as_json", is_flag=True, said=Text("输出一个 JSON 对象", "print one JSON object"))


class Progress:
    """A bar on a terminal; elsewhere a line now and then. Both tell the time left.

    Call it with (done, total); use it as a context.
    """

    def __init__(self, what: Text) -> None:
        self.what = what.get(language())
        self._bar: Any = None
        self._task: Any = None
        self._last = time.monotonic()
        # The first call only begins the reckoning: what came before it (founding, loading) has another pace.
        self._first: tuple[float, int] | None = None
        self._told = 0

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
            self._bar = Bar(*columns, console=Console(file=sys.stderr), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self.what, total=None)
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)
            return
        now = time.monotonic()
        if self._first is None:
            self._first = now, done
        began, before = self._first
        if done > max(before, self._told) and now - self._last >= QUIET_SECONDS:
            self._last, self._told = now, done
            left = (now - began) * (total - done) / (done - before)
            rest = Text(f"，还需约 {left:.0f} 秒", f", about {left:.0f} s left").get(language())
            say(f"{self.what} {done}/{total}{rest}")

    def __exit__(self, *reason: object) -> None:
        if self._bar is not None:
            self._bar.stop()
