"""The pool: patents, who owns them, on what terms they are offered, and who asks for a licence."""
