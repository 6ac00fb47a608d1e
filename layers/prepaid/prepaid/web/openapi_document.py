"""The OpenAPI document as it was committed and is served."""

from pathlib import Path

DOCUMENT = Path(__file__).with_name("openapi.json")


def openapi_text() -> str:
    """Return the document as JSON text."""
    return DOCUMENT.read_text(encoding="utf-8")
