"""Engines that are not ours: any SPARQL 1.1 endpoint, asked over HTTP."""
