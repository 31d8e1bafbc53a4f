"""What the desks of the zone do in the year: each command once, under a request id of its own."""
