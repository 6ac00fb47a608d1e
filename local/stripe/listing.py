"""Lists with cursors and filters, and the objects that `expand` puts in the place of ids."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from local.stripe.errors import InvalidParams, Json
from local.stripe.forms import Params
from local.stripe.state import PREFIXES, Unit, visible

LIMIT, MOST, EXPAND_DEPTH = 10, 100, 4
PAGING = ("limit", "starting_after", "ending_before", "expand", "created")

_KINDS: Mapping[str, str] = MappingProxyType({prefix: kind for kind, prefix in PREFIXES.items()})
_BOUNDS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {
        "gt": lambda value, bound: value > bound,
        "gte": lambda value, bound: value >= bound,
        "lt": lambda value, bound: value < bound,
        "lte": lambda value, bound: value <= bound,
    }
)


def page(
    unit: Unit,
    params: Params,
    kind: str,
    *,
    url: str,
    keep: Callable[[Json], bool] = lambda _: True,
) -> Json:
    """One page of the objects of *kind* that *keep* and `created` let through, newest first."""
    wanted = created_filter(params)
    rows = [row for row in unit.every(kind) if keep(row) and wanted(row)]
    rows.reverse()
    limit = params.integer("limit")
    if limit is None:
        limit = LIMIT
    if not 1 <= limit <= MOST:
        raise InvalidParams(
            f"This value must be between 1 and {MOST}.",
            code="parameter_invalid_integer",
            param="limit",
        )
    found, more = _cut(unit, params, kind, rows, limit)
    return {"object": "list", "data": found, "has_more": more, "url": url}


def _cut(
    unit: Unit, params: Params, kind: str, rows: list[Json], limit: int
) -> tuple[list[Json], bool]:
    after, before = params.text("starting_after"), params.text("ending_before")
    if after is not None and before is not None:
        raise InvalidParams("You may only specify one of starting_after and ending_before.")
    if after is not None:
        unit.get(kind, after, param="starting_after")
        rows = rows[_place(rows, after) + 1 :]
    if before is not None:
        unit.get(kind, before, param="ending_before")
        rows = rows[: max(_place(rows, before), 0)]
        return rows[-limit:], len(rows) > limit
    return rows[:limit], len(rows) > limit


def _place(rows: list[Json], row_id: str) -> int:
    return next((layout for layout, row in enumerate(rows) if row["id"] == row_id), -1)


def created_filter(params: Params) -> Callable[[Json], bool]:
    """What `created=…` or `created[gte]=…` lets through."""
    if isinstance(params.form.get("created"), str):
        exact = params.integer("created")
        return lambda row: row["created"] == exact
    inner = params.inner("created")
    if inner is None:
        return lambda _: True
    inner.only(_BOUNDS)
    bounds = [(_BOUNDS[name], inner.integer(name) or 0) for name in inner.form]
    return lambda row: all(holds(row["created"], bound) for holds, bound in bounds)


def equals(params: Params, *names: str) -> Callable[[Json], bool]:
    """Objects whose members *names* have the values in *params*, where given."""
    wanted = {name: params.text(name) for name in names}
    return lambda row: all(row[name] == value for name, value in wanted.items() if value)


def shown(unit: Unit, answer: Json, params: Params) -> Json:
    """*answer* as clients see it, with the objects that they asked to expand."""
    paths = params.texts("expand")
    if answer["object"] != "list":
        return _expanded(unit, visible(answer), paths)
    outside = [path for path in paths if not path.startswith("data.")]
    if outside:
        raise _not_expandable(outside[0])
    inside = [path.removeprefix("data.") for path in paths]
    return answer | {"data": [_expanded(unit, visible(row), inside) for row in answer["data"]]}


def _expanded(unit: Unit, row: Json, paths: Iterable[str]) -> Json:
    """*row* with the members at *paths* (dotted) replaced by objects."""
    for path in paths:
        head, _, rest = path.partition(".")
        if path.count(".") >= EXPAND_DEPTH:
            raise InvalidParams(f"You cannot expand more than {EXPAND_DEPTH} levels.")
        row = {**row, head: _member(unit, row, head, [rest] if rest else [])}
    return row


def _member(unit: Unit, row: Json, name: str, deeper: list[str]) -> object:
    if name == "refunds" and row["object"] == "charge":
        return refunds_of(unit, row)
    value = row.get(name)
    if isinstance(value, dict) and "object" in value:
        return _expanded(unit, value, deeper)
    if isinstance(value, str):
        kind = _KINDS.get(value.partition("_")[0])
        found = unit.find(kind, value) if kind else None
        if found is not None:
            return _expanded(unit, visible(found), deeper)
    if value is None and name in {"latest_charge", "customer", "payment_method", *_KINDS.values()}:
        return None
    raise _not_expandable(name)


def refunds_of(unit: Unit, taken: Json) -> Json:
    """The charge's refunds as a list object, newest first."""
    rows = [visible(row) for row in unit.every("refund") if row["charge"] == taken["id"]]
    rows.reverse()
    return {
        "object": "list",
        "data": rows[:LIMIT],
        "has_more": len(rows) > LIMIT,
        "url": f"/v1/charges/{taken['id']}/refunds",
    }


def _not_expandable(name: str) -> InvalidParams:
    return InvalidParams(f"This property cannot be expanded ({name}).", param="expand")
