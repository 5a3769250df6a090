"""Evidence of a mentor for the category «педагог-наставник» (приказ Минпросвещения от 24.03.2023 № 196, п. 51)."""
