"""A run into a project, once, whatever fails."""
