"""B6: one room, very many members, and how fast what one of them says reaches all of them."""
