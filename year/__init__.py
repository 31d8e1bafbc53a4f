"""A year of the whole park, invented: its plots, firms, cases, carriers, supplies, projects and talents as a
stream of township events and internal commands, in the order of their coming. The same seed gives the same
bytes. Nothing and nobody in it exists but the townships and what the zone itself printed."""
