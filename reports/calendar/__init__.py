"""The calendar: meetings, deadlines, council days, days off, for oneself and for the school; as .ics too."""
