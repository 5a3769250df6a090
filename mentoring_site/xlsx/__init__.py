"""Workbooks: ``reader`` opens what people upload (``walk`` does it in a process that ends), ``writer`` streams ours."""
