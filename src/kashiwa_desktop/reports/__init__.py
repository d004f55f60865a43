"""Papers: values in, PDF out."""
