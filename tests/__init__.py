"""The tests, in the order of the sources; ``house`` looks at the code itself, ``browser`` at what people see."""
