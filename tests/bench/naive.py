"""Check a corpus in the obvious way: PyYAML's safe_load, then jsonschema; no links."""

import json
import sys
from pathlib import Path

import yaml
from jsonschema.validators import validator_for

schemas, corpus = map(Path, sys.argv[1:])
for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
    schema = json.loads((schemas / f"{folder.name}.schema.json").read_text(encoding="utf-8"))
    validator = validator_for(schema)(schema)
    for file in sorted(folder.glob("*.yml")):
        record = yaml.safe_load(file.read_text(encoding="utf-8"))
        if errors := list(validator.iter_errors(record)):
            sys.exit(f"{file}: {errors[0].message}")
