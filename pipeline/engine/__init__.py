"""Engines: run stages over the chunks of a run. Which engine ran never changes the output."""
