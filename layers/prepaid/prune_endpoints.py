"""Leaves in botocore's list of endpoints only the services that are still described beside it.

`python prune_endpoints.py DATA`, where DATA is botocore's folder of that name. Every client reads
the whole list, 1.2 MB of JSON, when it is made.
"""

import gzip
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

type Endpoints = dict[str, Any]  # botocore's endpoints.json


def prefixes(data: Path) -> set[str]:
    """Return the names under which the services described in *data* stand in the list."""
    described = data.glob("*/*/service-2.json.gz")
    return {
        json.loads(gzip.decompress(path.read_bytes()))["metadata"]["endpointPrefix"]
        for path in described
    }


def pruned(endpoints: Endpoints, wanted: Collection[str]) -> Endpoints:
    """Return *endpoints* with every partition, and of its services only those *kept*."""
    partitions = [
        {
            **partition,
            "services": {
                name: service for name, service in partition["services"].items() if name in wanted
            },
        }
        for partition in endpoints["partitions"]
    ]
    return {**endpoints, "partitions": partitions}


def main() -> None:
    """Rewrite the list in place."""
    data = Path(sys.argv[1])
    path = data / "endpoints.json"
    endpoints = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(pruned(endpoints, prefixes(data))), encoding="utf-8")


if __name__ == "__main__":
    main()
