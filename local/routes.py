"""Create the HTTP API's routes from the processed template: the emulator does not import them."""

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from local import deploy
from local.aws import client
from local.stack_layout import REGION, STACK_NAME, StackLayout

_FUNCTION = re.compile(r"""\$\{(\w+)\.Arn\}|"Fn::GetAtt": \["(\w+)", "Arn"\]""")


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API: which function answers, and which authorizer guards it."""

    key: str
    function: str
    authorizer: str | None


def create_routes(layout: StackLayout) -> None:
    """Replace the API's routes, authorizers and CORS by those of the deployed template."""
    document = _document(layout)
    api = client(layout, "apigatewayv2")
    api_id = deploy.outputs(layout)["ApiId"]
    functions = deploy.resources(layout)
    _clear(api, api_id)
    schemes = document.get("components", {}).get("securitySchemes", {})
    authorizers = {
        name: _create_authorizer(api, api_id, name, scheme, functions)
        for name, scheme in schemes.items()
    }
    for route in routes(document):
        target = f"integrations/{_integrate(api, api_id, functions[route.function])}"
        guard = {"AuthorizationType": "NONE"}
        if route.authorizer:
            guard = {"AuthorizationType": "CUSTOM", "AuthorizerId": authorizers[route.authorizer]}
        api.create_route(ApiId=api_id, RouteKey=route.key, Target=target, **guard)
    origins = deploy.parameters(layout)["AllowedOrigins"]
    api.update_api(
        ApiId=api_id, CorsConfiguration=_cors(document["x-amazon-apigateway-cors"], origins)
    )


def routes(document: dict[str, Any]) -> list[Route]:
    """Every route of an OpenAPI *document* made by SAM, those under a condition included."""
    return [
        Route(f"{method.upper()} {path}", _function(operation), _authorizer(operation))
        for path, operations in document["paths"].items()
        for method, conditional in _fulfilled(operations).items()
        for operation in [_fulfilled(conditional)]
    ]


def _fulfilled(conditional: dict[str, Any]) -> dict[str, Any]:
    """Return what holds where a condition does: here, all that the routes have do."""
    if "Fn::If" not in conditional:
        return conditional
    _condition, settings, _otherwise = conditional["Fn::If"]
    return dict(settings)


def _document(layout: StackLayout) -> dict[str, Any]:
    body = client(layout, "cloudformation").get_template(
        StackName=STACK_NAME, TemplateStage="Processed"
    )["TemplateBody"]
    template = yaml.safe_load(body) if isinstance(body, str) else body
    resource = next(
        r for r in template["Resources"].values() if r["Type"] == "AWS::ApiGatewayV2::Api"
    )
    return dict(resource["Properties"]["Body"])


def _function(part: dict[str, Any]) -> str:
    match = _FUNCTION.search(json.dumps(part))
    if match is None:
        raise ValueError(f"no function in {part}")
    return match[1] or match[2]


def _authorizer(operation: dict[str, Any]) -> str | None:
    names = [name for entry in operation.get("security", []) for name in entry if name != "NONE"]
    return names[0] if names else None


def _clear(api: Any, api_id: str) -> None:
    for route in api.get_routes(ApiId=api_id)["Items"]:
        api.delete_route(ApiId=api_id, RouteId=route["RouteId"])
    for integration in api.get_integrations(ApiId=api_id)["Items"]:
        api.delete_integration(ApiId=api_id, IntegrationId=integration["IntegrationId"])
    for authorizer in api.get_authorizers(ApiId=api_id)["Items"]:
        api.delete_authorizer(ApiId=api_id, AuthorizerId=authorizer["AuthorizerId"])


def _invocation(function_name: str) -> str:
    arn = f"arn:aws:lambda:{REGION}:000000000000:function:{function_name}"
    return f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"


def _integrate(api: Any, api_id: str, function_name: str) -> str:
    created = api.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationUri=_invocation(function_name),
        PayloadFormatVersion="2.0",
    )
    return str(created["IntegrationId"])


def _create_authorizer(
    api: Any, api_id: str, name: str, scheme: dict[str, Any], functions: dict[str, str]
) -> str:
    settings = scheme["x-amazon-apigateway-authorizer"]
    created = api.create_authorizer(
        ApiId=api_id,
        Name=name,
        AuthorizerType="REQUEST",
        AuthorizerUri=_invocation(functions[_function(settings)]),
        AuthorizerPayloadFormatVersion=str(settings["authorizerPayloadFormatVersion"]),
        EnableSimpleResponses=settings["enableSimpleResponses"],
        AuthorizerResultTtlInSeconds=settings["authorizerResultTtlInSeconds"],
        IdentitySource=settings["identitySource"],
    )
    return str(created["AuthorizerId"])


def _cors(conditional: dict[str, Any], origins: str) -> dict[str, Any]:
    """The template's CORS settings, given that AllowedOrigins is set, as it always is here."""
    _condition, settings, _otherwise = conditional["Fn::If"]
    named = {f"{name[0].upper()}{name[1:]}": value for name, value in settings.items()}
    return named | {"AllowOrigins": origins.split(",")}
