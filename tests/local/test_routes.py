"""The local stack has the routes that SAM makes of the template, with their authorizers."""

from typing import Any

from local.routes import Route, routes

CONDITION = "Examples"
NOTHING = {"Ref": "AWS::NoValue"}


def operation(function: str) -> dict[str, Any]:
    return {
        "x-amazon-apigateway-integration": {"uri": {"Fn::Sub": f"arn:${{{function}.Arn}}"}},
        "security": [{"Token": []}],
    }


def under_condition(part: Any) -> dict[str, Any]:
    return {"Fn::If": [CONDITION, part, NOTHING]}


def test_a_route_is_found_with_its_function_and_its_authorizer() -> None:
    document = {"paths": {"/a": {"post": operation("AFunction")}}}

    assert routes(document) == [Route("POST /a", "AFunction", "Token")]


def test_a_route_under_a_condition_keeps_its_authorizer() -> None:
    """SAM puts the condition around the path, and again around each of its operations."""
    operations = {"post": under_condition(operation("AFunction"))}
    document = {"paths": {"/a": under_condition(operations)}}

    assert routes(document) == [Route("POST /a", "AFunction", "Token")]
