"""The page of faults is what the marks on the tests say, and each fault's defence has a mutant."""

import re
from functools import cache

import pytest

from tests.mutants.mutant import read_tables
from tools.faults import PAGE, SECTIONS, Fault, page, read_faults

FAULTS = read_faults()


@cache
def red_tests() -> frozenset[str]:
    """Return the ids of the tests that some mutant turns red, without their parameters."""
    return frozenset(test.partition("[")[0] for each in read_tables() for test in each.tests)


def test_the_page_is_what_the_tests_say() -> None:
    assert PAGE.read_text() == page(FAULTS), "make faults"


def test_every_section_has_its_faults() -> None:
    assert {fault.number[0] for fault in FAULTS} == set(SECTIONS)


def test_a_fault_that_another_refers_to_is_there() -> None:
    named = {
        number
        for fault in FAULTS
        for number in re.findall(r"\(([A-Z]\d+[\d.]*)\)", fault.no_mutant)
    }

    assert named <= {fault.number for fault in FAULTS}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.number} {fault.fault}")
def test_a_mutant_takes_the_defence_away_or_the_fault_says_why_not(fault: Fault) -> None:
    assert fault.no_mutant or red_tests() & set(fault.tests), "no mutant and no reason"
