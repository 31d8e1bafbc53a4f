"""The figures of the overview, reckoned once more from a plain list of what arrived when.

No figure is reckoned by the code of a service: what counts is read from the rulebooks, as anybody could.
Three files know the services all the same: `town` runs those that are compared, `arrived` asks them, and
`lines` takes from projects the id that it gives to a listing. What a service refuses is no matter of this
list: whoever compares lets come only what is taken."""
