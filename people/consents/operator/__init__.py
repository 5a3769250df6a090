"""What the school tells Роскомнадзор of itself as an operator of personal data (152-ФЗ, ст. 22; приказ № 180)."""
