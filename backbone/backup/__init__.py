"""A consistent copy of one service's store, taken while the service works; and how it is put back."""
