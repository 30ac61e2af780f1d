"""What a record says commands nothing: neither GitHub's runner, that reads each line, nor the
summary of a job.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from support import Lay, run
from xinyong.problems import Problem, as_text, without_commands
from xinyong.problems.formats import as_github

HOSTILE = (
    "::add-mask::x",
    "\u3000::error::x",
    "##[add-mask]x",
    "~~~~",
    "```",
    "\n::x",
    "\r::x",
    " ",
    "#",
    ":",
    "\u2028::x",
)
texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=6).map("".join)
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)


@given(texts, texts, texts)
@example("::x", "", "##[x")
def test_no_line_of_a_problem_is_a_command(file: str, message: str, line: str) -> None:
    problem = Problem("X101", message, file, line=1, column=3)
    text = as_text(problem, line)
    command = as_github(problem)

    assert not COMMAND.search(text)
    assert command.startswith("::error ")
    assert len(re.split(r"[\r\n]", command)) == 1
    assert "##[" not in command
    assert command.removeprefix("::error ").partition("::")[0].count(",") <= 3
    fenced = MarkdownIt("commonmark").parse(
        f"~~~~text\n{as_text(Problem('X101', message, 'a.yml'), line)}\n~~~~\n\nend\n"
    )
    assert [token.type for token in fenced] == [
        "fence",
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


@given(texts)
def test_a_text_without_commands_keeps_all_that_it_says(text: str) -> None:
    kept = without_commands(text)

    assert not re.search(r"^[^\S\n]*::|##\[", kept, re.MULTILINE)
    assert kept.replace("\\", "") == text.replace("\\", "")


@pytest.mark.parametrize(
    "line", ["::add-mask::x [[nope]]", "##[add-mask]x [[nope]]", "~~~~ [[nope]]"]
)
@pytest.mark.parametrize("form", ["text", "github"])
def test_check_speaks_no_commands_of_a_record(line: str, form: str, lay: Lay) -> None:
    lay({"corpus/terms/x.yml": f"name: {{en: x}}\nsummary: |\n  {line}\n"})

    message = run("check", "--format", form).output

    foreign = [
        text for text in message.splitlines() if not re.match("::(?:error|warning) file=", text)
    ]
    assert "x.yml" in message
    assert not COMMAND.search("\n".join(foreign))
    assert "##[" not in message
