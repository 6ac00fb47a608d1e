"""What the stand-in refuses, in the shape of Stripe's error object."""

from typing import Any

type Json = dict[str, Any]

DOCS = "https://docs.stripe.com/error-codes"


class ApiError(Exception):
    """An answer other than 200.

    *keeps_changes*: what was done before the error stays done (a declined card leaves a failed
    charge). *stored*: an idempotency key remembers this answer; mistakes in parameters are not.
    """

    status = 400
    kind = "invalid_request_error"
    keeps_changes = False
    stored = True

    def __init__(
        self, message: str, *, code: str | None = None, param: str | None = None, **more: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.param = param
        self.more = more

    def body(self, request_id: str) -> Json:
        """The JSON body, without the fields that have no value, as Stripe leaves them out."""
        error: Json = {
            "code": self.code,
            "doc_url": f"{DOCS}/{self.code.replace('_', '-')}" if self.code else None,
            "message": self.message,
            "param": self.param,
            "request_log_url": f"https://dashboard.stripe.com/test/logs/{request_id}",
            "type": self.kind,
            **self.more,
        }
        return {"error": {name: error[name] for name in sorted(error) if error[name] is not None}}


class InvalidParams(ApiError):
    """A parameter is missing, unknown or malformed; nothing started."""

    stored = False


class NotFound(ApiError):
    """No object has that id: 404, or 400 when a parameter named it."""

    status = 404

    def __init__(self, kind: str, object_id: str, *, param: str = "id") -> None:
        names = {"payment_method": "PaymentMethod", "setup_intent": "setupintent"}
        super().__init__(
            f"No such {names.get(kind, kind)}: '{object_id}'",
            code="resource_missing",
            param="intent" if param == "id" and kind == "payment_intent" else param,
        )
        if param != "id":
            self.status = 400


class WrongState(ApiError):
    """The object's status does not allow it."""


class Declined(ApiError):
    """The card was declined or wants its holder: 402, and the failed attempt stays on record."""

    status = 402
    kind = "card_error"
    keeps_changes = True


class Unauthorized(ApiError):
    """No key, or one of the wrong kind."""

    status = 401
    stored = False


class KeyReused(ApiError):
    """An idempotency key came back with another request."""

    kind = "idempotency_error"
    stored = False


class KeyInUse(ApiError):
    """The first request with this idempotency key has not finished."""

    status = 409
    kind = "idempotency_error"
    stored = False


class UnknownRoute(ApiError):
    """The stand-in does not have this call."""

    status = 404
    stored = False
