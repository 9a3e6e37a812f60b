from django.urls import path

from annotations.api import (
    adjudication,
    agreement,
    annotation_import,
    at_hand,
    batches,
    codebook,
    coding,
    documents,
    finding,
    freezings,
    imports,
    projects,
    release_chain,
    release_changes,
    releases,
    remarks,
    saving,
    withdrawals,
)
from annotations.api.schema import views as schema

app_name = "api"
urlpatterns = [
    # What is asked for all day comes first, for addresses are tried in this order.
    path("annotations/<uuid:uuid>", saving.annotation, name="annotation"),
    path("annotations/<uuid:uuid>/revisions", saving.revisions, name="revisions"),
    path("projects", projects.Projects.as_view(), name="projects"),
    path("projects/<slug:slug>", projects.OneProject.as_view(), name="project"),
    path("projects/<slug:slug>/imports", imports.Imports.as_view(), name="imports"),
    path("imports/<uuid:uuid>", imports.OneImport.as_view(), name="import"),
    path("imports/<uuid:uuid>/files", imports.ImportFiles.as_view(), name="import-files"),
    path(
        "imports/<uuid:uuid>/files/<int:position>",
        imports.OneImportFile.as_view(),
        name="import-file",
    ),
    path(
        "projects/<slug:slug>/annotations/import",
        annotation_import.AnnotationImport.as_view(),
        name="annotation-import",
    ),
    path("projects/<slug:slug>/documents", documents.Documents.as_view(), name="documents"),
    path("projects/<slug:slug>/batches", batches.Batches.as_view(), name="batches"),
    path("schema", schema.schema, name="schema"),
    path("docs", schema.docs, name="docs"),
    path("csrf", coding.CsrfToken.as_view(), name="csrf"),
    path("assignments/<uuid:uuid>", coding.OneAssignment.as_view(), name="assignment"),
    path(
        "projects/<slug:slug>/assignments/next",
        coding.NextAssignment.as_view(),
        name="next-assignment",
    ),
    path("projects/<slug:slug>/assignments", at_hand.Assignments.as_view(), name="assignments"),
    path("me/preferences", at_hand.OwnPreferences.as_view(), name="preferences"),
    path("documents/<uuid:uuid>/original", at_hand.OriginalText.as_view(), name="original"),
    path("documents/<uuid:uuid>/comments", remarks.Comments.as_view(), name="comments"),
    path("comments/<uuid:uuid>", remarks.OneComment.as_view(), name="comment"),
    path("flags/<uuid:uuid>", remarks.OneFlag.as_view(), name="flag"),
    path("projects/<slug:slug>/search", finding.Search.as_view(), name="search"),
    path("projects/<slug:slug>/coded", finding.Coded.as_view(), name="coded"),
    path("documents/<uuid:uuid>/takedown", withdrawals.DocumentTakedown.as_view(), name="takedown"),
    path("documents/<uuid:uuid>", coding.OneDocument.as_view(), name="document"),
    path(
        "documents/<uuid:uuid>/adjudication",
        adjudication.Adjudication.as_view(),
        name="adjudication",
    ),
    path("projects/<slug:slug>/codebook", codebook.Codebook.as_view(), name="codebook"),
    path("projects/<slug:slug>/agreement", agreement.Agreement.as_view(), name="agreement"),
    path("projects/<slug:slug>/releases", releases.Releases.as_view(), name="releases"),
    # Before those of a version and its files, which would take it for theirs.
    path(
        "projects/<slug:slug>/releases/freezings/<uuid:uuid>",
        freezings.OneFreezing.as_view(),
        name="freezing",
    ),
    path(
        "projects/<slug:slug>/releases/<str:version>/retraction",
        withdrawals.ReleaseRetraction.as_view(),
        name="retraction",
    ),
    path(
        "projects/<slug:slug>/releases/<str:version>",
        releases.OneRelease.as_view(),
        name="release",
    ),
    path(
        "projects/<slug:slug>/releases/<str:version>/documents.jsonl",
        releases.ReleasedDocuments.as_view(),
        name="released-documents",
    ),
    path(
        "projects/<slug:slug>/releases/<str:version>/diff/<str:other>",
        release_changes.Differences.as_view(),
        name="release-differences",
    ),
    path(
        "projects/<slug:slug>/releases/<str:version>/labels/<uuid:uuid>",
        release_chain.LabelChain.as_view(),
        name="release-label",
    ),
    path("projects/<slug:slug>/changes", release_changes.Changes.as_view(), name="changes"),
    path(
        "projects/<slug:slug>/releases/<str:version>/<str:file>",
        releases.ReleasedFile.as_view(),
        name="released-file",
    ),
]
