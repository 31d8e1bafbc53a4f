"""The land of the year: plots, the cases that remediate them, and the parks that some bear."""
