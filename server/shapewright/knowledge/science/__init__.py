"""Rules for the libraries that stand around Keras programs: scikit-learn, SciPy, OpenCV, Matplotlib. Importing this package
registers them. None of them is needed; what stands here was measured with scikit-learn 1.7, SciPy 1.16, OpenCV 4.12 and
Matplotlib 3.10."""

from shapewright.knowledge.science import images, learning, plots, signals

__all__ = ["images", "learning", "plots", "signals"]
