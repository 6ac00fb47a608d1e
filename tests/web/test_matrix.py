"""Who may do what: every endpoint of the template with every role.

The expectations stand here by hand. An endpoint of the template without a line here fails, and so
does a line without an endpoint.
"""

from typing import Any

import pytest
from prepaid.web.identity import Role

from tests.support.stage import OTHER, USER, Stage
from tests.support.template import TEMPLATE
from tests.web.test_edge_of_functions import BODIES, PATH
from tools.openapi.document import Route, read_template, routes_in

EVERYONE = frozenset({"user", "service", "admin", "super_admin"})
ADMINS = frozenset({"admin", "super_admin"})
SERVICE = frozenset({"service"})
HOST = ADMINS | SERVICE
NOBODY = frozenset[str]()
PUBLIC = None

MAY: dict[str, tuple[frozenset[str] | None, frozenset[str]]] = {
    # route: who may call it (None: anyone, without a token), who may mean another's account
    "GET /api/credits/balance": (EVERYONE, ADMINS | SERVICE),
    "GET /api/credits/openapi.json": (PUBLIC, NOBODY),
    "GET /api/credits/packages": (PUBLIC, NOBODY),
    "GET /api/credits/pricing": (PUBLIC, NOBODY),
    "GET /api/credits/purchases": (EVERYONE, ADMINS | SERVICE),
    "GET /api/credits/purchases/{payment_id}": (EVERYONE, ADMINS | SERVICE),
    "GET /api/credits/alerts": (EVERYONE, ADMINS | SERVICE),
    "POST /api/credits/alerts/{alert_id}/acknowledge": (EVERYONE, ADMINS | SERVICE),
    "POST /api/credits/alerts/test": (EVERYONE, NOBODY),
    "POST /api/credits/recipients/confirmation": (EVERYONE, NOBODY),
    "GET /api/credits/settings": (EVERYONE, ADMINS | SERVICE),
    "PUT /api/credits/settings": (EVERYONE, NOBODY),
    "GET /api/credits/admin/settings/{account_id}": (ADMINS, NOBODY),
    "PUT /api/credits/admin/settings/{account_id}": (ADMINS, ADMINS),
    "GET /api/credits/transactions": (EVERYONE, ADMINS | SERVICE),
    "GET /api/credits/transactions/{entry_id}": (EVERYONE, ADMINS | SERVICE),
    "GET /api/credits/usage/analytics": (EVERYONE, ADMINS | SERVICE),
    "DELETE /api/credits/admin/phone-numbers/{phone_number_id}": (ADMINS, NOBODY),
    "GET /api/credits/admin/analytics": (ADMINS, NOBODY),
    "GET /api/credits/admin/exceptions": (ADMINS, NOBODY),
    "GET /api/credits/admin/phone-numbers": (ADMINS, NOBODY),
    "GET /api/credits/grants": (EVERYONE, ADMINS | SERVICE),
    "GET /api/credits/config": (PUBLIC, NOBODY),
    "POST /api/credits/admin/grants": (ADMINS, ADMINS),
    "POST /api/credits/admin/grants/{account_id}/{grant_id}/void": (ADMINS, ADMINS),
    "POST /api/credits/admin/holds/{hold_id}/void": (ADMINS, ADMINS),
    "POST /api/credits/admin/users/{account_id}/status": (ADMINS, ADMINS),
    "GET /api/credits/admin/users": (ADMINS, NOBODY),
    "GET /api/credits/admin/users/{account_id}": (ADMINS, NOBODY),
    "GET /api/credits/admin/audit": (ADMINS, NOBODY),
    "GET /api/credits/admin/packages": (ADMINS, NOBODY),
    "POST /api/credits/admin/packages": (ADMINS, NOBODY),
    "PUT /api/credits/admin/packages/{package_id}": (ADMINS, NOBODY),
    "DELETE /api/credits/admin/packages/{package_id}": (ADMINS, NOBODY),
    "GET /api/credits/admin/pricing": (ADMINS, NOBODY),
    "POST /api/credits/admin/pricing": (ADMINS, NOBODY),
    "DELETE /api/credits/admin/pricing/{price_id}": (ADMINS, NOBODY),
    "POST /api/credits/admin/pricing/drafts": (ADMINS, NOBODY),
    "PUT /api/credits/admin/pricing/drafts/{draft_id}": (ADMINS, NOBODY),
    "DELETE /api/credits/admin/pricing/drafts/{draft_id}": (ADMINS, NOBODY),
    "POST /api/credits/admin/pricing/drafts/{draft_id}/publish": (ADMINS, NOBODY),
    "POST /api/credits/admin/adjust": (ADMINS, ADMINS),
    "POST /api/credits/admin/refund": (ADMINS, ADMINS),
    "POST /api/credits/admin/exceptions/{exception_id}/assign": (ADMINS, ADMINS),
    "POST /api/credits/admin/exceptions/{exception_id}/resolve": (ADMINS, NOBODY),
    "POST /api/credits/admin/exceptions/{exception_id}/retry": (ADMINS, NOBODY),
    "POST /api/credits/calls": (EVERYONE, SERVICE),
    "POST /api/credits/check": (EVERYONE, SERVICE),
    "POST /api/credits/holds": (EVERYONE, SERVICE),
    "POST /api/credits/holds/{hold_id}/extend": (EVERYONE, SERVICE),
    "POST /api/credits/holds/{hold_id}/capture": (EVERYONE, SERVICE),
    "POST /api/credits/holds/{hold_id}/void": (EVERYONE, SERVICE),
    "POST /api/credits/purchase": (EVERYONE, NOBODY),
    "POST /api/credits/purchases/{payment_id}/refresh": (EVERYONE, ADMINS | SERVICE),
    "POST /api/credits/usage": (EVERYONE, SERVICE),
    "PUT /api/credits/admin/users/{account_id}/profile": (HOST, HOST),
    "PUT /api/credits/admin/phone-numbers/{phone_number_id}": (ADMINS, ADMINS),
    "PUT /api/credits/calls/{call_id}": (SERVICE, SERVICE),
    "GET /api/credits/webhooks": (HOST, NOBODY),
    "POST /api/credits/webhooks": (HOST, NOBODY),
    "GET /api/credits/webhooks/{webhook_id}": (HOST, NOBODY),
    "PUT /api/credits/webhooks/{webhook_id}": (HOST, NOBODY),
    "DELETE /api/credits/webhooks/{webhook_id}": (HOST, NOBODY),
    "POST /api/credits/webhooks/{webhook_id}/secret": (HOST, NOBODY),
    "GET /api/credits/webhooks/{webhook_id}/deliveries": (HOST, NOBODY),
    "POST /api/credits/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": (HOST, NOBODY),
    "POST /api/credits/webhooks/{webhook_id}/replay": (HOST, NOBODY),
    "POST /api/credits/webhooks/{webhook_id}/test": (HOST, NOBODY),
}
ROUTES: dict[str, Route] = {
    f"{route.method.upper()} {route.path}": route for route in routes_in(read_template(TEMPLATE))
}
NAMELESS = frozenset(
    {
        *("POST /api/credits/purchase", "POST /api/credits/admin/refund"),
        *("POST /api/credits/admin/packages", "PUT /api/credits/admin/packages/{package_id}"),
        *("POST /api/credits/admin/pricing", "POST /api/credits/admin/pricing/drafts"),
        "POST /api/credits/admin/exceptions/{exception_id}/resolve",
        "POST /api/credits/admin/exceptions/{exception_id}/retry",
        "PUT /api/credits/admin/pricing/drafts/{draft_id}",
        "POST /api/credits/admin/pricing/drafts/{draft_id}/publish",
        *(name for name in MAY if "/webhooks" in name and not name.startswith(("GET", "DELETE"))),
        *("PUT /api/credits/settings", "POST /api/credits/alerts/test"),
        "POST /api/credits/recipients/confirmation",
    }
)
"""No request to these can name an account: what one buys or saves is one's own, a payment knows its
account, packages, prices and cases are nobody's, and webhooks are the host's.
"""
CALLED = [(name, role) for name in sorted(MAY.keys() & ROUTES.keys()) for role in Role]


def is_refused(stage: Stage, name: str, role: str, *, account_id: str, named: str | None) -> bool:
    """Call an endpoint as *role*; say whether the role was the reason that it was refused."""
    route = ROUTES[name]
    body: dict[str, Any] | None = BODIES.get(route.function)
    query = None
    if named is not None and body is None:
        query = {"account_id": named}
    elif named is not None and body is not None and "{" not in name:
        body = {**body, "account_id": named}
    reply = stage.call(
        route.function,
        body,
        role=role,
        account_id=account_id,
        key="matrix",
        query=query,
        path=PATH.get(route.function),
    )
    refused = reply.status == 403 and reply.code == "forbidden"
    if "{hold_id}" in name and named is not None:
        return reply.status == 404 or refused
    return refused


def test_every_endpoint_of_the_template_has_its_line() -> None:
    assert ROUTES.keys() == MAY.keys()


@pytest.mark.parametrize("name", sorted(MAY.keys() & ROUTES.keys()))
def test_a_function_declares_what_stands_here(name: str) -> None:
    access = ROUTES[name].spec.access
    roles, others = MAY[name]

    assert access.roles == (roles or NOBODY)
    assert access.others == others


@pytest.mark.fault("G43.4", "Somebody calls what only admins may", "403")
@pytest.mark.parametrize(("name", "role"), CALLED)
def test_a_role_may_call_what_stands_here(funded: Stage, name: str, role: str) -> None:
    roles, _ = MAY[name]

    refused = is_refused(funded, name, role, account_id=USER, named=None)

    assert refused is (roles is not PUBLIC and role not in roles)


@pytest.mark.fault("G42")
@pytest.mark.parametrize(
    ("name", "role"),
    [each for each in CALLED if MAY[each[0]][0] is not PUBLIC and each[0] not in NAMELESS],
)
def test_a_role_may_mean_the_accounts_that_stand_here(funded: Stage, name: str, role: str) -> None:
    funded.hold("first")
    assert funded.hold("second").json["hold_id"] == PATH["void_hold"]["hold_id"]
    roles, others = MAY[name]

    refused = is_refused(funded, name, role, account_id=OTHER, named=USER)

    assert refused is (role not in (roles or NOBODY) or role not in others)


@pytest.mark.parametrize("name", sorted(name for name in MAY if MAY[name][0] is not PUBLIC))
@pytest.mark.parametrize("role", ["root", "", "ADMIN", "[admin]", "super-admin"])
def test_no_other_role_exists(funded: Stage, name: str, role: str) -> None:
    assert is_refused(funded, name, role, account_id=USER, named=None)


@pytest.mark.fault("G43.2", "A role in a header, a body or a query", "It counts for nothing")
def test_a_role_in_a_header_counts_for_nothing(funded: Stage) -> None:
    reply = funded.call(
        "adjust_credits",
        BODIES["adjust_credits"],
        key="k",
        headers={"x-role": "admin", "role": "super_admin"},
    )

    assert reply.status == 403
