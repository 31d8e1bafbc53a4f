"""Users of broker and stores: made, listed, given other passwords, taken away."""
