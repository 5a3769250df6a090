"""Consultation and mediation by the methodical council (п. 3.5): private to those named, no part of the programme."""
