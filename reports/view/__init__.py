"""An article for reading: as a page, and in the terminal."""
