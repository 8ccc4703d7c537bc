"""`python -m fingerpost` is the command `fingerpost`."""

from fingerpost.cli import main

main()
