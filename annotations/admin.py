"""Where Django looks for the administration."""

from annotations.desk import admin

__all__ = ["admin"]
