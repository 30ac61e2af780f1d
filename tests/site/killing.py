"""Kill a run at every step that it takes on the disk while it puts a small site in its place.

Called by test_place.py as a program: ``python killing.py WAY FOLDER``. WAY is how names are
exchanged: ``exchange``, ``renames`` where the system cannot, ``pieces`` where the folder's own name
cannot be taken, ``copies`` where it lies on another file system too. After each kill the next run,
or a repair, must find the old site or the new one, and leave nothing over. Prints the steps.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from xinyong.site import place, workshop

ROOT = Path(sys.argv[2])
SITE = ROOT / "site"
OLD, NEW = "old", "new"


def build(text: str) -> None:
    """Build a site in which every file has this text, some of them files that no other has."""
    with workshop.opened(SITE, print) as work:
        for name in ("index.html", "a/index.html", f"{text}.html", f"{text}/index.html"):
            (work.folder / name).parent.mkdir(exist_ok=True)
            (work.folder / name).write_text(text, encoding="utf-8")
        place.mark(work.folder)
        work.put()


def texts() -> set[str]:
    """Return what the files of the site say, with the names that only one of the sites has."""
    files = [path for path in SITE.rglob("*") if path.is_file() and path.name != place.MARK]
    own = [path for path in files if path.name != "index.html"]
    assert len(files) == 4, files
    return {path.read_text(encoding="utf-8") for path in files} | {path.stem for path in own}


def refuse(number: int) -> Callable[..., None]:
    def refusing(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refusing


def choose(way: str) -> None:
    """Let the system fail in the way that is tried."""
    if way != "exchange":
        number = errno.ENOTSUP if way == "renames" else errno.EBUSY
        workshop.exchange = refuse(number)  # type: ignore[assignment]
    if way == "copies":
        rename = Path.rename

        def within(self: Path, target: Path) -> Path:
            if (SITE in self.parents) != (SITE in Path(target).parents):
                refuse(errno.EXDEV)()
            return rename(self, target)

        Path.rename = within  # type: ignore[method-assign,assignment]


def run(work: Callable[[], None], at: int) -> bool:
    """Run something in a process that is killed at its step ``at``; say whether it came to that."""
    child = os.fork()
    if not child:
        steps = 0

        def hear(event: str, _: object) -> None:
            nonlocal steps
            if event == "open" or event.startswith(("os.", "shutil.")):
                steps += 1
                if steps == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hear)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status != 0


def main() -> None:
    choose(sys.argv[1])
    at, going = 1, True
    while going:
        next_run = (lambda: workshop.repair(SITE)) if at % 2 else (lambda: build(NEW))
        shutil.rmtree(ROOT)
        ROOT.mkdir()
        build(OLD)
        going = run(lambda: build(NEW), at)
        if sys.argv[1] == "exchange":
            assert texts() in ({OLD}, {NEW}), f"mixed at step {at}"
        run(next_run, at // 2)  # the next run may be killed as well
        next_run()
        assert texts() in ({OLD}, {NEW}), f"mixed after step {at}"
        assert [path.name for path in ROOT.iterdir()] == ["site"], f"left over at step {at}"
        at += 1
    assert texts() == {NEW}
    sys.stdout.write(f"{at}\n")


main()
