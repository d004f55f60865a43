"""Screens 40 to 43: what the supervisor works with."""
