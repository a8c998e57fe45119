"""B5: from the commit of a change to the hit that has it, while people search."""
