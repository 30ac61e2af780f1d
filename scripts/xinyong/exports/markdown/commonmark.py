"""CommonMark (https://spec.commonmark.org/0.31.2/) that says just what it is given, and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from xinyong.source.prose import Renderers, parse

_SPECIAL = re.compile(r"[\\`*_\[\]<>~]|&(?=#?\w{1,32};)|!\Z")
"""Signs that mean something wherever they stand; behind a mark of exclamation a link may follow."""

_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_OPENING = re.compile(r"[-+#=]")
"""What means something at the start of a line: a list, a heading."""

_BACKTICKS = re.compile(r"`+")
_NO_ADDRESS = re.compile(r"[\s<>()]")


def escaped(text: str) -> str:
    """Write a text on one line so that it is read as it stands."""
    flat = text.replace("\n", " ")
    return _SPECIAL.sub(r"\\\g<0>", flat) if _SPECIAL.search(flat) else flat


def opened(line: str) -> str:
    """Keep the start of a line from being read as that of a list or a heading."""
    number = _NUMBER.match(line)
    if number:
        return f"{number[1]}\\{line[number.end() :]}"
    return f"\\{line}" if _OPENING.match(line) else line


def link(label: str, address: str) -> str:
    """Link to an address; ``label`` is Markdown already."""
    return f"[{label}]({_target(address)})"


def address(url: str) -> str:
    """Show an address as a link to itself."""
    return escaped(url) if re.search(r"[\s<>]", url) else f"<{url}>"


def listed(items: Iterable[str]) -> str:
    """Make a list."""
    return "\n".join(f"- {opened(item)}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """Make a list of numbers, from 1."""
    return "\n".join(f"{number}. {opened(item)}" for number, item in enumerate(items, 1))


def prose(source: str, renderers: Renderers) -> str:
    """Write prose anew: its links and cites by the functions given, each paragraph on one line."""
    return "\n\n".join(_blocks(parse(source).tokens, renderers))


def _blocks(tokens: Sequence[Token], renderers: Renderers) -> Iterator[str]:
    """Yield the blocks; each level of a list or quotation has what begins its first line and the others."""
    levels: list[tuple[str, str]] = []
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} "
            levels.append((mark, " " * len(mark)))
        elif token.type == "blockquote_open":
            levels.append(("> ", "> "))
        elif token.type in ("list_item_close", "blockquote_close"):
            levels.pop()
        elif token.type in ("inline", "fence", "code_block"):
            text = _inline(token, renderers)
            yield "".join(first for first, _ in levels) + opened(text)
            levels = [(rest, rest) for _, rest in levels]


def _inline(token: Token, renderers: Renderers) -> str:
    if token.type != "inline":
        return escaped(token.content.strip())  # a block of code, which the check refuses
    pieces: list[str] = []
    href = ""
    for child in token.children or ():
        if child.type == "link_open":
            href = str(child.attrs.get("href", ""))
        if child.type in ("link_open", "link_close"):
            pieces.append(_end_of_link(child, href))
        else:
            pieces.append(_piece(child, renderers))
    return "".join(pieces).strip()


def _end_of_link(token: Token, href: str) -> str:
    """Return what begins or ends a link; nothing around one that is no address of the web."""
    if not href.startswith(("http://", "https://")):
        return ""
    return "[" if token.type == "link_open" else f"]({_target(href)})"


def _piece(token: Token, renderers: Renderers) -> str:
    match token.type:
        case "text":
            return renderers.text(token.content)
        case "record_link":
            return renderers.link(token.meta["link"])
        case "cites":
            return renderers.cites(token.meta["cites"])
        case "code_inline":
            return _code(token.content)
        case "softbreak" | "hardbreak":
            return " "
        case _:
            return token.markup  # of stress


def _code(content: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(content)), default=0)
    fence = "`" * (longest + 1)
    padded = f" {content} " if content[:1] == "`" or content[-1:] == "`" else content
    return f"{fence}{padded}{fence}"


def _target(url: str) -> str:
    if not _NO_ADDRESS.search(url):
        return url
    return f"<{url.translate(_ENCODED)}>"


_ENCODED = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E", "\n": "%0A", "\t": "%09"})
