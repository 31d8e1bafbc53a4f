"""How people lay a sheet out around its rows: what stands above them, merged cells, totals."""
