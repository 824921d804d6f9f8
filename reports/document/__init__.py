"""The agreement report: chapters, charts, and the files that they are written to."""
