"""Build the site of the project in this folder anew; write the CPU seconds of each stage."""

import gc
import json
import os
from pathlib import Path

gc.disable()  # as the commands do


def spent() -> float:
    """Return the CPU seconds of this process and of those that it has waited for."""
    return sum(os.times()[:4])


stages: dict[str, float] = {}
name, began = "imports", 0.0


def stage(next_name: str) -> None:
    """Close the stage under way, and begin the next one."""
    global name, began
    stages[name] = stages.get(name, 0) + spent() - began
    name, began = next_name, spent()


from xinyong.rules.all import today  # noqa: E402 - what importing costs is measured too
from xinyong.site.build import Progress, build  # noqa: E402

build(Path("mkdocs.yml"), Path("corpus"), Path("stages"), today(), Progress(stage=stage))
stage("")
Path("stages.json").write_text(json.dumps(stages), encoding="utf-8")
