"""How the code reads, where a machine can tell."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from prepaid.domain.errors import Contended, PrepaidError, Refusal

from tests.support.for_each import ROOT, for_each, named

MODULE_LINES = 300
FUNCTION_LINES = 40
HANDLER_LINES = 60
SHIPPED = ("layers/prepaid/prepaid", "functions", "local", "tools", "benchmarks")
IGNORE = re.compile(r"#\s*(?:ruff:\s*)?(?:noqa|type:\s*ignore|pragma)\b.*")
EXPLAINED = re.compile(
    r"#\s*(?:noqa:\s*[A-Z0-9, ]+\s+-\s+\S.{4,}"
    r"|type:\s*ignore\[[a-z0-9, -]+\]\s+#\s+\S.{4,}"
    r"|pragma:\s*no (?:cover|branch)\s+-\s+\w{2})"
)
AVOIDED = re.compile(
    r"\b(?:todo|fixme|xxx|hack"
    r"|(?:un|re)?charged?|charges|charging|debited|debiting|to (?:credit|debit) (?:an|the)\b)",
    re.IGNORECASE,
)
STRIPES = ("stripe", "payments", "reconcil", "refund")
"""Where *charge* is Stripe's own word."""
BANNER = re.compile(r"#\s*[-=*#~]{4,}")
OTHER_MACHINES = re.compile(r"(?:\.\./shared|/work/|/home/|/Users/|/root/|C:\\)")


def modules(*folders: str) -> list[Path]:
    """Return every Python module below *folders*, but what a build leaves."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if not {".aws-sam", ".local"} & set(path.parts))


SOURCES = modules(*SHIPPED)
ALL = modules(*SHIPPED, "tests")
each_source = for_each(SOURCES)
each_module = for_each(ALL)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines from its `def` on, its docstring left out."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        assert docstring.end_lineno is not None
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines


@cache
def comments(path: Path) -> Sequence[tuple[int, str]]:
    tokens = tokenize.tokenize(io.BytesIO(path.read_bytes()).readline)
    return [(each.start[0], each.string) for each in tokens if each.type == tokenize.COMMENT]


@each_source
def test_a_module_is_at_most_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@each_source
def test_a_function_is_at_most_forty_lines(path: Path) -> None:
    tree = tree_of(path)

    long = {each.name: lines_of(each) for each in functions(tree)}

    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


def test_a_handler_is_at_most_sixty_lines() -> None:
    handlers = sorted((ROOT / "functions").glob("*/app.py"))

    lines = {named(each): len(each.read_text(encoding="utf-8").splitlines()) for each in handlers}

    assert handlers
    assert {name: count for name, count in lines.items() if count > HANDLER_LINES} == {}


@each_source
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    tree = tree_of(path)

    opening = (ast.get_docstring(tree) or "").partition("\n\n")[0]

    assert not tree.body or opening.endswith(".")


def test_one_place_commits_what_is_decided() -> None:
    """Whatever writes an account goes through `Ledger.attempt`, which knows whom to wait for."""
    committing = [
        named(path)
        for path in sorted((ROOT / "layers/prepaid").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]

    assert committing == ["layers/prepaid/prepaid/ledger/posting.py"]


@for_each(modules("layers/prepaid/prepaid/domain"))
def test_a_rule_takes_further_arguments_only_by_names_and_types(path: Path) -> None:
    """Or a misspelt field of an entry is found by the request that needs it, not by mypy."""
    open_ones = [
        (each.name, ast.unparse(each.args.kwarg.annotation or ast.Constant("untyped")))
        for each in functions(tree_of(path))
        if each.args.kwarg
    ]

    assert [each for each in open_ones if not each[1].startswith("Unpack[")] == []


def test_only_what_others_sent_is_validated() -> None:
    """Our own answers are built of what the domain has checked already."""
    validating = {
        named(path)
        for path in modules("layers/prepaid/prepaid")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr.startswith("model_validate")
    }

    assert validating == {
        "layers/prepaid/prepaid/metering/web/usage.py",
        "layers/prepaid/prepaid/payments/stripe/events.py",
        "layers/prepaid/prepaid/payments/stripe/processor.py",
        "layers/prepaid/prepaid/web/parsing.py",
    }


@each_module
def test_every_ignore_has_its_reason(path: Path) -> None:
    found = [(line, text) for line, text in comments(path) if IGNORE.search(text)]

    assert [each for each in found if not EXPLAINED.search(each[1])] == []


@each_module
def test_no_comment_is_a_banner(path: Path) -> None:
    assert [each for each in comments(path) if BANNER.match(each[1])] == []


@each_source
def test_no_path_leads_out_of_the_project(path: Path) -> None:
    """A path of somebody's machine works on that machine only."""
    tree = tree_of(path)
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [each for each in texts if OTHER_MACHINES.search(each)] == []


@each_source
def test_each_word_has_one_meaning(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if any(part in named(path) for part in STRIPES):
        text = re.sub(r"(?i)charge", "", text)

    assert [each.group() for each in AVOIDED.finditer(text)] == []


def leaves(of: type[PrepaidError]) -> Iterator[type[PrepaidError]]:
    """Go through the classes of the tree that nothing inherits from."""
    below = [each for each in of.__subclasses__() if each.__module__.startswith("prepaid.")]
    if not below:
        yield of
    for each in below:
        yield from leaves(each)


def test_every_refusal_has_a_code_and_a_sentence_of_what_it_means() -> None:
    refusals = list(leaves(PrepaidError))

    assert {Contended} < set(refusals)
    assert Refusal not in refusals
    for each in refusals:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", each.code), each
        assert each.__doc__, each


def test_no_two_refusals_of_different_kinds_share_a_code() -> None:
    codes: dict[str, type[PrepaidError]] = {}

    for each in leaves(Refusal):
        other = codes.setdefault(each.code, each)
        assert other is each, f"{other.__name__} and {each.__name__} both say {each.code}"
