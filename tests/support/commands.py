"""The commands that the documents print, as somebody would type them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/metering.md", "docs/alerts.md", "docs/tokens.md", "docs/retries.md")
NEEDS_AWS_OR_STRIPE = re.compile(r"aws |stripe |export STRIPE_|make deploy|make run$")
"""`make run` is here for its second place, where a key of Stripe's is set."""
STARTS_AND_STOPS = re.compile(r"make (?:run|up|down|reset|sam-local)\b")
DEVELOPS = re.compile(r"make (?:test|check|chaos|mutants|bench|imports)\b")


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page, with its continuation lines."""

    page: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}: {self.text.splitlines()[0]}"

    @property
    def runs(self) -> bool:
        """Whether it is to be run on a stack that is up."""
        kept_out = (NEEDS_AWS_OR_STRIPE, STARTS_AND_STOPS, DEVELOPS)
        return not any(each.match(self.text) for each in kept_out)


def commands() -> list[Command]:
    """Return every command in the blocks of the pages, in order."""
    return [each for page in PAGES for each in _in_page(page)]


def _in_page(page: str) -> Iterator[Command]:
    text = (ROOT / page).read_text()
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        whole = re.sub(r"\\\n", "\\\\\0", block)
        for line in filter(None, map(str.strip, whole.split("\n"))):
            yield Command(page, line.replace("\\\0", "\\\n"))


def make_commands() -> set[str]:
    """Return what the README's text and tables call `make …`, without placeholders."""
    found = re.findall(r"`make ([^`]+)`", (ROOT / "README.md").read_text())
    return {each for each in found if "…" not in each}
