"""The firms of the year: who they are, where they work, and what they report and ask for."""
