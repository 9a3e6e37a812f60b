"""Static files under names that carry their hash, module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """Lets our ES modules import each other under hashed names, so no cache can mix two releases.

    Scripts of other packages are left as they are: Django's pattern takes comments for imports.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 30  # as deep as a chain of imports may be
    _js_module_import_aggregation_patterns = (
        "annotations/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
