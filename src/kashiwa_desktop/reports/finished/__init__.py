"""Finished PDFs: put together, read again, compared."""
