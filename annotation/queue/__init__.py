"""Which sentences go to people, in which order, and with what chance."""
