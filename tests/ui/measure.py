"""What a screen must hold, measured on the live widgets; each function returns complaints.

``complaints(page)`` asks everything at once. Pages are tested with it at each text size, with
doubled words, and in 1092 × 614 pixels.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from kashiwa_desktop.ui.theme import TARGET
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.text_label import TextLabel

WIDTH, HEIGHT = 1092, 614
LEAST_CONTRAST = 7.0


def complaints(root: QWidget) -> list[str]:
    """Everything that is wrong with what is shown in ``root`` right now."""
    return [
        *clipped(root),
        *small_targets(root),
        *unnamed(root),
        *out_of_order(root),
        *rich_labels(root),
        *tofu_in(root),
        *stray_windows(root),
    ]


def show_at(qtbot, widget: QWidget, width: int = WIDTH, height: int = HEIGHT) -> None:
    """Show ``widget`` in a size and wait until it is laid out."""
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    settle()


def settle() -> None:
    """Let layouts and style sheets come to rest."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def contrast(ink: str, ground: str) -> float:
    """Contrast of two colours as WCAG 2 defines it, 1 to 21."""
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def clipped(root: QWidget) -> list[str]:
    """Labels, buttons, fields and headings whose text has not enough room, or that are cut off."""
    found = []
    for widget in _shown(root):
        room = _text_room(widget)
        if room:
            found.append(f"clipped: {_name(widget)}: {room}")
        outside = _outside(widget, root)
        if outside:
            found.append(f"cut off: {_name(widget)}: {outside}")
    return found


def small_targets(root: QWidget) -> list[str]:
    """Widgets to be pressed or typed into that are smaller than 44 × 44 pixels."""
    return [
        f"small: {_name(widget)}: {widget.width()} × {widget.height()}"
        for widget in _shown(root)
        if _is_target(widget) and min(widget.width(), widget.height()) < TARGET
    ]


def unnamed(root: QWidget) -> list[str]:
    """Widgets that take the keyboard and have no name for a screen reader."""
    found = []
    for widget in _shown(root):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy():
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"no name: {_name(widget)}")
    return found


def tab_order(root: QWidget) -> list[QWidget]:
    """The widgets of ``root`` in the order in which Tab visits them."""
    chain, widget = [], root.nextInFocusChain()
    while widget is not root:
        if root.isAncestorOf(widget) and _takes_tab(widget, root):
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def out_of_order(root: QWidget) -> list[str]:
    """Pairs of widgets that Tab visits against the reading order."""
    order = tab_order(root)
    return [
        f"order: {_name(first)} before {_name(second)}"
        for first, second in pairwise(order)
        if _reads_before(second, first)
    ]


def rich_labels(root: QWidget) -> list[str]:
    """Labels that are not plain text."""
    return [
        f"not plain: {_name(label)}"
        for label in root.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]


def tofu(text: str, font: QFont) -> list[str]:
    """Characters of ``text`` that no font of the program can draw."""
    missing = []
    for character in text:
        if (
            character.isspace()
            or 0xFE00 <= ord(character) <= 0xFE0F
            or 0xE0100 <= ord(character) <= 0xE01EF
        ):
            continue
        layout = QTextLayout(character, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        if any(0 in run.glyphIndexes() for run in layout.glyphRuns()):
            missing.append(character)
    return missing


def tofu_in(root: QWidget) -> list[str]:
    """Labels and buttons with characters that cannot be drawn."""
    return [
        f"tofu: {_name(widget)}: {missing}"
        for widget in _shown(root)
        if (missing := tofu(_text(widget), widget.font()))
    ]


def stray_windows(root: QWidget) -> list[str]:
    """Windows that came up by mistake, because a widget was shown before it had a parent."""
    return [
        f"stray window: {_name(window)}"
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
        and window is not root.window()
        and not isinstance(window, QMenu)
        and window.parentWidget() is None
    ]


def double_words(root: QWidget) -> None:
    """Write every word of labels and buttons twice, as a longer language would."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, TextLabel):
            widget.setText(widget.text() * 2)
        elif isinstance(widget, BigButton):
            widget.set_word(widget.word * 2)
        elif isinstance(widget, QCheckBox | QRadioButton):
            widget.setText(widget.text() * 2)
    settle()


def _luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shown(root: QWidget) -> Iterator[QWidget]:
    return (w for w in root.findChildren(QWidget) if w.isVisible() and not w.isWindow())


def _text(widget: QWidget) -> str:
    if isinstance(widget, BigButton):
        return widget.word
    if isinstance(widget, QLabel | QCheckBox | QRadioButton):
        return widget.text()
    return ""


def _name(widget: QWidget) -> str:
    text = _text(widget) or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {text[:30]!r}"


def _text_room(widget: QWidget) -> str:
    """Say what is missing for the text of ``widget``; empty when it fits."""
    if isinstance(widget, TextLabel | BigButton):
        need = widget.needed(widget.width())
        if need.width() > widget.width() or need.height() > widget.height():
            return (
                f"needs {need.width()} × {need.height()}, has {widget.width()} × {widget.height()}"
            )
    elif isinstance(widget, QComboBox | QCheckBox | QRadioButton):
        need = widget.sizeHint()
        if need.width() > widget.width() or need.height() > widget.height():
            return (
                f"needs {need.width()} × {need.height()}, has {widget.width()} × {widget.height()}"
            )
    elif isinstance(widget, QLineEdit):
        words = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if words > widget.width() - 20 or widget.fontMetrics().height() > widget.height():
            return f"needs {words}, has {widget.width()}"
    elif isinstance(widget, QHeaderView):
        return _short_section(widget)
    elif isinstance(widget, QTableView):
        least = widget.fontMetrics().height()
        if widget.verticalHeader().defaultSectionSize() < max(least, TARGET):
            return "rows too low"
    return ""


def _short_section(header: QHeaderView) -> str:
    if header.orientation() == Qt.Orientation.Vertical:
        return ""
    for section in range(header.count()):
        if header.sectionSizeHint(section) > header.sectionSize(section):
            return f"section {section}"
    return ""


def _outside(widget: QWidget, root: QWidget) -> str:
    """Say how far ``widget`` stands out of the ancestors that do not scroll."""
    if not _text(widget) and not _is_target(widget):
        return ""
    child, box = widget, widget.rect()
    while child is not root and child.parentWidget() is not None:
        parent = child.parentWidget()
        box = QRect(child.mapTo(parent, box.topLeft()), box.size())
        edge = parent.rect()
        scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea)
        if box.left() < edge.left() or box.right() > edge.right():
            return f"x {box.left()}–{box.right()} of {edge.right()}"
        if scrolls:
            if isinstance(parent.parentWidget(), QScrollArea):
                box = QRect(QPoint(box.left(), 0), QPoint(box.right(), 0))
        elif box.top() < edge.top() or box.bottom() > edge.bottom():
            return f"y {box.top()}–{box.bottom()} of {edge.bottom()}"
        child = parent
    return ""


def _is_target(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar | QHeaderView | QScrollArea):
        return False
    if isinstance(widget.parentWidget(), QHeaderView | QTableView):
        return False
    typed = widget.focusPolicy() & Qt.FocusPolicy.ClickFocus and not widget.focusProxy()
    return isinstance(widget, QAbstractButton) or bool(typed)


def _takes_tab(widget: QWidget, root: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return (
        bool(policy) and widget.isVisibleTo(root) and widget.isEnabled() and not widget.focusProxy()
    )


def _reads_before(one: QWidget, other: QWidget) -> bool:
    """Whether ``one`` stands above ``other``, or left of it in the same line."""
    a, b = _within_common_parent(one, other)
    if a.bottom() <= b.top():
        return True
    overlap = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    return overlap > min(a.height(), b.height()) / 2 and a.right() <= b.left()


def _within_common_parent(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    ancestors = []
    widget: QWidget | None = one
    while widget is not None:
        ancestors.append(widget)
        widget = widget.parentWidget()
    below = other
    while below.parentWidget() not in ancestors:
        below = below.parentWidget()
    common = below.parentWidget()
    place = ancestors.index(common)
    return ancestors[max(place - 1, 0)].geometry(), below.geometry()
