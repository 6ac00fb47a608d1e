"""Stripe's form encoding (`metadata[order]=7`, `expand[]=customer`), read strictly."""

from collections.abc import Collection
from urllib.parse import parse_qsl

from local.stripe.errors import InvalidParams

type Form = dict[str, "str | Form"]

METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500
DEPTH = 6


def parse(encoded: str) -> Form:
    """Nest *encoded*; the elements of a list become members "0", "1", … of a mapping."""
    form: Form = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[", DEPTH)
        _place(form, [head, *rest], value, name)
    return form


def _place(form: Form, path: list[str], value: str, name: str) -> None:
    for step in path[:-1]:
        inner = form.setdefault(step, {})
        if isinstance(inner, str):
            raise InvalidParams(f"Invalid object: {name}", param=name)
        form = inner
    form[path[-1] or str(len(form))] = value


class Params:
    """The parameters of one request; every reader refuses what it cannot read."""

    def __init__(self, form: Form, *, at: str = "") -> None:
        self.form = form
        self._at = at

    def name(self, key: str) -> str:
        """*key* as the client spelled it, with the objects around it."""
        return f"{self._at}[{key}]" if self._at else key

    def only(self, accepted: Collection[str]) -> None:
        """Refuse parameters that are not *known*, so that nothing is ignored in silence."""
        for key in self.form:
            if key not in accepted:
                raise InvalidParams(
                    f"Received unknown parameter: {self.name(key)}",
                    code="parameter_unknown",
                    param=self.name(key),
                )

    def text(self, key: str) -> str | None:
        """The string at *key*, None when absent."""
        value = self.form.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise InvalidParams("Invalid string: {...}", param=self.name(key))
        if value == "":
            raise InvalidParams(
                f"You passed an empty string for '{self.name(key)}'.",
                code="parameter_invalid_empty",
                param=self.name(key),
            )
        return value

    def required(self, key: str) -> str:
        """The string at *key*, which must be there."""
        value = self.text(key)
        if value is None:
            raise InvalidParams(
                f"Missing required param: {self.name(key)}.",
                code="parameter_missing",
                param=self.name(key),
            )
        return value

    def integer(self, key: str) -> int | None:
        """The integer at *key*, None when absent."""
        value = self.text(key)
        if value is None:
            return None
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
            raise InvalidParams(
                f"Invalid integer: {value}",
                code="parameter_invalid_integer",
                param=self.name(key),
            )
        return int(value)

    def boolean(self, key: str) -> bool | None:
        """The boolean at *key*, None when absent."""
        value = self.text(key)
        if value not in {None, "true", "false"}:
            raise InvalidParams(f"Invalid boolean: {value}", param=self.name(key))
        return None if value is None else value == "true"

    def choice(self, key: str, allowed: Collection[str]) -> str | None:
        """One of *allowed*, None when absent."""
        value = self.text(key)
        if value is not None and value not in allowed:
            raise InvalidParams(
                f"Invalid {self.name(key)}: must be one of {', '.join(allowed)}",
                param=self.name(key),
            )
        return value

    def inner(self, key: str) -> "Params | None":
        """The object at *key*, None when absent."""
        value = self.form.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            raise InvalidParams("Invalid object", param=self.name(key))
        return Params(value, at=self.name(key))

    def texts(self, key: str) -> list[str]:
        """The list at *key*, empty when absent."""
        inner = self.inner(key)
        return [] if inner is None else [inner.required(each) for each in inner.form]

    def metadata(self) -> dict[str, str]:
        """The metadata, within Stripe's limits; empty values unset and so disappear."""
        if self.form.get("metadata", "") == "":
            return {}
        inner = self.inner("metadata") or Params({})
        found = {key: value for key, value in inner.form.items() if value != ""}
        too_long = [key for key in found if len(key) > METADATA_KEY_LENGTH]
        too_long += [key for key, value in found.items() if len(value) > METADATA_VALUE_LENGTH]
        if len(found) > METADATA_KEYS or too_long:
            raise InvalidParams(
                f"Metadata may have {METADATA_KEYS} keys of {METADATA_KEY_LENGTH} characters "
                f"and values of {METADATA_VALUE_LENGTH}.",
                param="metadata",
            )
        texts = {key: value for key, value in found.items() if isinstance(value, str)}
        if len(texts) != len(found):
            raise InvalidParams("Metadata values must be strings.", param="metadata")
        return texts
