"""Bytes → text, each change recorded, and the way back. Pure."""
