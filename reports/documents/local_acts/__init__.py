"""Local acts of the school and who reads them."""
