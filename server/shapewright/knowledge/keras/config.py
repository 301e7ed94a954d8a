"""What Keras's own settings answer when nobody has changed them."""

from __future__ import annotations

from shapewright.knowledge.registry import function


@function("keras.config.image_data_format")
def image_data_format() -> str:
    """The default of keras.json. Source: keras/src/backend/config.py.

    >>> {name}()
    """
    return "channels_last"


@function("keras.config.floatx", "keras.backend.floatx")
def floatx() -> str:
    """The default of keras.json. Source: keras/src/backend/config.py.

    >>> {name}()
    """
    return "float32"


@function("keras.config.backend", "keras.backend.backend")
def backend() -> str:
    """The backend that this version of shapewright knows. Source: keras/src/backend/config.py.

    >>> {name}()
    """
    return "tensorflow"


@function("keras.config.epsilon", "keras.backend.epsilon")
def epsilon() -> float:
    """The default of keras.json. Source: keras/src/backend/config.py.

    >>> {name}()
    """
    return 1e-07
