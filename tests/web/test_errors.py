import json

from prepaid.domain.credits import Credits
from prepaid.domain.errors import InsufficientCredits, PrepaidError, RateLimited, Unavailable
from prepaid.web.errors import INTERNAL, PROBLEMS, problem_of

from tools.openapi.shared import every_error

OURS = [error for error in every_error() if error.__module__.startswith("prepaid.")]


def leaves(branch: type[PrepaidError]) -> list[type[PrepaidError]]:
    below = [each for each in branch.__subclasses__() if each.__module__.startswith("prepaid.")]
    return [leaf for each in below for leaf in leaves(each)] or [branch]


def test_every_error_that_can_be_raised_has_a_status() -> None:
    codes = {leaf.code for leaf in leaves(PrepaidError)}

    assert codes <= PROBLEMS.keys()


def test_every_status_belongs_to_an_error() -> None:
    codes = {error.code for error in OURS}

    assert PROBLEMS.keys() - {INTERNAL} == codes


def test_a_code_belongs_to_one_error_and_what_refines_it() -> None:
    for error in OURS:
        others = [each for each in OURS if each.code == error.code and each is not error]
        assert all(issubclass(each, error) or issubclass(error, each) for each in others)


def test_a_problem_says_what_rfc_9457_asks_for_and_what_the_error_adds() -> None:
    error = InsufficientCredits(required=Credits(260), available=Credits(100))

    problem = json.loads(problem_of(error).to_json(instance="/api/credits/usage", request_id="r"))

    assert problem == {
        "type": "/api/credits/openapi.json#/x-problems/insufficient_credits",
        "title": "Not enough credits",
        "status": 402,
        "detail": "2.60 credits are required, 1.00 are available.",
        "instance": "/api/credits/usage",
        "code": "insufficient_credits",
        "request_id": "r",
        "required": "2.60",
        "available": "1.00",
    }


def test_an_unknown_outcome_says_when_and_how_to_repeat() -> None:
    problem = problem_of(Unavailable("The write may have landed.", retry_after_seconds=3))

    assert problem.retry_after_seconds == 3
    assert "same Idempotency-Key" in problem.detail


def test_a_rate_limit_says_when_to_repeat() -> None:
    problem = problem_of(RateLimited("Too many purchases.", retry_after_seconds=60))

    assert (problem.status, problem.retry_after_seconds) == (429, 60)
