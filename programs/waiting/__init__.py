"""What waits for somebody in pairs, programmes, their running and completion: one module per thing."""
