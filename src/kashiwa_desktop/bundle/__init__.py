"""The files that travel between promoters and the office (BUNDLE.md)."""
