"""Messages that are parked for a person, and the sequences that wait behind them."""
