"""What would break a client: between what a release promised and what is promised now.

A request that was taken must still be taken: nothing more is required, nothing is taken away, no
bound is tighter. What was answered must still be answered: no field is gone, may be missing or be
of another type. New operations, fields that a client may leave out, answers' new fields, codes and
values of a list break nobody: a client must bear what it does not know.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

type Schema = Mapping[str, Any]
_AT_LEAST = ("minimum", "minLength", "minItems", "minProperties")
_AT_MOST = ("maximum", "maxLength", "maxItems", "maxProperties")
_EXACTLY = ("pattern", "format", "multipleOf", "not", "propertyNames", "uniqueItems", "if")
_DEEPEST = 12


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """One thing that a client would notice: `name` is the last name on the way to it."""

    operation: str
    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.what} (`{self.name}`)"


def breaks(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Break]:
    """Return what would break a client of *before*; both are contracts."""
    found: set[Break] = set()
    for name, promised in before["operations"].items():
        offered = now["operations"].get(name)
        if offered is None:
            found.add(Break(name, name, "is gone"))
            continue
        said = _of_operation(promised, offered, Comparison(before["schemas"], now["schemas"]))
        found.update(Break(name, each, what) for each, what in said)
    return sorted(found)


type Said = Iterator[tuple[str, str]]
"""The name of what breaks, and how."""


def _of_operation(before: Schema, now: Schema, compared: "Comparison") -> Said:
    if before["public"] and not now["public"]:
        yield "Authorization", "needs a token"
    yield from _of_parameters(before["parameters"], now["parameters"], compared)
    if now["body_required"] and not before["body_required"]:
        yield "body", "needs a body"
    yield from _of_contents(before["body"], now["body"], "body", compared.taken)
    for status, contents in before["answers"].items():
        if status in now["answers"]:
            yield from _of_contents(contents, now["answers"][status], "answer", compared.given)
        else:
            yield status, f"no longer answers {status}"
    for code in before["codes"]:
        if code not in now["codes"]:
            yield code.partition(" ")[2], f"no longer refuses with {code}"


def _of_contents(before: Schema, now: Schema, place: str, compare: Callable[..., Said]) -> Said:
    """Compare what a body or an answer is in each media type."""
    for kind, schema in before.items():
        if kind in now:
            yield from compare(schema, now[kind], place)
        else:
            yield kind, f"{place} is never {kind}"


def _of_parameters(before: Schema, now: Schema, compared: "Comparison") -> Said:
    for place, parameter in before.items():
        if place in now:
            yield from compared.taken(parameter["schema"], now[place]["schema"], place)
        else:
            yield _last(place), f"{place} is gone"
    for place, parameter in now.items():
        if parameter["required"] and not before.get(place, {}).get("required"):
            yield _last(place), f"{place} is required"


def _last(place: str) -> str:
    return place.replace(" ", ".").rpartition(".")[2].removesuffix("[]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares schemas, each with the named schemas of its own document."""

    before: Mapping[str, Schema]
    now: Mapping[str, Schema]

    def taken(self, before: Schema, now: Schema, place: str, depth: int = 0) -> Said:
        """Say what was taken in a request and is no longer."""
        had, has = self._forms(before, self.before), self._forms(now, self.now)
        for one in had:
            yield from _likest(self._takes(one, each, place, depth) for each in _like(one, has))
        gone = {_kind(each) for each in had if not _like(each, has)}
        yield from ((_last(place), f"{place} is no longer taken as {each}") for each in gone)

    def given(self, before: Schema, now: Schema, place: str, depth: int = 0) -> Said:
        """Say what was promised of an answer and is no longer."""
        had, has = self._forms(before, self.before), self._forms(now, self.now)
        for one in had:
            yield from _likest(self._gives(one, each, place, depth) for each in _like(one, has))
        new = {_kind(each) for each in has if not _like(each, had)}
        yield from ((_last(place), f"{place} may be {each}") for each in new)
        gone = {_kind(each) for each in had if not _like(each, has)} - {"null"}
        yield from ((_last(place), f"{place} is never {each}") for each in gone)

    def _takes(self, before: Schema, now: Schema, place: str, depth: int) -> Said:
        yield from _tighter(before, now, place)
        yield from _fewer(before, now, place, "is no longer taken")
        if "enum" in now and "enum" not in before and "const" not in before:
            yield _last(place), f"{place} is one of a list"
        had, has = before.get("properties", {}), now.get("properties", {})
        for name in had.keys() & has.keys():
            if depth < _DEEPEST:
                yield from self.taken(had[name], has[name], f"{place}.{name}", depth + 1)
        if now.get("additionalProperties") is False:
            yield from ((name, f"{place}.{name} is gone") for name in had.keys() - has.keys())
        for name in set(now.get("required", [])) - set(before.get("required", [])):
            yield name, f"{place}.{name} is required"
        yield from self._within(before, now, place, depth, self.taken)

    def _gives(self, before: Schema, now: Schema, place: str, depth: int) -> Said:
        yield from _tighter(now, before, place)
        yield from _fewer(before, now, place, "is never answered any more")
        if "enum" in before and not {"enum", "const"} & now.keys():
            yield _last(place), f"{place} is no longer one of a list"
        had, has = before.get("properties", {}), now.get("properties", {})
        for name in had:
            if name not in has:
                yield name, f"{place}.{name} is gone"
            elif depth < _DEEPEST:
                yield from self.given(had[name], has[name], f"{place}.{name}", depth + 1)
        for name in set(before.get("required", [])) & has.keys() - set(now.get("required", [])):
            yield name, f"{place}.{name} may be missing"
        yield from self._within(before, now, place, depth, self.given)

    def _within(
        self, before: Schema, now: Schema, place: str, depth: int, compare: Callable[..., Said]
    ) -> Said:
        """Compare the items of arrays and the values of maps."""
        for one, other in zip(_inner(before), _inner(now), strict=False):
            if depth < _DEEPEST:
                yield from compare(one, other, f"{place}[]", depth + 1)

    def _forms(self, schema: Schema, named: Mapping[str, Schema]) -> list[Schema]:
        """Return the forms that a value may have, each of one type; references are followed."""
        if "$ref" in schema:
            return self._forms(named[schema["$ref"].rpartition("/")[2]], named)
        for key in ("anyOf", "oneOf"):
            if key in schema:
                rest = {name: each for name, each in schema.items() if name != key}
                return [
                    form for each in schema[key] for form in self._forms({**rest, **each}, named)
                ]
        kinds = schema.get("type", "")
        return [{**schema, "type": kind} for kind in ([kinds] if isinstance(kinds, str) else kinds)]


def _inner(schema: Schema) -> list[Schema]:
    """Return what an array's items or a map's values are."""
    patterns = schema.get("patternProperties", {})
    found = [schema.get("items"), schema.get("additionalProperties"), *patterns.values()]
    return [each for each in found if isinstance(each, Mapping)]


def _kind(schema: Schema) -> str:
    return str(schema["type"])


def _like(form: Schema, forms: Iterable[Schema]) -> list[Schema]:
    """Return the forms of the same type, or of any, that share most names of fields with a form."""
    same = [each for each in forms if _kind(each) in {_kind(form), ""}]
    fields = [len(each.get("properties", {}).keys() ^ form.get("properties", {})) for each in same]
    return [each for each, others in zip(same, fields, strict=True) if others == min(fields)]


def _likest(compared: Iterable[Said]) -> list[tuple[str, str]]:
    """Return what is wrong with the likest of some forms."""
    return min(map(list, compared), key=len, default=[])


def _tighter(loose: Schema, tight: Schema, place: str) -> Said:
    """Say which bounds of *tight* are tighter than those of *loose*; a new form counts as one."""
    for key in _EXACTLY:
        if key in tight and tight[key] != loose.get(key):
            yield _last(place), f"{place} has another {key}"
    for keys, sign in ((_AT_LEAST, 1), (_AT_MOST, -1)):
        for key in keys:
            has, had = _bound(tight, key, sign), _bound(loose, key, sign)
            if has is not None and (had is None or has > had):
                yield _last(place), f"{place} has another {key}"


def _bound(schema: Schema, key: str, sign: int) -> tuple[Decimal, bool] | None:
    """Return a bound so that the tighter of two is the greater one."""
    exclusive = f"exclusive{key.capitalize()}"
    found = [
        (sign * Decimal(str(schema[each])), each != key)
        for each in (key, exclusive)
        if each in schema
    ]
    return max(found, default=None)


def _fewer(before: Schema, now: Schema, place: str, what: str) -> Said:
    """Say which values of a list are gone."""
    if not {"enum", "const"} & now.keys():
        return
    gone = set(_values(before)) - set(_values(now))
    yield from ((str(each), f"{place}: {each} {what}") for each in gone)


def _values(schema: Schema) -> list[Any]:
    return [schema["const"]] if "const" in schema else schema.get("enum", [])
