"""The truth about letters: settings of mail, a test letter, the delivery journal, who was told after an act."""
