"""Widgets that know nothing of records: the parts that pages are made of."""
