"""The legal lives of programs as tables that read like the regulation: one module per thing."""
