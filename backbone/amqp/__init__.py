"""AMQP as the backbone uses it: topology, connections, publishing with confirms, consuming."""
