"""Who supports a mentee without a pair meanwhile, how and till when (roadmap, stage 5)."""
