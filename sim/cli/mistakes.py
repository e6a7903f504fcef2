"""What click says of a wrong command line and of its help, in the reader's language. 命令行的话"""

import re
from typing import Final

import click

from sim.words import Text, language

FRAME: Final = (
    (r"^Usage: ", "用法："), (r"\[OPTIONS\]", "[选项]"), (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"^Options:$", "选项："), (r"^Commands:$", "命令："), (r"Show this message and exit\.", "显示这段说明"),
)  # fmt: skip
"""The words of click around our own, and how Chinese says them."""
VALUES: Final = (
    (r"(.+) is not in the range (.+)\.", r"\1 不在范围 \2 之内"),
    (r"(.+) is not a valid integer( range)?\.", r"\1 不是整数"),
    (r"(.+) is not one of (.+)\.", r"\1 不是 \2 之一"),
)  # fmt: skip
"""What click says of a value, and how Chinese says it."""
_HELP: Final = Text("试试 '{path} --help'。", "Try '{path} --help' for help.")
_ERROR: Final = Text("错误：{message}", "Error: {message}")
_NO_OPTION: Final = Text("没有选项 '{name}'。", "No such option '{name}'.")
_NO_COMMAND: Final = Text("没有命令 '{name}'。", "No such command '{name}'.")
_MEANT: Final = Text("{said}是不是指：{close}？", "{said} Did you mean {close}?")
_MISSING: Final = Text("少了 {name}。", "Missing {name}.")
_BAD: Final = Text("{name} 的值不对：{message}", "Invalid value for {name}: {message}")


def frame(text: str) -> str:
    """Help of a command: the words of click in the reader's language."""
    return _turned(text, FRAME) if language() == "zh" else text


def _turned(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for pattern, words in pairs:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


def block(error: click.ClickException) -> str:
    """Usage, where help is, and what is wrong."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    lines = [frame(context.get_usage()), _HELP.fill(path=context.command_path).get(language()), ""] if context else []
    return "\n".join([*lines, _ERROR.fill(message=said(error)).get(language())])


def said(error: click.ClickException) -> str:
    """What is wrong with a command line; what has no words of ours stays as click says it."""
    if language() != "zh":
        return error.format_message()
    name = getattr(error, "command_name", None)
    if name is not None:
        return _or(_NO_COMMAND.fill(name=name), error)
    if isinstance(error, click.NoSuchOption):
        return _or(_NO_OPTION.fill(name=error.option_name), error)
    if isinstance(error, click.MissingParameter):
        return _MISSING.fill(name=_named(error)).get("zh")
    if isinstance(error, click.BadParameter) and _named(error):
        return _BAD.fill(name=_named(error), message=_turned(error.message, VALUES)).get("zh")
    return error.format_message()


def _named(error: click.BadParameter) -> str:
    """The argument or option that is meant."""
    hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param and error.ctx else "")
    return hint if isinstance(hint, str) else " / ".join(hint)


def _or(text: Text, error: click.ClickException) -> str:
    close = getattr(error, "possibilities", None)
    return (_MEANT.fill(said=text, close=", ".join(close)) if close else text).get("zh")
