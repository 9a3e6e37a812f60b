"""The chain of a released label."""

from __future__ import annotations

from typing import get_type_hints

from annotations.api.schema.kinds import COUNT, UNIT, UUID, Schema, one_of, record, ref
from annotations.api.schema.of_releases import SCOPES, TAG
from annotations.api.schema.operations import Paths, json, verb
from annotations.api.schema.rows import kind_of
from annotations.release.chain_links import Chain

_STATE = one_of("holds", "broken", "gone")
_LINKS = {name: kind_of(hint) for name, hint in get_type_hints(Chain).items() if name != "id"}
SCHEMAS: dict[str, Schema] = {
    "Chain": record(
        id=UUID,
        offset_unit=UNIT,
        state=_STATE,
        checks=record(holds=COUNT, broken=COUNT, gone=COUNT),
        **_LINKS,
    )
}
PATHS: Paths = {
    "/api/v1/projects/{slug}/releases/{version}/labels/{label}": {
        "get": verb(
            "From a released label back to the bytes of its file",
            {200: json(ref("Chain"))},
            tag=TAG,
            scopes=SCOPES,
            said="Each link is compared as it is read: `holds`, `broken`, or `gone` after a takedown.",
        )
    }
}
