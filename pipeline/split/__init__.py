"""Text to sentences: headline and dateline apart, quotations kept whole, every character in one place."""
