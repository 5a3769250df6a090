"""Another term or plan of a running program, by consent of every side (п. 7.2)."""
