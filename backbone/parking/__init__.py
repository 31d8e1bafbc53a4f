"""Messages that are set aside, and the sequences that wait behind them."""
