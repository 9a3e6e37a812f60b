from importlib import import_module

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = "Annotation workbench"

    def ready(self) -> None:
        import_module("workbench.checks")
