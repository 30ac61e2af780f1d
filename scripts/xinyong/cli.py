"""The commands."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars

from xinyong import corpus as corpora
from xinyong import problems
from xinyong.rules.all import judge, today

if TYPE_CHECKING:
    from xinyong.site.building import Progress

CORPUS = click.option(
    "--corpus", "root", type=click.Path(path_type=Path), default=Path("corpus"), help="The folder of the corpus."
)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("mkdocs.yml"),
    help="The configuration of the site's engine.",
)
SITE = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xinyong")
def main() -> None:
    """Check, explain, build and preview the corpus on China's credit systems."""
    gc.disable()  # a command ends before garbage matters, and what is loaded stays in use


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CORPUS
def check(paths: tuple[Path, ...], root: Path) -> None:
    """Check the corpus; with PATHS, show the problems of these files and folders only.

    Exit status: 0 sound, 1 problems, 2 wrong use. Warnings alone are sound.
    """
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder '{path}'")
    corpus, found = corpora.load(root)
    found += judge(corpus, today())
    if paths:
        wanted = [path.resolve() for path in paths]
        found = [p for p in found if any(Path(p.file).resolve().is_relative_to(path) for path in wanted)]
    _say(found)
    click.echo(f"{len(corpus.entries):,} records: {problems.count(found)}")
    sys.exit(int(any(problem.severity == "error" for problem in found)))


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem's CODE means, why the rule exists, and show it wrong and right."""
    code = code.upper()
    if code not in problems.CODES:
        raise click.UsageError(f"there is no code '{code}'{problems.nearest(code, problems.CODES)}")
    click.echo(problems.explanation_text(problems.explain(code)), nl=False)


@main.command()
@CORPUS
@CONFIG
@click.option("--out", type=SITE, default=Path("site"), help="The folder that the site is built into.")
def site(root: Path, config: Path, out: Path) -> None:
    """Check the corpus and build the site; an old site is replaced only when all is right."""
    from xinyong.site import building

    progress = _Stages()
    try:
        warnings = building.build(config, root, out, today(), progress.told())
    except building.UnsoundError as unsound:
        progress.close()
        _say(unsound.problems)
        click.echo(f"not built: {problems.count(unsound.problems)}; {out} is as it was")
        sys.exit(1)
    progress.close()
    _say(warnings)
    pages = sum(1 for _ in out.rglob("index.html"))
    click.echo(f"built {out}: {pages:,} pages, {problems.count(warnings)}")


@main.command()
@CONFIG
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="The address to serve at.")
def serve(config: Path, address: str) -> None:
    """Serve a live preview; it builds again when a page or a record changes."""
    from mkdocs.commands.serve import serve as serve_engine

    gc.enable()
    serve_engine(str(config), dev_addr=address)


@main.command()
@CONFIG
@click.argument("folder", type=SITE, default=Path("site"))
def links(config: Path, folder: Path) -> None:
    """Check the links of the built site in FOLDER."""
    from xinyong.site import building
    from xinyong.site import links as checker

    if not (folder / "index.html").is_file():
        raise click.UsageError(f"there is no built site in '{folder}'; build it with 'xinyong site'")
    found = checker.check(folder, building.address(building.engine_config(config, folder)))
    _say(found)
    click.echo(f"links of {folder}: {problems.count(found)}")
    sys.exit(int(bool(found)))


@main.command()
@CORPUS
@click.option("--sample", type=click.IntRange(1), help="Instead, draw so many facts to hold against their sources.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which facts are drawn.")
def stats(root: Path, sample: int | None, seed: int) -> None:
    """Count what the corpus holds, and say how well it stands."""
    from xinyong.pages import stats as figures

    corpus = _sound(root)
    lines = figures.sample(corpus, sample, seed) if sample else figures.as_lines(figures.stats(corpus))
    click.echo("\n".join(lines))


@main.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(["bibtex"]))
@CORPUS
def export(name: str, root: Path) -> None:
    """Print the corpus in another FORMAT: its sources as BibTeX."""
    from xinyong.exports.bibtex import bibtex

    click.echo({"bibtex": bibtex}[name](_sound(root)), nl=False)


def _sound(root: Path) -> corpora.Corpus:
    corpus, found = corpora.load(root)
    found += judge(corpus, today())
    if any(problem.severity == "error" for problem in found):
        _say(found)
        sys.exit(1)
    return corpus


def _say(found: list[problems.Problem]) -> None:
    text = corpora.report(found)
    if text:
        click.echo(text)


class _Stages:
    """Shows the stages of a build with their times: a bar on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._name = ""
        self._began = time.perf_counter()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars = Bars(*columns, console=self._console, transient=True)
        self._task = self._bars.add_task("pour", total=None, visible=False)

    def told(self) -> Progress:
        from xinyong.site.building import Progress

        return Progress(self._stage, self._step)

    def close(self) -> None:
        self._stage("")

    def _stage(self, name: str) -> None:
        if self._bars.live.is_started:
            self._bars.stop()
        if self._name:
            click.echo(f"{self._name:<8} {time.perf_counter() - self._began:6.2f} s")
        self._name, self._began = name, time.perf_counter()

    def _step(self, done: int, total: int) -> None:
        if not self._console.is_terminal:
            return
        if done == 1:
            self._bars.start()
        self._bars.update(self._task, completed=done, total=total, visible=True, refresh=done % 50 == 0)
