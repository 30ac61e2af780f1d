"""Types of TypeScript made from the description of the API fit every record, and a client reads them."""

# /// script
# dependencies = []
# ///

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PACKAGES = ["openapi-typescript@7", "openapi-fetch@0", "typescript@5", "@types/node@20"]

CLIENT = """\
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

const api = createClient<paths>({ baseUrl: process.argv[2] });
const read: string[] = [];
%s
console.log(JSON.stringify(read));
"""
CALL = """\
{
  const { data } = await api.GET("%s", { params: { path: { id: "%s" } } });
  if (data && "record" in data) read.push(data.kind satisfies "%s", data.record.%s);
}
"""


@pytest.fixture(scope="module")
def made(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the types that the maker of types makes."""
    if not shutil.which("npm"):
        pytest.skip("there is no npm")
    folder = tmp_path_factory.mktemp("made")
    (folder / "package.json").write_text('{"type": "module"}')
    _run(folder, "npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES)
    described = site / "api" / "v1" / "openapi.json"
    _run(folder, "npx", "openapi-typescript", str(described), "--output", "api.d.ts")
    return folder


def test_a_client_reads_a_record_of_each_kind(
    site: Path, address: str, made: Path, tried: Callable[..., None]
) -> None:
    calls, wanted = [], []
    for path, item in _read(site / "api/v1/openapi.json")["paths"].items():
        if "{id}" in path:
            kind, id_ = path.split("/")[1], item["parameters"][0]["example"]
            field = "title" if kind == "citations" else "summary"
            calls.append(CALL % (path, id_, kind, field))
            wanted += [kind, _read(site / "api/v1" / kind / f"{id_}.json")["record"][field]]
    (made / "client.ts").write_text(CLIENT % "".join(calls))

    _compile(made, "client.ts")
    read = json.loads(_run(made, "node", "client.js", f"{address}api/v1"))

    right = sum(one == other for one, other in zip(read, wanted, strict=True)) // 2
    tried(
        "openapi-fetch", _version(made, "openapi-fetch"), "kinds", right=right, offered=len(calls)
    )


def test_every_record_fits_its_type(site: Path, made: Path, tried: Callable[..., None]) -> None:
    described = _read(site / "api/v1/openapi.json")["components"]["schemas"]
    names = {
        schema["properties"]["kind"]["const"]: name
        for name, schema in described.items()
        if name.endswith("Document")
    }
    offered = 0
    for kind, name in names.items():
        found = [_read(path) for path in sorted((site / "api/v1" / kind).glob("*.json"))]
        records = [record for record in found if "record" in record]
        offered += len(records)
        lines = ['import type { components } from "./api.js";']
        for number, record in enumerate(records):  # one by one: tsc gives up on a list of thousands
            text = json.dumps(record, ensure_ascii=False)
            lines.append(f"export const r{number}: components['schemas']['{name}'] = {text};")
        (made / f"{kind}.ts").write_text("\n".join(lines), encoding="utf-8")

    _compile(made, *(f"{kind}.ts" for kind in names))

    client = "openapi-typescript"
    tried(client, _version(made, client), "records", right=offered, offered=offered)


def _compile(folder: Path, *files: str) -> None:
    options = ["--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"]
    _run(folder, "npx", "tsc", *options, *files)


def _run(folder: Path, *command: str) -> str:
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, (ran.stdout + ran.stderr)[-4000:]
    return ran.stdout


def _version(folder: Path, package: str) -> str:
    return str(_read(folder / "node_modules" / package / "package.json")["version"])


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
