"""`tenglong import`: the files that townships hand in."""
