"""One module or package for each kind of order (docs/adding-an-order-kind.md); ``registry`` finds them."""
