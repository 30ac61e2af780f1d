"""The pages of the problems' codes: what each means, why, what to do, wrong and right; and the list of all."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from xinyong.markup import first_sentences, text
from xinyong.pages.environment import macro, templates
from xinyong.pages.page import Page, heading
from xinyong.pages.view import View
from xinyong.problems import CODES, Problem, explain, visible
from xinyong.problems.formats import page_of
from xinyong.publication import Library
from xinyong.words import PROBLEMS

FOLDER = "problems"
"""The folder of these pages; its shell stands in docs like those of the kinds."""

SOURCE = "scripts/xinyong/problems/problems.yml"
"""The file that one edits to change what these pages say."""


def render_codes(library: Library) -> Iterator[Page]:
    """Render the page of every code."""
    template = templates().get_template("problem.html.j2")
    for code, title in CODES.items():
        explanation = explain(code)
        sections = [(key, PROBLEMS[key]) for key in ("why", "fix", "wrong", "right")]
        heads = {key: heading(2, key, text(shown)) for key, shown in sections}
        body = template.render(
            title=heading(1, code, text(f"{code}: {title}")),
            severity=PROBLEMS[Problem(code, "", "").severity],
            explanation=explanation,
            heads=heads,
            problems=PROBLEMS,
            shown=shown,
        )
        about = first_sentences(explanation.meaning)
        yield Page(page_of(code), f"{code}: {title}", about, body, tuple(sections), SOURCE)


def shown(content: str) -> str:
    """Show the text of an example with pictures of what cannot be seen."""
    return visible(content, keep="\n")


def codes(view: View) -> Markup:
    """List all codes by what they are about, each leading to its page."""
    groups = [
        (heading(2, group, text(PROBLEMS[group])), list(_rows(view, group)))
        for group in dict.fromkeys(code[:2] for code in CODES)
    ]
    return macro("_problems.html.j2", "codes")(groups)


def _rows(view: View, group: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield address, code, meaning and severity of the codes of a group."""
    for code, title in CODES.items():
        if code.startswith(group):
            severity = PROBLEMS[Problem(code, "", "").severity]
            yield f"{view.root}{page_of(code)}", code, title, severity
