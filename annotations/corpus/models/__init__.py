"""Files as they came, the text that coders read, and what tells the same."""

from annotations.corpus.models.archived import Archived
from annotations.corpus.models.deliveries import Import, ImportFile, ImportState, Outcome
from annotations.corpus.models.documents import (
    CODED_ZONES,
    AcceptedWarning,
    Attribute,
    AttributeKind,
    Document,
    Passage,
    Source,
    TextBlock,
    Zone,
)
from annotations.corpus.models.stories import (
    CandidateDecision,
    DocumentSketch,
    Story,
    StoryCandidate,
    StoryRelation,
)

__all__ = [
    "CODED_ZONES",
    "AcceptedWarning",
    "Archived",
    "Attribute",
    "AttributeKind",
    "CandidateDecision",
    "Document",
    "DocumentSketch",
    "Import",
    "ImportFile",
    "ImportState",
    "Outcome",
    "Passage",
    "Source",
    "Story",
    "StoryCandidate",
    "StoryRelation",
    "TextBlock",
    "Zone",
]
