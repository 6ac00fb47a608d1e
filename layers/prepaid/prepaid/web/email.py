"""E-mail addresses in bodies: those that SES can send to, in lower case."""

import re
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from prepaid.web.parsing import refuse

MAX_EMAIL = 254
"""The longest address that can be written to (RFC 5321, section 4.5.3.1.3)."""
EMAIL = (
    r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,9}"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,9}[A-Za-z]{2,63}$"
)
_EMAIL = re.compile(EMAIL.removesuffix("$"), re.ASCII)


def _email(value: object) -> str:
    if not isinstance(value, str):
        refuse("type", "Must be a string.")
    if len(value) > MAX_EMAIL or _EMAIL.fullmatch(value) is None:
        refuse("email", "Must be an e-mail address, as user@example.com.")
    return value.lower()


EmailIn = Annotated[
    str,
    PlainValidator(_email),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": MAX_EMAIL,
            "pattern": EMAIL,
            "examples": ["user@example.com"],
        }
    ),
]
