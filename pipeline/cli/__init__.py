"""The command line: one verb a file, each a thin command over a plain function."""
