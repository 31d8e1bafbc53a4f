"""Workbooks and CSV that townships hand in: read, judged row by row, and turned into their events.

Plain Python: it reads files and knows no broker. `cli/handin/` publishes what comes of a file.
"""
