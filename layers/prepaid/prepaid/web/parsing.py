"""From untrusted data to a model, or to the list of everything that is wrong with it."""

from collections.abc import Mapping
from typing import Literal, NoReturn

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from prepaid.web.errors import InvalidFields

MAX_ERRORS = 20
MAX_POINTER = 200
_KEY_OF_MAPPING = "[key]"
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_pattern_mismatch": "pattern",
    "literal_error": "choice",
    "enum": "choice",
}


def parsed[M: BaseModel](
    model: type[M], data: Mapping[str, object], *, where: Literal["body", "query"]
) -> M:
    """Return *data* as a *model*; raise `InvalidFields`, which repeats no value of *data*."""
    try:
        return model.model_validate(data)
    except ValidationError as exc:
        raise invalid(exc, where=where) from None


def invalid(error: ValidationError, *, where: Literal["body", "query"]) -> InvalidFields:
    """Return what is wrong, field by field, without any value."""
    errors = error.errors(include_url=False, include_input=False)
    return InvalidFields([_field(each, where) for each in errors[:MAX_ERRORS]])


def refuse(code: str, detail: str, *, pointer: str = "") -> NoReturn:
    """Refuse a value inside a validator; *pointer* is relative to the model or the field."""
    raise PydanticCustomError(code, "{detail}", {"detail": detail, "pointer": pointer})


def _field(error: ErrorDetails, where: str) -> dict[str, str]:
    context = error.get("ctx", {})
    path = [str(each) for each in error["loc"] if each != _KEY_OF_MAPPING]
    pointer = "".join(f"/{_escaped(each)}" for each in path)
    ours = "pointer" in context
    found = {
        "pointer": (pointer + str(context.get("pointer", "")))[:MAX_POINTER],
        "code": error["type"] if ours else _CODES.get(error["type"], "type"),
        "detail": error["msg"],
    }
    return found if where == "body" else {**found, "in": where}


def _escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")
