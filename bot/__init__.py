"""Answers questions about a clinical trial from a curated, cited knowledge pack."""

__version__ = "0.1.0"
