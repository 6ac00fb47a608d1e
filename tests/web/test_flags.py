"""A flag that a request leaves out is off, and what one may opt out of is on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prepaid.web.models import Flag, OptOut, WireIn
from pydantic.fields import FieldInfo

from tools.openapi.document import read_template, routes_in

ROUTES = routes_in(read_template(Path("template.yaml")))
"""Reading them imports every module that declares what a request may say."""


def fields(kind: type[WireIn] = WireIn) -> Iterator[tuple[str, FieldInfo]]:
    """Go through every field that is declared anywhere, under its name in the package."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("prepaid."):
            place = f"{each.__module__.removeprefix('prepaid.')}.{each.__name__}"
            yield from ((f"{place}.{name}", field) for name, field in each.model_fields.items())
            yield from fields(each)


def declared(kind: Any) -> dict[str, FieldInfo]:
    """Return the fields of one kind."""
    like = FieldInfo.from_annotation(kind).metadata
    return {name: field for name, field in fields() if field.metadata[: len(like)] == like}


FLAGS, OPT_OUTS = declared(Flag), declared(OptOut)


@pytest.mark.parametrize("name", FLAGS)
def test_a_flag_that_is_left_out_is_off(name: str) -> None:
    assert FLAGS[name].default is False


@pytest.mark.parametrize("name", OPT_OUTS)
def test_what_nobody_opted_out_of_is_on(name: str) -> None:
    assert OPT_OUTS[name].default is True


def test_the_flags_are_found() -> None:
    assert "accounts.web.prices.UnitPriceIn.counted" in FLAGS
    assert "accounts.web.contacts.ChannelsIn.bus" in OPT_OUTS
    assert FLAGS.keys().isdisjoint(OPT_OUTS)
