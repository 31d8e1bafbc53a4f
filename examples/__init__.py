"""Programs that use the park from outside. docs/client.md and docs/rpc.md say what each shows."""
