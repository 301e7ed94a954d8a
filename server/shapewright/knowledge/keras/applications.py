"""The applications: what is asked of an architecture, and the helpers that they share. Source: keras/src/applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shapewright.knowledge.arrays.arguments import operand
from shapewright.knowledge.arrays.dtypes import is_float, is_int
from shapewright.knowledge.keras.architectures import Network, architecture
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


@function("keras.applications.imagenet_utils.obtain_input_shape")
def obtain_input_shape(
    input_shape: Any,
    default_size: int,
    min_size: Any,
    data_format: Any,
    require_flatten: Any,
    weights: Any = None,
) -> tuple[Any, ...]:
    """The input shape of an architecture: what is given, else its default size, else any size.

    Source: keras/src/applications/imagenet_utils.py.
    """
    if UNKNOWN in (input_shape, data_format, require_flatten, weights) or data_format != "channels_last":
        raise NotKnown("shape")
    if input_shape is not None:
        return tuple(input_shape)
    return (default_size, default_size, 3) if require_flatten else (None, None, 3)


@function("keras.applications.imagenet_utils.correct_pad")
def correct_pad(inputs: Given, kernel_size: Any) -> tuple[Any, ...]:
    """What to pad each side of an image with before a convolution of stride 2.

    Source: keras/src/applications/imagenet_utils.py.
    """
    sizes = inputs.axis(1), inputs.axis(2)
    kernel = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    if kernel is UNKNOWN or not all(dim.is_known or dim.is_dynamic for dim in sizes):
        raise NotKnown("sizes")
    pads = []
    for length, dim in zip(kernel, sizes, strict=True):
        half = int(length) // 2
        less = 1 - dim.size % 2 if isinstance(dim.size, int) and isinstance(sizes[0].size, int) else 1
        pads.append((half - less, half))
    return tuple(pads)


# -- the applications themselves; the interpreter builds the model that a `Network` describes


def _network(
    name: str,
    include_top: Any,
    weights: Any,
    input_tensor: Any,
    input_shape: Any,
    pooling: Any,
    classes: Any,
    preprocessing: Any = True,
) -> Network:
    """What is asked, checked as obtain_input_shape in keras/src/applications/imagenet_utils.py does."""
    data = architecture(name)
    if not isinstance(include_top, (bool, int)) or not isinstance(preprocessing, bool) or pooling is UNKNOWN:
        raise NotKnown("include_top")
    top, pretrained = bool(include_top), weights == "imagenet"
    if pretrained and top and classes != 1000:
        raise NotKnown("1000 classes")
    if pooling not in (None, "avg", "max") or not isinstance(classes, (int, Dim)):
        raise NotKnown("pooling")
    if isinstance(input_tensor, Given) and input_shape is None:
        sample = Shape(input_tensor.shape.dims[1:])
    elif input_shape is None:
        sample = Shape(data["whole" if top else "body"])
    elif isinstance(input_shape, (tuple, list)) and len(input_shape) == 3:
        sample = Shape(Dim(None) if size is None else _size(size) for size in input_shape)
    else:
        raise NotKnown("input_shape")
    if sample.rank != 3 or (input_tensor is not None and not isinstance(input_tensor, Given)):
        raise NotKnown("input_tensor")
    if any(isinstance(size, int) and size < data["least"] for size in sample.sizes[:2]):
        raise NotKnown("a size that is large enough")
    if pretrained and (sample.sizes[2] != 3 or (top and list(sample.sizes) != data["whole"])):
        raise NotKnown("the size of the pretrained weights")
    if top and None in sample.sizes and None not in data["whole"]:
        raise NotKnown("a size")
    if name.startswith("NASNet") and None in sample.sizes:
        raise NotKnown("a size")  # other layers are needed then
    rescaled = pretrained and name.startswith("EfficientNetB")
    tensor = input_tensor.tensor if isinstance(input_tensor, Given) else None
    return Network(name, sample, top, pooling, classes, preprocessing, rescaled, tensor)


def default_name(network: Network) -> str:
    """What the model is called that is not given a name.

    Source: the defaults of `name` in keras/src/applications, and MobileNet and MobileNetV2.
    """
    name = network.name
    if name in ("MobileNet", "MobileNetV2"):
        return f"{name.lower()}_{network.alpha:0.2f}_{network.sample.sizes[0]}"
    for prefix, written in _PREFIXES.items():
        if name.startswith(prefix):
            return written + name[len(prefix) :].lower()
    return name if name.startswith("MobileNetV3") else name.lower()


NUMBERED_BY_HAND = {("MobileNet", "Reshape"): "reshape_2"}
"""Names that look as if Keras had numbered them, and that the architecture gives."""


def pooling_name(network: Network) -> str:
    """What the layer is called that `pooling=` asks for; empty where Keras does not name it itself."""
    named = network.name.startswith(("DenseNet", "EfficientNet", "MobileNetV3", "ResNet"))
    return f"{network.pooling}_pool" if named else ""


_PREFIXES = {
    "ConvNeXt": "convnext_",
    "EfficientNetV2": "efficientnetv2-",
    "InceptionResNet": "inception_resnet_",
    "Inception": "inception_",
    "NASNet": "nasnet_",
}


def _size(size: Any) -> Dim:
    if isinstance(size, Dim):
        return size
    if isinstance(size, int) and not isinstance(size, bool):
        return Dim(size)
    raise NotKnown("input_shape")


def _plain(name: str) -> None:
    def application(
        include_top: Any = True,
        weights: Any = "imagenet",
        input_tensor: Any = None,
        input_shape: Any = None,
        pooling: Any = None,
        classes: Any = 1000,
        classifier_activation: Any = "softmax",
        **_: Any,
    ) -> Network:
        return _network(name, include_top, weights, input_tensor, input_shape, pooling, classes)

    function(f"keras.applications.{name}")(application)


for _name in (
    *("DenseNet121", "DenseNet169", "DenseNet201", "InceptionResNetV2", "InceptionV3", "VGG16", "VGG19", "Xception"),
    *("ResNet50", "ResNet101", "ResNet152", "ResNet50V2", "ResNet101V2", "ResNet152V2"),
    *(f"EfficientNetB{n}" for n in range(8)),
):
    _plain(_name)


def _convnext(name: str) -> None:
    def application(
        include_top: Any = True,
        include_preprocessing: Any = True,
        weights: Any = "imagenet",
        input_tensor: Any = None,
        input_shape: Any = None,
        pooling: Any = None,
        classes: Any = 1000,
        classifier_activation: Any = "softmax",
        **_: Any,
    ) -> Network:
        given = (input_tensor, input_shape, pooling, classes)
        return _network(name, include_top, weights, *given, include_preprocessing)

    function(f"keras.applications.{name}")(application)


def _efficientnet_v2(name: str) -> None:
    def application(
        include_top: Any = True,
        weights: Any = "imagenet",
        input_tensor: Any = None,
        input_shape: Any = None,
        pooling: Any = None,
        classes: Any = 1000,
        classifier_activation: Any = "softmax",
        include_preprocessing: Any = True,
        **_: Any,
    ) -> Network:
        given = (input_tensor, input_shape, pooling, classes)
        return _network(name, include_top, weights, *given, include_preprocessing)

    function(f"keras.applications.{name}")(application)


def _mobilenet_v3(name: str) -> None:
    def application(
        input_shape: Any = None,
        alpha: Any = 1.0,
        minimalistic: Any = False,
        include_top: Any = True,
        weights: Any = "imagenet",
        input_tensor: Any = None,
        classes: Any = 1000,
        pooling: Any = None,
        dropout_rate: Any = 0.2,
        classifier_activation: Any = "softmax",
        include_preprocessing: Any = True,
        **_: Any,
    ) -> Network:
        if alpha != 1.0 or minimalistic is not False:
            raise NotKnown("the architecture of alpha 1")
        given = (input_tensor, input_shape, pooling, classes)
        return _network(name, include_top, weights, *given, include_preprocessing)

    function(f"keras.applications.{name}")(application)


def _nasnet(name: str) -> None:
    def application(
        input_shape: Any = None,
        include_top: Any = True,
        weights: Any = "imagenet",
        input_tensor: Any = None,
        pooling: Any = None,
        classes: Any = 1000,
        classifier_activation: Any = "softmax",
        **_: Any,
    ) -> Network:
        return _network(name, include_top, weights, input_tensor, input_shape, pooling, classes)

    function(f"keras.applications.{name}")(application)


for _name in ("Tiny", "Small", "Base", "Large", "XLarge"):
    _convnext(f"ConvNeXt{_name}")
for _name in ("B0", "B1", "B2", "B3", "S", "M", "L"):
    _efficientnet_v2(f"EfficientNetV2{_name}")
for _name in ("Large", "Small"):
    _mobilenet_v3(f"MobileNetV3{_name}")
for _name in ("NASNetLarge", "NASNetMobile"):
    _nasnet(_name)


def _wider(made: Network, alpha: float, weights: Any, trained: Sequence[float]) -> Network:
    """With another number of channels; weights of ImageNet are there for some."""
    if weights == "imagenet" and alpha not in trained:
        raise NotKnown("weights for this alpha")
    return replace(made, alpha=alpha)


def divisible(size: float, by: int = 8) -> int:
    """The multiple of 8 next to a number, not a tenth below it.

    Source: _make_divisible in keras/src/applications/mobilenet_v2.py.
    """
    found = max(by, int(size + by / 2) // by * by)
    return found + by if found < 0.9 * size else found


@function("keras.applications.MobileNet")
def mobilenet(
    input_shape: Any = None,
    alpha: Any = 1.0,
    depth_multiplier: Any = 1,
    dropout: Any = 0.001,
    include_top: Any = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    pooling: Any = None,
    classes: Any = 1000,
    classifier_activation: Any = "softmax",
    **_: Any,
) -> Network:
    """The layers of the first MobileNet. Source: keras/src/applications/mobilenet.py."""
    if depth_multiplier != 1 or not isinstance(alpha, (int, float)) or alpha <= 0:
        raise NotKnown("one filter for each channel")
    made = _network("MobileNet", include_top, weights, input_tensor, input_shape, pooling, classes)
    return _wider(made, alpha, weights, (0.25, 0.5, 0.75, 1.0))


@function("keras.applications.MobileNetV2")
def mobilenet_v2(
    input_shape: Any = None,
    alpha: Any = 1.0,
    include_top: Any = True,
    weights: Any = "imagenet",
    input_tensor: Any = None,
    pooling: Any = None,
    classes: Any = 1000,
    classifier_activation: Any = "softmax",
    **_: Any,
) -> Network:
    """The layers of MobileNetV2. Source: keras/src/applications/mobilenet_v2.py."""
    if not isinstance(alpha, (int, float)) or alpha <= 0:
        raise NotKnown("alpha")
    made = _network("MobileNetV2", include_top, weights, input_tensor, input_shape, pooling, classes)
    return _wider(made, alpha, weights, (0.35, 0.5, 0.75, 1.0, 1.3, 1.4))


# -- what goes in and what comes out

_SCALED = "densenet inception_resnet_v2 inception_v3 mobilenet mobilenet_v2 nasnet resnet resnet50 resnet_v2 vgg16 vgg19 xception"


@function(*(f"keras.applications.{module}.preprocess_input" for module in _SCALED.split()))
def preprocess_input(x: Any, data_format: Any = None) -> Result:
    """Keeps the shape; whole numbers become floats. Source: keras/src/applications/imagenet_utils.py.

    >>> {name}(np.ones((2, 8, 8, 3), "uint8"))
    >>> {name}(np.ones((8, 8, 3), "float64"))
    >>> {name}(ops.ones((2, 8, 8, 3)))
    """
    found = operand(x)
    if found.shape.rank not in (3, 4):
        raise NotKnown("an image or a batch of images")
    if found.library is Library.NUMPY:
        return Result(found.shape, "float32" if is_int(found.dtype) else found.dtype, Library.NUMPY)
    return Result(found.shape, found.dtype if is_float(found.dtype) else None)


@function(*spelled("keras.applications.", "convnext.preprocess_input efficientnet.preprocess_input"))
def keep_input(x: Any, data_format: Any = None) -> Result:
    """What comes in: these architectures prepare their input themselves.

    >>> {name}(np.ones((2, 8, 8, 3), "uint8"))
    """
    if not isinstance(x, Given):
        raise NotKnown("an array")
    return Result(x.tensor.shape, x.dtype, x.library)


@function(*spelled("keras.applications.", "efficientnet_v2.preprocess_input mobilenet_v3.preprocess_input"))
def keep_input_too(x: Any, data_format: Any = None) -> Result:
    """What comes in: these architectures prepare their input themselves.

    >>> {name}(np.ones((2, 8, 8, 3), "uint8"))
    """
    return keep_input(x, data_format)
