"""The form of one community resource, its words and its details, for screens 8 and 37."""
