"""What a service keeps, in Redis: collections of documents, read and committed as units of work."""
