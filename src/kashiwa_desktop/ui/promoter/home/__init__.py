"""Screen 1, 今月."""
