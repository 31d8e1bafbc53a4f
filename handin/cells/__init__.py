"""What a cell says: codes, days, figures with units, and a reader for each kind of column."""
