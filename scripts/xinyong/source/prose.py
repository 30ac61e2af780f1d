"""Prose: CommonMark without HTML, with ``[[record-id]]``, ``[[record-id|label]]`` and ``[@cite.

@cite]``. Parsing is markdown-it-py's; ours are the two brackets. The parsed form keeps what was
written, faults included, so that a rule can name each of them; rendering trusts nothing and shows
only links that are http or https.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from xinyong.source.cites import Cite
from xinyong.source.cites import parse as parse_cite

LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]+))?\]\]")
CITES = re.compile(r"\[(@[^\[\]]*)\]")
_BRACKETS = re.compile(f"{LINK.pattern}|{CITES.pattern}")
_BLANK_LINES = re.compile(r"\n\n+")
_MARKS = re.compile(r"[\\`*_&<\r\0]")
_BEGINNING = re.compile(r"[-+=>#~]|[0-9]+[.)]")
"""What makes a text more than paragraphs: signs anywhere in it, and at the beginning of a line."""
BROKEN = re.compile(r"\[\[|\]\]|\[@")
HTML = re.compile(r"<(?:[A-Za-z][^\s<>]*|/[A-Za-z][^<>]*|!--|!\[|\?)[^<>]*>?")
_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_NONE: dict[str, Any] = {}
_REFUSED = frozenset({"heading_open", "fence", "code_block", "hr"})


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A ``[[id|label]]``: ``id`` as written, ``label`` empty where none was given."""

    id: str
    label: str = ""


@dataclass(frozen=True)
class Finding:
    """A fault inside a text: the code, the sentence and the faulty piece."""

    code: str
    message: str
    needle: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A prose text, parsed.

    What it links to, what it cites, its blocks without a cite, its faults.
    """

    tokens: tuple[Token, ...]
    links: tuple[RecordLink, ...]
    cites: tuple[Cite, ...]
    uncited: tuple[str, ...]
    faults: tuple[Finding, ...]


@dataclass(frozen=True)
class Renderers:
    """How a record link, a group of cites and a text become HTML.

    All return markup that is safe as it stands. ``label`` is for text that stands in a link or is
    emphasized, such as a title; it is ``text`` where not given.
    """

    link: Callable[[RecordLink], str]
    cites: Callable[[Sequence[Cite]], str]
    text: Callable[[str], str]
    label: Callable[[str], str] | None = None


@lru_cache(maxsize=1 << 17)  # what is read in turns must all fit, or nothing is found again
def parse(text: str) -> Parsed:
    """Parse a prose text into what it says and points to."""
    tokens = tuple(_paragraphs(text) or _blocks(text))
    inline = [child for token in tokens for child in token.children or ()]
    for token in (*tokens, *inline):
        # Most have neither, and a dict for each would be the most of what is kept.
        token.attrs, token.meta = token.attrs or _NONE, token.meta or _NONE
    links = tuple(token.meta["link"] for token in inline if token.type == "record_link")
    cites = tuple(cite for token in inline if token.type == "cites" for cite in token.meta["cites"])
    return Parsed(tokens, links, cites, tuple(_uncited(tokens)), tuple(_faults(tokens)))


def render(text: str, renderers: Renderers) -> str:
    """Render a prose text as HTML blocks; record links and cites by the functions given."""
    html: str = _markdown().renderer.render(
        list(parse(text).tokens), _markdown().options, {"renderers": renderers}
    )
    return html


def line_links(text: str) -> Iterator[RecordLink]:
    """Find the ``[[id]]`` links of a one-line text, such as a value or a note."""
    for match in LINK.finditer(text):
        yield RecordLink(match[1].strip(), (match[2] or "").strip())


def line_faults(text: str) -> Iterator[Finding]:
    """Find HTML and broken brackets in a one-line text."""
    if _TAG_LIKE.search(text):
        yield from _html_faults(text)
    if "[[" in text or "]]" in text:
        yield from _bracket_faults(LINK.sub("", text))


def render_line(text: str, renderers: Renderers) -> str:
    """Render a one-line text: its record links by the function given, all else escaped."""
    if "[[" not in text:
        return renderers.text(text)
    pieces, end = [], 0
    for match in LINK.finditer(text):
        pieces.append(renderers.text(text[end : match.start()]))
        pieces.append(renderers.link(RecordLink(match[1].strip(), (match[2] or "").strip())))
        end = match.end()
    return "".join([*pieces, renderers.text(text[end:])])


def _blocks(text: str) -> Sequence[Token]:
    """Read a text as CommonMark."""
    tokens = _markdown().parse(text)
    for token in tokens:
        token.children = token.children and [*_joined(token.children)]
        token.map = None
    return tokens


def _paragraphs(text: str) -> Sequence[Token]:
    """Read a text of nothing but paragraphs as ``_blocks`` does, in a third of its time.

    Nearly all prose is that, with our brackets; nothing is returned where it may be more.
    """
    if not text.strip() or _MARKS.search(text) or "[" in _BRACKETS.sub("", text):
        return ()
    if any(line != line.strip() or _BEGINNING.match(line) for line in text.split("\n")):
        return ()
    tokens: list[Token] = []
    for paragraph in _BLANK_LINES.split(text.strip("\n")):
        children = [*_children(paragraph)]
        tokens += (
            Token("paragraph_open", "p", 1, block=True),
            Token("inline", "", 0, level=1, children=children, content=paragraph, block=True),
            Token("paragraph_close", "p", -1, block=True),
        )
    return tokens


def _children(paragraph: str) -> Iterator[Token]:
    end = 0
    for match in _BRACKETS.finditer(paragraph):
        yield from _texts(paragraph[end : match.start()], end)
        yield _bracket(match)
        end = match.end()
    yield from _texts(paragraph[end:], end)


def _texts(text: str, start: int) -> Iterator[Token]:
    """Yield what stands between brackets; an end of line right behind one is a token of its own."""
    if start and text.startswith("\n"):
        yield Token("softbreak", "br", 0)
        text = text[1:]
    if text:
        yield Token("text", "", 0, content=text)


def _bracket(match: re.Match[str]) -> Token:
    """Make the token of a link, or of a group of cites."""
    if not match[3]:
        link = RecordLink(match[1].strip(), (match[2] or "").strip())
        return Token("record_link", "", 0, meta={"link": link})
    cites, errors = [], []
    for piece in match[3].split(";"):
        try:
            cites.append(parse_cite(piece.strip().removeprefix("@")))
        except ValueError as error:
            errors.append((piece.strip(), str(error)))
    meta = {"cites": tuple(cites), "errors": tuple(errors)}
    return Token("cites", "", 0, content=match[0], meta=meta)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).disable(
        ["image", "reference", "html_block", "html_inline"]
    )
    markdown.inline.ruler.before("link", "our_brackets", _our_brackets)
    # Every address is let through here, so that the faulty ones are seen, named and refused by rule X702.
    markdown.validateLink = _let_through  # type: ignore[method-assign]
    markdown.add_render_rule("record_link", _render_record_link)
    markdown.add_render_rule("cites", _render_cites)
    markdown.add_render_rule("text", _render_text)
    markdown.add_render_rule("link_open", _render_link_open)
    markdown.add_render_rule("fence", _render_fence)
    markdown.add_render_rule("em_open", _render_open)
    for closing in ("link_close", "em_close"):
        markdown.add_render_rule(closing, _render_close)
    return markdown


def _let_through(url: str) -> bool:
    return True


def _our_brackets(state: StateInline, silent: bool) -> bool:
    match = _BRACKETS.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = _bracket(match)
        pushed = state.push(token.type, "", 0)
        pushed.content, pushed.meta = token.content, token.meta
    state.pos = match.end()
    return True


def _joined(children: Sequence[Token]) -> Iterator[Token]:
    """Join the lines of a paragraph to one text, so that a term is found across the end of a line."""
    text: Token | None = None
    for child in children:
        if child.type == "softbreak" and text:
            text.content += "\n"
        elif child.type == "text" and text:
            text.content += child.content
        else:
            text = child if child.type == "text" else None
            yield child


def _uncited(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the paragraphs without a cite; those of one list or quotation share theirs."""
    depth, group, cited = 0, "", False
    for token in tokens:
        depth += token.nesting
        if token.type == "inline":
            group = group or token.content
            cited = cited or any(child.type == "cites" for child in token.children or ())
        if depth == 0 and group:
            if not cited:
                yield group
            group, cited = "", False


def _faults(tokens: Sequence[Token]) -> Iterator[Finding]:
    for token in tokens:
        if token.type in _REFUSED:
            message = f"'{token.markup}' makes a heading, a rule or a code block; write paragraphs and lists only"
            yield Finding("X704", message, token.markup)
        for child in token.children or ():
            yield from _child_faults(child)


def _child_faults(child: Token) -> Iterator[Finding]:
    if child.type == "text":
        if _TAG_LIKE.search(child.content):
            yield from _html_faults(child.content)
        yield from _bracket_faults(child.content)
    elif child.type == "link_open":
        href = str(child.attrs.get("href", ""))
        if not _is_web(href):
            message = f"'{href}' is not a web address; link to http:// or https://, or to a record with [[its-id]]"
            yield Finding("X702", message, href)
    elif child.type == "cites":
        for piece, error in child.meta["errors"]:
            yield Finding("X307", f"'{piece}' is not a cite: {error}", piece)


def _html_faults(text: str) -> Iterator[Finding]:
    for match in HTML.finditer(text):
        tag = match.group()
        yield Finding(
            "X701",
            f"'{tag}' is HTML; write plain text, with *stress* and [links](https://…) only",
            tag,
        )


def _bracket_faults(text: str) -> Iterator[Finding]:
    match = BROKEN.search(text)
    if match:
        message = (
            f"'{match.group()}' without its other half; write [[record-id]], "
            "[[record-id|label]] or [@citation-id]"
        )
        yield Finding("X703", message, match.group())


def _is_web(href: str) -> bool:
    return href.startswith(("http://", "https://"))


Tokens = Sequence[Token]


def _render_record_link(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    return _renderers(env).link(tokens[index].meta["link"])


def _render_cites(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    return _renderers(env).cites(tokens[index].meta["cites"])


def _render_text(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    renderers = _renderers(env)
    inside = env.get("inside", 0) and renderers.label
    return (inside or renderers.text)(tokens[index].content)


def _render_open(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    env["inside"] = env.get("inside", 0) + 1
    return r.renderToken(tokens, index, options, env)


def _render_close(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    env["inside"] -= 1
    return r.renderToken(tokens, index, options, env)


def _render_link_open(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    opened = _render_open(r, tokens, index, options, env)
    return opened if _is_web(str(tokens[index].attrs.get("href", ""))) else "<a>"


def _render_fence(
    r: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: EnvType
) -> str:
    # The language that a fence names would become a class.
    return f"<pre><code>{escapeHtml(tokens[index].content)}</code></pre>\n"


def _renderers(env: EnvType) -> Renderers:
    renderers = env["renderers"]
    assert isinstance(renderers, Renderers)
    return renderers
