"""The way into any Label Studio server: which one, with which token, who works there, and calls that may fail."""
