"""Who holds which role on a day, holders of an office, letters to holders of a right, the letterhead of papers."""
