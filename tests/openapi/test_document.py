import json
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from openapi_spec_validator import validate
from prepaid.domain.credits import Instant
from prepaid.domain.errors import HoldEnded, InsufficientCredits
from prepaid.metering.web.quantities import QuantityIn
from prepaid.web.amounts import CreditsIn
from prepaid.web.endpoint import HttpAdapter
from prepaid.web.errors import PROBLEM_BASE, PROBLEMS
from prepaid.web.fields import Metadata, OperationName
from prepaid.web.identity import METERING, OWN, PUBLIC, READING, Access
from prepaid.web.models import WireIn, WireOut
from prepaid.web.openapi_document import openapi_text
from prepaid.web.outputs import CreditsOut
from prepaid.web.queries import RangeQuery
from prepaid.web.request import Answer, Request, Spec
from pydantic import Field

from tools.openapi import document

TEMPLATE = """
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  SpendFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/spend/
      Policies: [!Sub "${AWS::StackName}", !GetAtt [A, B], {a: !If [A, {b: c}, !Ref C]}]
      Events:
        Route:
          Type: HttpApi
          Properties: {ApiId: !Ref Api, Method: POST, Path: "/api/credits/holds/{hold_id}"}
        Schedule: {Type: ScheduleV2}
  JobFunction:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: functions/job/}
"""


class In(WireIn):
    amount: CreditsIn
    quantities: dict[OperationName, QuantityIn] | None = None
    metadata: Metadata | None = None


class Out(WireOut):
    amount: CreditsOut
    note: str | None = Field(default=None, description="A note.", examples=["A note"])


class Batch(WireOut):
    items: list[Out]


def spec(*, allow: Access = OWN) -> Spec:
    edge = HttpAdapter(now=lambda: Instant(0), record=lambda _served: None)

    @edge.endpoint(
        allow=allow,
        body=In,
        answer=(Out, Batch),
        keyed=True,
        refuses=(InsufficientCredits, HoldEnded),
    )
    def handler(_request: Request[In]) -> Answer:
        raise AssertionError

    return handler.spec


def route(spec: Spec, *, method: str = "post", path: str = "/api/credits/usage") -> document.Route:
    return document.Route(
        method=method, path=path, function=f"{method}_it", public=False, summary="spend.", spec=spec
    )


LIST = Spec(
    access=READING,
    query=RangeQuery,
    answers=(Batch,),
    media_types=("application/json", "text/csv"),
)


@pytest.fixture
def spending(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("functions.spend.app", "POST holds: spend credits.\n\nMore.")
    module.handler = SimpleNamespace(spec=spec())  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(__import__("sys").modules, "functions.spend.app", module)
    return module


def template_in(folder: Path) -> Path:
    path = folder / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_the_document_is_valid_openapi() -> None:
    routes = [route(spec()), route(LIST, method="get", path="/api/credits/transactions")]

    found = document.document(routes)

    validate(json.loads(document.text_of(found)))


def test_an_operation_lists_every_status_it_can_answer() -> None:
    found = document.document([route(spec(), path="/api/credits/holds/{hold_id}")])

    operation = found["paths"]["/api/credits/holds/{hold_id}"]["post"]
    assert list(operation["responses"]) == [
        "200", "201", "400", "401", "402", "403", "404", "409", "413", "415", "422", "429", "500",
        "503",
    ]  # fmt: skip
    assert [each.get("name", "key") for each in operation["parameters"]] == ["hold_id", "key"]
    assert operation["requestBody"]["required"]
    assert operation["x-roles"] == ["admin", "service", "super_admin", "user"]


def test_a_public_operation_needs_no_token() -> None:
    found = document.document([route(Spec(access=PUBLIC, answers=(Out,)), method="get")])

    operation = found["paths"]["/api/credits/usage"]["get"]
    assert operation["security"] == []
    assert "401" not in operation["responses"]


def test_a_list_shows_its_filters_and_the_account() -> None:
    operation = document.document([route(LIST, method="get")])["paths"]["/api/credits/usage"]["get"]

    names = [each.get("name", each.get("$ref")) for each in operation["parameters"]]
    assert names == ["#/components/parameters/AccountId", "limit", "cursor", "from", "to"]
    assert set(operation["responses"]["200"]["content"]) == {"application/json", "text/csv"}


def test_every_problem_type_points_into_the_document() -> None:
    found = document.document([])

    prefix = "/api/credits/openapi.json#/"
    assert PROBLEM_BASE.startswith(prefix)
    name = PROBLEM_BASE.removeprefix(prefix).rstrip("/")
    assert found[name].keys() == PROBLEMS.keys()
    assert all(each["description"] for each in found[name].values())


@pytest.mark.usefixtures("spending")
def test_routes_come_from_the_template_and_the_functions(tmp_path: Path) -> None:
    routes = document.routes_in(document.read_template(template_in(tmp_path)))

    assert [(each.method, each.path, each.summary) for each in routes] == [
        ("post", "/api/credits/holds/{hold_id}", "spend credits.")
    ]


def test_a_function_that_is_no_endpoint_has_no_operation(
    tmp_path: Path, spending: ModuleType
) -> None:
    spending.handler = print  # type: ignore[attr-defined]  # any callable without a spec

    assert document.routes_in(document.read_template(template_in(tmp_path))) == []


def test_template_and_function_must_agree_on_who_is_let_in(
    tmp_path: Path, spending: ModuleType
) -> None:
    stand_in = SimpleNamespace(spec=spec(allow=PUBLIC))
    spending.handler = stand_in  # type: ignore[attr-defined]  # a stand-in

    with pytest.raises(ValueError, match="spend"):
        document.routes_in(document.read_template(template_in(tmp_path)))


@pytest.mark.usefixtures("spending")
def test_the_command_writes_and_then_finds_no_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--template", str(template_in(tmp_path)), "--output", str(tmp_path / "o.json")]

    before = document.main(arguments)
    written = document.main([*arguments, "--write"])
    after = document.main(arguments)

    assert (before, written, after) == (1, 0, 0)
    assert "--write" in capsys.readouterr().err


def test_a_service_may_meter_and_the_document_says_so() -> None:
    found = document.document([route(spec(allow=METERING))])

    assert found["paths"]["/api/credits/usage"]["post"]["x-roles-for-other-accounts"] == ["service"]


def test_the_committed_document_is_what_the_functions_declare() -> None:
    assert document.main(["--template", "template.yaml"]) == 0
    validate(json.loads(openapi_text()))
