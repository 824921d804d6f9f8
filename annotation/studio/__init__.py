"""The Label Studio server of this machine."""
