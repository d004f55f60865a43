"""A month as a whole: closed, opened again, where it stands, what changed in it since."""
