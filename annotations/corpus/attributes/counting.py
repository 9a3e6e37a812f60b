"""Which values the documents of a project have, and which documents have a value."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import BooleanField, Expression, F, Func, QuerySet, Value

from annotations.corpus.models import Attribute, Document
from annotations.project.models import Project

_COUNTED = """
WITH said AS (
  SELECT e ->> 'key' AS key, e ->> 'value' AS value, count(*) AS times
    FROM annotations_document d, jsonb_array_elements(d.attributes) AS e
   WHERE d.project_id = %(project)s AND (%(key)s = '' OR e ->> 'key' = %(key)s)
     AND NOT EXISTS (SELECT 1 FROM annotations_document n WHERE n.previous_id = d.id)
   GROUP BY 1, 2
)
SELECT key, value, times, all_times FROM (
  SELECT *, sum(times) OVER (PARTITION BY key) AS all_times,
         row_number() OVER (PARTITION BY key ORDER BY times DESC, value COLLATE "C") AS place
    FROM said) AS ranked
 WHERE %(most)s::int IS NULL OR place <= %(most)s ORDER BY key, place
"""


@dataclass(slots=True)
class Counted:
    """How many documents have the attribute, and its most frequent values with their counts."""

    documents: int = 0
    values: list[tuple[str, int]] = field(default_factory=list)


def counted(project: Project, *, key: str = "", most: int | None = None) -> dict[str, Counted]:
    """By key, for present versions; `most` values of each, or all."""
    found: dict[str, Counted] = defaultdict(Counted)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"project": project.pk, "key": key, "most": most})
        for each, value, times, every in cursor.fetchall():
            found[each].documents = int(every)
            found[each].values.append((value, times))
    return found


def having(found: QuerySet[Document], attribute: Attribute, *, value: str) -> QuerySet[Document]:
    """The documents whose value holds `value`, in any case; with an empty one those that have any."""
    if not value:
        return found.filter(attributes__contains=[{"key": attribute.key}])
    sought = value.casefold()
    known = counted(attribute.project, key=attribute.key)[attribute.key].values
    fitting = [each for each, _times in known if sought in each.casefold()]
    path = "$[*] ? (@.key == $key && @.value == $values[*])"
    return found.filter(_holds(path, {"key": attribute.key, "values": fitting}))


def lacking(found: QuerySet[Document], attribute: Attribute) -> QuerySet[Document]:
    return found.exclude(attributes__contains=[{"key": attribute.key}])


def _holds(path: str, variables: dict[str, object]) -> Expression:
    return Func(
        F("attributes"),
        Func(Value(path), template="%(expressions)s::jsonpath"),
        Func(Value(json.dumps(variables)), template="%(expressions)s::jsonb"),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
