"""`make mutants`: every handler and every rule is switched off in turn, and some test has to fail.

A test that passes while a rule is off does not hold that rule, whatever its name says. Nothing is
written to files: a switched-off function gets other code in the process that runs the tests.
"""
