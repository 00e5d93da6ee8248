"""Editors for the values of Fields: one for each type of field, all of one form (`FieldEditor`)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storage.domain.fields import Field
from ui.widgets.editors.base import FieldEditor
from ui.widgets.editors.choices import ChoiceEditor, YesNoEditor
from ui.widgets.editors.figures import NumberEditor, PeriodEditor, QuantityEditor
from ui.widgets.editors.reference import Choose, ReferenceEditor
from ui.widgets.editors.words import LongWordsEditor, WordsEditor

__all__ = ["Choose", "FieldEditor", "editor_for"]

EDITORS: dict[str, type[FieldEditor]] = {
    "choice": ChoiceEditor,
    "yes-no": YesNoEditor,
    "number": NumberEditor,
    "quantity": QuantityEditor,
    "period": PeriodEditor,
}


def editor_for(field: Field, parent: QWidget, language: str, choose: Choose) -> FieldEditor:
    """Return the editor of a field's type; `choose(kind, words)` finds the records that a reference may name.

    Raises KeyError for a type that cannot be edited (several records of a link table).
    """
    if field.type.name == "reference":
        return ReferenceEditor(field, parent, language, choose)
    if field.type.name == "words":
        return (LongWordsEditor if getattr(field.type, "long", False) else WordsEditor)(field, parent, language)
    return EDITORS[field.type.name](field, parent, language)
