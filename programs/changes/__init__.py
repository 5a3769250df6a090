"""What changes a pair or a program at work, final by an order.

One sub-folder for each type of change; the steps and pages that all of them share are here.
"""
