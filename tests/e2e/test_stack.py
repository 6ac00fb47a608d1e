"""The deployed template answers through the gateway, and remembers."""

import json
import os
import signal
import stat
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO

import httpx
import pytest

from local.aws import client
from local.deploy import resources
from local.gateway import AT_ONCE
from local.stack_layout import StackLayout
from tests.e2e.running import Stack, command

FINDING = """
from importlib.util import find_spec

def handler(event, context):
    return {each: find_spec(each) is not None for each in ("pytest", "awscrt", "decimal")}
"""


def test_the_stack_says_that_it_is_ready(stack: Stack) -> None:
    answer = stack.http.get("/_local/health")

    said = {"status": "ready", "stack": stack.layout.identity}
    assert (answer.status_code, answer.json()) == (200, said)


def test_everybody_sees_the_five_packages(stack: Stack) -> None:
    answer = stack.http.get("/api/credits/packages")

    assert answer.status_code == 200
    names = {package["package_id"] for package in answer.json()["items"]}
    assert names == {"starter", "professional", "business", "enterprise", "premium"}


def test_nobody_comes_in_without_a_token(stack: Stack) -> None:
    answer = stack.http.get("/api/credits/balance")

    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


def test_nobody_comes_in_with_a_forged_token(stack: Stack) -> None:
    head, claims, _signature = stack.bearer()["Authorization"].split(".")
    forged = {"Authorization": f"{head}.{claims}.AAAA"}

    answer = stack.http.get("/api/credits/balance", headers=forged)

    assert (answer.status_code, answer.json()) == (403, {"message": "Forbidden"})


def test_all_functions_read_the_same_files_of_their_layer(stack: Stack) -> None:
    stack.get("/balance", user="layered")

    started = list(stack.layout.temporary.glob("ministack-lambda-*/layer_0/python/prepaid"))
    assert len(started) > 1
    assert len({each.resolve() for each in started}) == 1


def test_a_function_can_import_only_what_it_has_on_aws(stack: Stack) -> None:
    lambdas = client(stack.layout, "lambda")
    code = BytesIO()
    with zipfile.ZipFile(code, "w") as zipped:
        zipped.writestr("app.py", FINDING)
    lambdas.create_function(
        FunctionName="finding",
        Runtime="python3.13",
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/finding",
        Code={"ZipFile": code.getvalue()},
    )
    try:
        found = json.load(lambdas.invoke(FunctionName="finding", Payload=b"{}")["Payload"])
    finally:
        lambdas.delete_function(FunctionName="finding")

    assert found == {"pytest": False, "awscrt": False, "decimal": True}


@contextmanager
def judging_with(layout: StackLayout, **changed: str) -> Iterator[None]:
    """Run the authorizer with other settings, in a fresh environment."""
    lambdas, name = client(layout, "lambda"), resources(layout)["AuthorizeFunction"]
    before = lambdas.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    try:
        lambdas.update_function_configuration(
            FunctionName=name, Environment={"Variables": before | changed}
        )
        yield
    finally:
        lambdas.update_function_configuration(FunctionName=name, Environment={"Variables": before})


@pytest.mark.fault("G41.6")
def test_while_tokens_cannot_be_judged_the_answer_is_500(stack: Stack) -> None:
    with judging_with(stack.layout, TOKEN_SECRET="a-secret-that-is-not-there"):
        meanwhile = stack.get("/balance", user="judged")
    afterwards = stack.get("/balance", user="judged")

    assert (meanwhile.status_code, meanwhile.json()) == (500, {"message": "Internal Server Error"})
    assert afterwards.status_code == 200


def test_the_logs_of_all_functions_are_told_with_their_names(stack: Stack) -> None:
    stack.get("/balance", user="logged")

    output = command(stack.layout, "logs")

    assert {"GetBalance", "Authorize"} <= {line.split()[1] for line in output.splitlines()}
    assert '"message":"answered"' in output


def test_a_path_that_no_route_serves_is_not_found(stack: Stack) -> None:
    answer = stack.get("/nothing-here")

    assert answer.status_code == 404


def test_a_path_with_a_line_feed_reaches_the_api_like_any_other(stack: Stack) -> None:
    answer = stack.get("/purchases/pay%0A1")

    assert (answer.status_code, answer.headers["content-type"].split("/")[0]) == (
        404,
        "application",
    )


def test_a_demo_account_has_its_credits(stack: Stack) -> None:
    given = stack.get("/transactions?kind=adjustment&limit=100", user="user-1").json()["items"][-1]

    assert (given["seq"], given["amount"], given["reason"]) == (1, "100.00", "demo credits")


@pytest.mark.fault("G44")
def test_a_page_of_another_origin_is_told_nothing(stack: Stack) -> None:
    preflight = {"Access-Control-Request-Method": "POST"}
    path = "/api/credits/usage"

    own = stack.http.options(path, headers=preflight | {"Origin": stack.layout.url})
    other = stack.http.options(path, headers=preflight | {"Origin": "https://elsewhere.example"})

    local = stack.http.options(path, headers=preflight | {"Origin": "http://localhost:5173"})

    assert own.headers["Access-Control-Allow-Origin"] == stack.layout.url
    assert local.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert "Access-Control-Allow-Origin" not in other.headers


def test_requests_beyond_what_the_emulator_bears_wait_their_turn(stack: Stack) -> None:
    def ask(_number: int) -> int:
        return httpx.get(f"{stack.layout.url}/api/credits/packages", timeout=60).status_code

    with ThreadPoolExecutor(5 * AT_ONCE) as pool:
        statuses = list(pool.map(ask, range(5 * AT_ONCE)))

    assert set(statuses) == {200}


def test_only_this_user_can_read_the_secret_that_signs_tokens(stack: Stack) -> None:
    mode = stat.S_IMODE(stack.layout.token_secret_file.stat().st_mode)

    assert mode == 0o600


def test_a_stack_that_was_killed_is_cleaned_up_by_the_next_start_and_remembers(
    stack: Stack,
) -> None:
    stack.give("killed", "10.00")
    usage = {"operation": "message", "quantity": 5}
    spent = stack.post("/usage", usage, key="before", user="killed")

    os.kill(int(stack.layout.lock_file.read_text()), signal.SIGKILL)
    said = command(stack.layout, "up")
    again = stack.post("/usage", usage, key="before", user="killed")

    assert "its state is saved" in said
    assert (spent.status_code, again.status_code) == (201, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == spent.json()
    assert stack.get("/balance", user="killed").json()["balance"] == "9.50"
    entries = stack.get("/transactions", user="killed").json()["items"]
    assert spent.json()["entry_id"] in {entry["entry_id"] for entry in entries}
