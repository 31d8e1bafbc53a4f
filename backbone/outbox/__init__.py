"""How committed facts get to the broker: in order, once confirmed, by one relay a service."""
