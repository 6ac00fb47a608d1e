"""The built page goes up so that nobody meets a document whose files are not there yet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tools.publish import Refused, publish


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index-1.js").write_text("1")
    (tmp_path / "assets" / "index-1.css").write_text("1")
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text("{}")
    (tmp_path / "index.html").write_text("<!doctype html>")
    return tmp_path


@pytest.fixture
def host(tmp_path: Path) -> Path:
    path = tmp_path / "mine.js"
    path.write_text("export const getToken = () => 'token';")
    return path


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        client: Any = boto3.client("s3")
        client.create_bucket(Bucket="page")
        yield client


@pytest.fixture
def outputs(storage: Any) -> dict[str, str]:
    """What a stack that serves the page says of itself; its bucket is the one of *storage*."""
    [bucket] = storage.list_buckets()["Buckets"]
    cloudfront: Any = boto3.client("cloudfront")
    made = cloudfront.create_distribution(
        DistributionConfig={
            "CallerReference": "page",
            "Comment": "",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "page",
                        "DomainName": "page.s3.us-east-1.amazonaws.com",
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
            },
            "DefaultCacheBehavior": {
                "TargetOriginId": "page",
                "ViewerProtocolPolicy": "https-only",
            },
        }
    )
    return {"PageBucket": bucket["Name"], "PageDistribution": made["Distribution"]["Id"]}


def keys(storage: Any) -> set[str]:
    return {each["Key"] for each in storage.list_objects_v2(Bucket="page").get("Contents", [])}


@pytest.mark.fault(
    "U1",
    "Somebody opens the page while a new one is uploaded",
    "Its document goes up last, and files of older documents stay",
)
def test_the_document_goes_up_after_all_that_it_names(
    storage: Any, outputs: dict[str, str], built: Path, host: Path
) -> None:
    storage.put_object(Bucket="page", Key="assets/index-0.js", Body=b"0")

    sent = publish(built, outputs, host)

    found = boto3.client("cloudfront").list_invalidations(
        DistributionId=outputs["PageDistribution"]
    )
    assert found["InvalidationList"]["Quantity"] == 1
    assert sent == ["assets/index-1.css", "assets/index-1.js", "host.js", "index.html"]
    assert keys(storage) == {*sent, "assets/index-0.js"}
    script = storage.get_object(Bucket="page", Key="assets/index-1.js")
    assert script["ContentType"] == "text/javascript"
    assert "immutable" in script["CacheControl"]
    for name in ("index.html", "host.js"):
        assert storage.get_object(Bucket="page", Key=name)["CacheControl"] == "no-cache"


def test_the_hosts_module_stays_until_another_is_given(
    storage: Any, outputs: dict[str, str], built: Path, host: Path
) -> None:
    publish(built, outputs, host)

    sent = publish(built, outputs, None)

    assert "host.js" not in sent
    assert storage.get_object(Bucket="page", Key="host.js")["Body"].read() == host.read_bytes()


@pytest.mark.parametrize(
    ("missing", "said"),
    [("stack", "Page=true"), ("build", "build it first"), ("host", "docs/page.md")],
)
def test_what_is_missing_is_said_before_anything_changes(
    storage: Any, outputs: dict[str, str], built: Path, missing: str, said: str
) -> None:
    if missing == "build":
        (built / "index.html").unlink()

    with pytest.raises(Refused, match=said):
        publish(built, {} if missing == "stack" else outputs, None)

    assert keys(storage) == set()
