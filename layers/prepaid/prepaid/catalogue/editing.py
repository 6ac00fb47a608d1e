"""Editing packages: every change by an admin is audited, and none overwrites another unseen."""

from collections.abc import Mapping
from dataclasses import replace

from prepaid.catalogue.packages import Package
from prepaid.catalogue.ports import PackageEditor
from prepaid.domain.auditing import NOTHING, AdminAct
from prepaid.domain.errors import NotFound, PreconditionFailed


def create_package(editor: PackageEditor, package: Package, by: AdminAct) -> Package:
    """Write a new package. Raises `PreconditionFailed` where its id is taken, `Unavailable`."""
    if editor.package(package.package_id) is not None:
        raise PreconditionFailed("There is a package with this id already.")
    return _written(editor, replace(package, version=0), None, "create_package", by)


def update_package(editor: PackageEditor, package: Package, by: AdminAct) -> Package:
    """Replace a package that still has the version it was read with.

    What was bought keeps its terms. Raises `NotFound`, `PreconditionFailed`, `Unavailable`.
    """
    return _written(editor, package, package_of(editor, package.package_id), "update_package", by)


def archive_package(editor: PackageEditor, package_id: str, by: AdminAct) -> Package:
    """Take a package from sale for good; payments refer to it, so it is never deleted.

    Raises `NotFound`, `PreconditionFailed`, `Unavailable`.
    """
    before = package_of(editor, package_id)
    if before.archived:
        return before
    return _written(editor, replace(before, archived=True), before, "archive_package", by)


def package_of(editor: PackageEditor, package_id: str) -> Package:
    """Return a package, for sale or not. Raises `NotFound`, `Unavailable`."""
    package = editor.package(package_id)
    if package is None:
        raise NotFound("There is no such package.")
    return package


def _written(
    editor: PackageEditor, package: Package, before: Package | None, action: str, by: AdminAct
) -> Package:
    shown = _shown(before) if before else NOTHING
    audit = by.audit(action, package.package_id, before=shown, after=_shown(package))
    editor.write_package(package, audit, new=before is None)
    return replace(package, version=package.version + 1)


def _shown(package: Package) -> Mapping[str, object]:
    return {
        "name": package.name,
        "credits": str(package.credits),
        "bonus": str(package.bonus),
        "price": package.price,
        "currency": package.currency,
        "position": package.position,
        "popular": package.popular,
        "archived": package.archived,
        "unlisted": package.unlisted,
        "audience": [str(each) for each in package.audience],
        "validity_days": package.validity_days,
        "bonus_validity_days": package.bonus_validity_days,
    }
