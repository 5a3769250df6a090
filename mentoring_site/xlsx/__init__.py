"""Workbooks: ``reader`` opens what people upload, ``writer`` streams ours."""
