import keras
from keras import layers
from keras.applications import vgg16
from tensorflow.keras.applications.resnet50 import ResNet50

base = vgg16.VGG16(weights=None, include_top=False, input_shape=(96, 96, 3))  #: (None, 96, 96, 3) → (None, 3, 3, 512)
features = base.get_layer("block3_pool").output  #: (None, 12, 12, 256)
extractor = keras.Model(base.input, [features, base.output])  #: (None, 96, 96, 3) → [(None, 12, 12, 256), (None, 3, 3, 512)]
for layer in base.layers:
    layer.trainable = False

inputs = keras.Input((96, 96, 3))  #: (None, 96, 96, 3)
x = vgg16.preprocess_input(inputs)  #: (None, 96, 96, 3)
x = base(x)  #: (None, 3, 3, 512)
x = layers.GlobalAveragePooling2D()(x)  #: (None, 512)
whole = ResNet50(weights=None, classes=10)  #: (None, 224, 224, 3) → (None, 10)
any_size = keras.applications.MobileNetV2(include_top=False, weights=None)  #: (None, None, None, 3) → (None, None, None, 1280)
pooled = keras.applications.EfficientNetB0(include_top=False, weights=None, pooling="avg", input_tensor=inputs)  #: [(None, 96, 96, 3)] → (None, 1280)
