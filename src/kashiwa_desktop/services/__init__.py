"""What happens in what order, inside one transaction; one verb a method."""
