"""The human loop through Label Studio: to come."""
