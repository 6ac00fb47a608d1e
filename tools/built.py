"""Let what was built be deployed only for the processor that it was built for.

`sam build` and `sam deploy` read their parameters apart: a build for one processor deployed as if
for the other gives functions that cannot import. So the built template is left with the one
processor that its layer holds wheels for; CloudFormation refuses every other, asked for on the
command line, in a dialogue, or by a stack that was deployed for it before.
"""

import sys
from pathlib import Path
from typing import Any

from samcli.yamlhelper import (  # type: ignore[import-untyped]  # it has no type hints
    yaml_dump,
    yaml_parse,
)

from local.stack_layout import PROJECT

BUILT = PROJECT / ".aws-sam" / "build"
_MACHINES = {"aarch64": "arm64", "x86_64": "x86_64"}


def processor_of(layer: Path) -> str:
    """The processor that a built layer's compiled modules are for. Raises SystemExit."""
    found = {
        processor
        for module in layer.rglob("*.so")
        for machine, processor in _MACHINES.items()
        if machine in module.name
    }
    if len(found) != 1:
        raise SystemExit(f"{layer} holds modules for {sorted(found) or 'no processor'}: build anew")
    return found.pop()


def restrict(template: Path, processor: str) -> None:
    """Let the template at *template* be deployed for *processor* only."""
    document: dict[str, Any] = yaml_parse(template.read_text())
    document["Parameters"]["Architecture"] |= {
        "Default": processor,
        "AllowedValues": [processor],
    }
    template.write_text(yaml_dump(document))


def main(built: Path = BUILT) -> int:
    """Restrict what `sam build` left in its usual place."""
    restrict(built / "template.yaml", processor_of(built / "PrepaidLayer"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
