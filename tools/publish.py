"""Upload the built credits page to a deployed stack that serves it: `make deploy-page`.

What the document names goes up before the document, and files that older documents name stay, so
that whoever has the page open goes on. `/host.js` is the host's own module: it is replaced only
when one is given.
"""

import argparse
import time
import tomllib
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local.stack_layout import PROJECT

BUILT = PROJECT / "frontend" / "dist-check"
DOCUMENT, HOST = "index.html", "host.js"
_FOR_EVER = "public, max-age=31536000, immutable"
"""For names that change with what the file holds."""
_ASK_ALWAYS = "no-cache"


class Refused(Exception):
    """The page cannot be uploaded; the message says what is missing."""


def publish(built: Path, outputs: dict[str, str], host: Path | None) -> list[str]:
    """Upload *built*, and *host* if there is one; returns the keys in the order of upload.

    *outputs* are the stack's. Raises `Refused`, before anything changes, where the stack serves no
    page, nothing is built, or there would be no `/host.js`.
    """
    if "PageBucket" not in outputs:
        raise Refused("The stack serves no page: deploy it with Page=true first.")
    if not (built / DOCUMENT).is_file():
        raise Refused(f"{built} holds no page: build it first.")
    bucket, storage = outputs["PageBucket"], boto3.client("s3")
    if host is None and not _exists(storage, bucket, HOST):
        raise Refused("The page has no /host.js yet: give one with host=…, see docs/page.md.")
    sent = [_send(storage, bucket, key, path, _FOR_EVER) for key, path in _assets(built)]
    if host is not None:
        sent.append(_send(storage, bucket, HOST, host, _ASK_ALWAYS))
    sent.append(_send(storage, bucket, DOCUMENT, built / DOCUMENT, _ASK_ALWAYS))
    boto3.client("cloudfront").create_invalidation(
        DistributionId=outputs["PageDistribution"],
        InvalidationBatch={
            "Paths": {"Quantity": 2, "Items": [f"/{DOCUMENT}", f"/{HOST}"]},
            "CallerReference": str(time.time_ns()),
        },
    )
    return sent


def _assets(built: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((built / "assets").iterdir()):
        yield f"assets/{path.name}", path


def _send(storage: Any, bucket: str, key: str, path: Path, cache: str) -> str:
    kind = guess_type(path.name)[0] or "application/octet-stream"
    storage.put_object(
        Bucket=bucket, Key=key, Body=path.read_bytes(), ContentType=kind, CacheControl=cache
    )
    return key


def _exists(storage: Any, bucket: str, key: str) -> bool:
    try:
        storage.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"404", "NoSuchKey"}:
            raise
        return False
    return True


def outputs_of(stack: str, region: str | None) -> dict[str, str]:
    """The outputs of the deployed *stack*."""
    found = boto3.client("cloudformation", region_name=region).describe_stacks(StackName=stack)
    return {each["OutputKey"]: each["OutputValue"] for each in found["Stacks"][0]["Outputs"]}


def main() -> None:
    """Read the arguments, upload, and say where the page is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", default="dev", help="the part of samconfig.toml")
    parser.add_argument("--host", type=Path, help="the module that becomes /host.js")
    asked = parser.parse_args()
    settings = tomllib.loads((PROJECT / "samconfig.toml").read_text())[asked.config]["global"]
    outputs = outputs_of(settings["parameters"]["stack_name"], settings["parameters"].get("region"))
    try:
        sent = publish(BUILT, outputs, asked.host)
    except Refused as refusal:
        raise SystemExit(str(refusal)) from refusal
    print(f"{len(sent)} files. The page is at {outputs['PageUrl']}")


if __name__ == "__main__":
    main()
