"""The desks of the park at work while everything is killed: whole lives of plots by commands over RPC, from
the lead to the review of what was promised, each repeated until it is answered, and some once more.

What the services said of it is held against their own histories: every fact that a commit announced was
published and reached notify, and took effect once wherever it was heard.
"""
