"""YAML text as a small tree that knows where each word stands; everything dangerous is refused here.

The tree is built from the parser's events, so that a bomb is met before anything is built from it.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from sim.scenario.problems import Problems, Spot, quote
from sim.words import Text

LARGEST_FILE: Final = 200_000
DEEPEST: Final = 20
NO_ALIAS: Final = Text(
    "不允许使用锚点和别名（& 和 *）；请把内容写出来。", "anchors and aliases (& and *) are not allowed; write it out."
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_NUMBER: Final = re.compile(r"[+-]?(\d[\d_]*(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Scalar:
    """One word or number as written; `kind` is what YAML takes it for (str, int, float, bool, null, …)."""

    spot: Spot
    text: str
    kind: str = "str"

    @property
    def number(self) -> float | None:
        """The plain decimal number written here, else None; too large a number is infinite."""
        text = self.text.strip()
        if _NUMBER.fullmatch(text):
            return float(text.replace("_", ""))
        return math.nan if text.lower().lstrip("+-.") in ("nan", "inf", "infinity") else None

    @property
    def truth(self) -> bool | None:
        """True for on, yes and true, False for off, no and false, else None."""
        return {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}.get(
            self.text.strip().lower()
        )


@dataclass(frozen=True)
class Listing:
    """A YAML list."""

    spot: Spot
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Mapping:
    """A YAML mapping in the order of the file; `keys` holds each key as written."""

    spot: Spot
    items: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)

    def key_spot(self, key: str) -> Spot:
        """Where a key stands; the mapping itself when the key is absent."""
        return self.keys[key].spot if key in self.keys else self.spot


@dataclass(frozen=True)
class Broken:
    """Stands where a mistake was already reported, so that it is reported once."""

    spot: Spot


Node = Scalar | Listing | Mapping | Broken


def is_empty(node: Node | None) -> bool:
    """Whether nothing was written: no key, or a key without a value."""
    return node is None or (isinstance(node, Scalar) and node.kind == "null")


def read_text(path: Path, file: str, problems: Problems) -> str:
    """The text of a scenario file; refuses what is no ordinary, small UTF-8 file."""
    here = Spot(file)
    if not path.is_file():
        problems.stop(here, Text("没有这个文件。", "there is no such file."))
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        return data.decode("utf-8-sig")
    except OSError as error:
        problems.stop(here, Text(f"读不了这个文件：{error.strerror}", f"the file cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        if len(data) <= LARGEST_FILE:
            spot = Spot(file, data.count(b"\n", 0, error.start) + 1)
            problems.stop(
                spot, Text("文件不是 UTF-8 编码；请另存为 UTF-8。", "not UTF-8 text; save the file as UTF-8.")
            )
    # More was read than is allowed, perhaps cut inside a character: `parse` says so.
    return " " * (LARGEST_FILE + 1)


def parse(text: str, file: str, problems: Problems) -> Node:
    """The tree of one YAML text."""
    if len(text.encode("utf-8", "replace")) > LARGEST_FILE:
        problems.stop(
            Spot(file),
            Text(f"文件太大；最多 {LARGEST_FILE // 1000} kB。", f"too large; at most {LARGEST_FILE // 1000} kB."),
        )
    try:
        return _Builder(file, problems).build(_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = Spot(file, mark.line + 1, mark.column + 1) if mark else Spot(file)
        line_text = "".join(text.split("\n")[spot.line - 1 : spot.line])
        problems.stop(spot, _syntax(error.problem or "", line_text))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.stop(Spot(file, line), Text("含有不允许的控制字符。", "holds a control character."))


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _syntax(problem: str, line: str) -> Text:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Text("缩进只能用空格，不能用制表符。", "indent with spaces; a tab is not allowed.")
    return Text(
        f"YAML 语法错误（{quote(problem)}）；请检查缩进、冒号后的空格和引号。",
        f"not valid YAML ({quote(problem)}); check indentation, the space after a colon, and quotes.",
    )


class _Builder:
    """Builds the tree from parser events and refuses anchors, aliases, tags, depth and double keys."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.open: list[Listing | Mapping] = []
        self.waiting: list[Node | None] = []
        self.root: Node | None = None

    def build(self, events: Iterator[Any]) -> Node:
        """The tree of all events; an empty text is a null."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self.problems.stop(
                        self._spot(event),
                        Text("一个文件只写一个情景（多了 '---'）。", "one scenario a file (a second '---')."),
                    )
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.waiting.pop()
        return self.root if self.root is not None else Scalar(Spot(self.file), "", "null")

    def _spot(self, event: Any) -> Spot:
        return Spot(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any) -> None:
        spot = self._spot(event)
        bad = self._refused(event, spot)
        node: Node
        if isinstance(event, yaml.MappingStartEvent):
            node = Mapping(spot)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Listing(spot)
        elif isinstance(event, yaml.ScalarEvent):
            tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)
            node = Scalar(spot, event.value, tag.rsplit(":", 1)[-1])
        else:
            node = Broken(spot)
        self._place(Broken(spot) if bad else node)
        if isinstance(node, Mapping | Listing):
            self.open.append(node)
            self.waiting.append(None)
            if len(self.open) > DEEPEST:
                self.problems.stop(
                    spot, Text(f"嵌套太深；最多 {DEEPEST} 层。", f"nested too deep; at most {DEEPEST} levels.")
                )

    def _refused(self, event: Any, spot: Spot) -> bool:
        """Whether a node has no meaning here; an anchored one keeps its own, so that its mistakes are told too."""
        alias = isinstance(event, yaml.AliasEvent)
        if alias or event.anchor is not None:
            self.problems.add(spot, NO_ALIAS)
        if alias or event.tag in (None, "!"):
            return alias
        tag = quote(event.tag)
        self.problems.add(
            spot, Text(f"不允许使用标签 '{tag}'。", f"the tag '{tag}' is not allowed; write the plain value.")
        )
        return True

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
        elif self.waiting[-1] is None:
            self.waiting[-1] = node
        else:
            self._pair(parent, self.waiting[-1], node)
            self.waiting[-1] = None

    def _pair(self, parent: Mapping, key: Node, value: Node) -> None:
        if isinstance(key, Broken):
            return
        if not isinstance(key, Scalar):
            self.problems.add(key.spot, Text("键必须是一个词。", "a key must be one word."))
        elif key.text in parent.keys:
            first = parent.keys[key.text].spot.line
            self.problems.add(
                key.spot,
                Text(
                    f"'{quote(key.text)}' 写了两次；第一次在第 {first} 行。",
                    f"'{quote(key.text)}' is written twice; first on line {first}.",
                ),
            )
        elif key.kind == "bool":
            parent.keys[key.text] = key
            self.problems.add(key.spot, _bool_key(key.text))
        else:
            parent.keys[key.text] = key
            parent.items[key.text] = value


def _bool_key(word: str) -> Text:
    truth = Scalar(Spot(""), word).truth
    return Text(
        f"YAML 把裸写的 '{word}' 当作 {'真' if truth else '假'}，不能作键；开关写作 'switch.R69: off'。",
        f"YAML reads a bare '{word}' as {str(truth).lower()}, so it is no key; a switch is written 'switch.R69: off'.",
    )
