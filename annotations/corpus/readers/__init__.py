"""Readers of what is more than plain text. Pure: bytes → Draft."""
