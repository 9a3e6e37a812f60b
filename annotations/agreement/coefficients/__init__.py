"""Figures of agreement, each with its source, and undefined with a reason where it is. Pure."""
