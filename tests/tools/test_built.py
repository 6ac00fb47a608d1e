"""What was built for one processor is deployed for no other."""

import re
import tomllib
from pathlib import Path

import pytest

from local.template import read_template
from tools.built import main

PARAMETERS = ("Architecture=", "LogRetentionDays=")


def build(directory: Path, *modules: str) -> Path:
    """Put what `sam build` leaves into *directory*: the template, and a layer with *modules*."""
    (directory / "template.yaml").write_text(Path("template.yaml").read_text())
    (directory / "PrepaidLayer" / "python").mkdir(parents=True)
    for module in modules:
        (directory / "PrepaidLayer" / "python" / module).touch()
    return directory


@pytest.mark.fault(
    "H51",
    "What was built for one processor is deployed for the other",
    "CloudFormation refuses: the built template knows one processor",
)
@pytest.mark.parametrize(("machine", "processor"), [("aarch64", "arm64"), ("x86_64", "x86_64")])
def test_a_built_template_accepts_only_the_processor_of_its_wheels(
    tmp_path: Path, machine: str, processor: str
) -> None:
    built = build(tmp_path, f"_core.cpython-313-{machine}-linux-gnu.so", "pure.py")
    before = read_template(built / "template.yaml")

    assert main(built) == 0

    after = read_template(built / "template.yaml")
    parameter = after["Parameters"]["Architecture"]
    assert (parameter["AllowedValues"], parameter["Default"]) == ([processor], processor)
    for template in (before, after):
        del template["Parameters"]["Architecture"]
    assert after == before


@pytest.mark.parametrize(
    "modules",
    [(), ("a.cpython-313-x86_64-linux-gnu.so", "b.cpython-313-aarch64-linux-gnu.so")],
)
def test_a_layer_for_no_processor_or_for_two_is_not_deployed(
    tmp_path: Path, modules: tuple[str, ...]
) -> None:
    built = build(tmp_path, *modules)

    with pytest.raises(SystemExit, match="build anew"):
        main(built)


@pytest.mark.fault("H51")
def test_a_deploy_reads_the_parameters_of_its_build() -> None:
    config = tomllib.loads(Path("samconfig.toml").read_text())

    for name in ("dev", "prod"):
        shared = config[name]["global"]["parameters"]["parameter_overrides"]
        assert all(each in shared for each in PARAMETERS)
        for command in ("build", "deploy"):
            assert "parameter_overrides" not in config[name][command]["parameters"], name


def test_the_guard_runs_between_a_build_and_its_deploy() -> None:
    recipe = re.search(r"^deploy:.*\n((?:\t.*\n)+)", Path("Makefile").read_text(), re.MULTILINE)

    assert recipe is not None
    order = [line.split()[:3] for line in recipe[1].splitlines()]
    assert [words[:2] for words in order] == [
        ["sam", "build"],
        ["$(PYTHON)", "-m"],
        ["sam", "deploy"],
    ]
    assert order[1][2] == "tools.built"
