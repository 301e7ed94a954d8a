"""Which Keras the program's environment has: what the analysis knows is Keras 3, and in places Keras 2 does otherwise."""

from __future__ import annotations

from shapewright.interpreter.run import Run


def is_keras_2(run: Run) -> bool:
    """Whether the environment has a Keras of before version 3. Without any Keras the newest is meant."""
    memory = run.memory
    if memory.keras_2 is None:
        path = memory.module.path
        newer = run.find(path, 0, "keras.src.version") is not None
        memory.keras_2 = not newer and any(
            run.find(path, 0, name) is not None for name in ("keras.src.engine", "keras.engine")
        )
    return memory.keras_2


def in_words_of_keras_2(message: str) -> str:
    """The message of an input spec as Keras 2 words it. Source: keras/src/engine/input_spec.py in Keras 2.15."""
    return message.replace("Input 0 with name 'None' of layer '{layer}'", 'Input 0 of layer "{layer}"')
