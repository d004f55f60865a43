"""The invented world of demo, practice and pictures."""
