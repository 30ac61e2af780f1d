"""Build the site of the project in this folder; write the CPU seconds of each stage to ``stages.json``."""

import gc
import json
import time
from pathlib import Path

gc.disable()  # as the commands do
spent = {"imports": time.process_time()}
name, began = "imports", 0.0


def stage(next_name: str) -> None:
    """Close the stage under way, and begin the next one."""
    global name, began
    now = time.process_time()
    spent[name] = now - began
    name, began = next_name, now


from xinyong.rules.all import today  # noqa: E402 - what importing costs is measured too
from xinyong.site.build import Progress, build  # noqa: E402

build(Path("mkdocs.yml"), Path("corpus"), Path("site"), today(), Progress(stage=stage))
stage("")
Path("stages.json").write_text(json.dumps(spent), encoding="utf-8")
