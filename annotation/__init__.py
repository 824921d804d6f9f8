"""The human loop through Label Studio: which sentences go to people, how they see them, and what they decided."""
