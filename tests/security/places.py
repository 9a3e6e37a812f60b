"""Every route and verb of the table, and a project beside the cast's own."""

from __future__ import annotations

from annotations.project.members import enrol
from annotations.project.models import Project, Role
from tests.cast import Cast, frozen_edition, person
from tests.security.table import rows

UNSAFE = [(method, path) for method, path, _ in rows() if method != "GET"]
READ = [path for method, path, _ in rows() if method == "GET"]


def another_project() -> Cast:
    """With people of its own, none of whom has a part in the first."""
    project = Project.objects.create(slug="mills", name="Life in the mills")
    roles = {"ada": Role.ANNOTATOR, "ben": Role.ANNOTATOR, "cleo": Role.ADJUDICATOR}
    roles |= {"mia": Role.MANAGER, "rita": Role.READER}
    people = {name: person(f"{name}2") for name in (*roles, "dag")}
    coders = {
        f"{name}2": enrol(people[name], project, roles=[role]) for name, role in roles.items()
    }
    return Cast(project=project, edition=frozen_edition(project), coders=coders, **people)
