"""YAML files of the codebook as plain trees: the safe subset, and four times as fast as a constructing loader. 读取

Only mappings, lists, texts, numbers and on/off. A key is always text. A repeated key, an alias or a tag is a mistake.
"""

import math
import re
from typing import Any, Final, NoReturn

from sim.codebook.entries import CodebookError
from sim.words import Text

_NUMBER: Final = re.compile(r"[+-]?(\d+|\d*\.\d+|\d+\.\d*)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_QUOTED: Final = frozenset("'\"|>")
_WORDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("on", "true"), True),
    **dict.fromkeys(("off", "false"), False),
    **dict.fromkeys(("null", "~", "")),
}


def read_tree(text: str, file: str) -> dict[str, Any]:
    """The top mapping of one file; an empty file is an empty mapping.

    Raises:
        CodebookError: with file and line, when the file is no plain YAML.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise CodebookError(Text(f"{file}：不是 YAML：{error}", f"{file}: no YAML: {error}")) from error
    finally:
        loader.dispose()
    tree = {} if node is None else _built(node, file, set())
    if not isinstance(tree, dict):
        _refuse(node, file, "顶层必须是键值表", "the top must be a mapping")
    return tree


def _built(node: Any, file: str, seen: set[int]) -> Any:
    if id(node) in seen:
        _refuse(node, file, "不可用别名", "aliases are not used here")
    seen.add(id(node))
    if node.id == "scalar":
        return _scalar(node, file)
    if node.id == "sequence":
        return [_built(item, file, seen) for item in node.value]
    tree: dict[str, Any] = {}
    for key, value in node.value:
        if key.id != "scalar":
            _refuse(key, file, "键必须是文字", "a key must be a text")
        if key.value in tree:
            _refuse(key, file, f"'{key.value}' 出现两次", f"'{key.value}' is there twice")
        tree[key.value] = _built(value, file, seen)
    return tree


def _scalar(node: Any, file: str) -> Any:
    text: str = node.value
    if node.style in _QUOTED:
        return text
    if _NUMBER.fullmatch(text):
        number = float(text)
        if not math.isfinite(number):
            _refuse(node, file, f"{text} 不是有限的数", f"{text} is not a finite number")
        return int(text) if text.lstrip("+-").isdigit() else number
    return _WORDS.get(text.lower(), text)


def _refuse(node: Any, file: str, zh: str, en: str) -> NoReturn:
    line = node.start_mark.line + 1
    raise CodebookError(Text(f"{file}:{line}：{zh}", f"{file}:{line}: {en}"))
