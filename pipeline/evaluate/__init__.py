"""Scores with intervals, on gold files that people made."""
