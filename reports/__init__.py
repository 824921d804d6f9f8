"""What people read: an article with who says what, and how far annotators agree."""
