"""Which languages a project's documents are in."""

from __future__ import annotations

from django.db import connection

from annotations.project.models import Project

LANGUAGES = """
WITH RECURSIVE known AS (
  SELECT min(language) AS language FROM annotations_document WHERE project_id = %(project)s AND language > ''
  UNION ALL
  SELECT (SELECT min(d.language) FROM annotations_document d
           WHERE d.project_id = %(project)s AND d.language > k.language)
    FROM known k WHERE k.language IS NOT NULL
) SELECT language FROM known WHERE language IS NOT NULL
"""


def languages_of(project: Project) -> list[str]:
    """Of all its documents: one step in the index for each, however many documents there are."""
    with connection.cursor() as cursor:
        cursor.execute(LANGUAGES, {"project": project.pk})
        return [row[0] for row in cursor.fetchall()]
