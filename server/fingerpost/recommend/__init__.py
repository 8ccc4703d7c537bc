"""From what a person types to ranked answers that say why."""
