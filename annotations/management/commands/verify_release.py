"""Proves a release, or says which links of its chain are broken."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from annotations.management.telling import TellingCommand, Told, project_named
from annotations.project.models import Project
from annotations.project.refusals import NotVisible
from annotations.release.models import Release
from annotations.release.proving import Proof, verify_release


class Command(TellingCommand):
    help = (
        "Rebuilds a release from its rows, compares its hash, and follows every label back through "
        "rulings, revisions, text and repairs to the bytes that came in. Exits with 1 on any fault."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", nargs="?", default="", help="the project's slug")
        parser.add_argument("version", nargs="?", default="", help="such as v1")
        parser.add_argument(
            "--all", action="store_true", help="every release of the project, or of all projects"
        )

    def tell(self, *, project: str, version: str, all: bool, **options: Any) -> Told:
        if not all:
            proof = verify_release(release_named(project_named(project), version))
            return Told(_said(proof), _text(proof), _fault(proof))
        rows = Release.objects.select_related("project").order_by("project", "number")
        if project:
            rows = rows.filter(project=project_named(project))
        proofs = [(release.project.slug, verify_release(release)) for release in rows]
        return Told(
            [{"project": slug, **_said(proof)} for slug, proof in proofs],
            "\n".join(f"{slug} {_text(proof)}" for slug, proof in proofs),
            "; ".join(f"{slug} {_fault(proof)}" for slug, proof in proofs if not proof.holds),
        )


def release_named(project: Project, version: str) -> Release:
    """The release of that version; `v1` and `1` are the same."""
    number = version.removeprefix("v")
    found = None
    if number.isdecimal() and len(number) < 7:
        found = Release.objects.filter(project=project, number=int(number)).first()
    if found is None:
        raise NotVisible(f"There is no release {version!r} of {project.slug}.")
    return found


def _said(proof: Proof) -> dict[str, Any]:
    return {"holds": proof.holds, **asdict(proof)}


def _fault(proof: Proof) -> str:
    return "" if proof.holds else f"{proof.version}: faults: {len(proof.faults)}"


def _text(proof: Proof) -> str:
    head = (
        f"{proof.version}: {proof.documents} documents, {proof.spans} labels, sha256 {proof.sha256}"
    )
    gone = [f"taken down: {each}" for each in proof.taken_down]
    if proof.retracted:
        gone.append("retracted")
    if proof.holds:
        return "\n".join([head, *gone, "Every label leads back to the bytes that came in."])
    faults = (f"{each.code} {each.place}: {each.detail}" for each in proof.faults)
    return "\n".join([head, *gone, *faults])
