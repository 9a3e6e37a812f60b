"""Every domain's models, for Django."""

from annotations.adjudication.models import Point, Ruling, Standing, Sweep
from annotations.assignment.models import Assignment, Batch, BatchDocument, Transition
from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.assignment.tallies import Tally
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import Annotation, Revision, Snapshot
from annotations.coding.remarks import Comment, CommentMark, Flag
from annotations.coding.sayings import Saying
from annotations.corpus.folded import FoldedPassage
from annotations.corpus.models import (
    AcceptedWarning,
    Archived,
    Attribute,
    Document,
    DocumentSketch,
    Import,
    ImportFile,
    Passage,
    Source,
    Story,
    StoryCandidate,
    TextBlock,
)
from annotations.project.backups import BackupRun
from annotations.project.models import (
    ApiToken,
    Coder,
    Membership,
    Preference,
    Project,
    SignInLink,
    User,
)
from annotations.release.freezings import Freezing, FreezingProgress
from annotations.release.models import Release, ReleaseDocument, ReleaseEvidence, ReleaseSpan
from annotations.release.withdrawals import Retraction, Takedown

__all__ = [
    "AcceptedWarning",
    "Annotation",
    "ApiToken",
    "Archived",
    "Assignment",
    "Attribute",
    "BackupRun",
    "Batch",
    "BatchDocument",
    "Coder",
    "Comment",
    "CommentMark",
    "Document",
    "DocumentSketch",
    "Edition",
    "Exclusion",
    "Flag",
    "FoldedPassage",
    "Freezing",
    "FreezingProgress",
    "Hand",
    "Import",
    "ImportFile",
    "Membership",
    "Passage",
    "Point",
    "Preference",
    "Project",
    "Release",
    "ReleaseDocument",
    "ReleaseEvidence",
    "ReleaseSpan",
    "Retraction",
    "Revision",
    "Ruling",
    "Saying",
    "Seat",
    "SignInLink",
    "Snapshot",
    "Source",
    "StanceValue",
    "Standing",
    "Story",
    "StoryCandidate",
    "Sweep",
    "Takedown",
    "Tally",
    "TextBlock",
    "Theme",
    "Transition",
    "User",
]
