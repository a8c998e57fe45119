"""What people learn of challenges, submissions, reviews and awards."""
