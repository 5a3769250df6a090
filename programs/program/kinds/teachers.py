"""The form «педагог – педагог»: two teachers (п. 2.3)."""

from programs.program.kinds.declaration import Declaration

TEACHERS = Declaration(
    "teachers",
    "Преподаватель-профессионал и преподаватель, которому нужны поддержка и сопровождение. Других бумаг не нужно.",
)
