"""The command line of PRODUCT.md §8, over the same services as the window."""
