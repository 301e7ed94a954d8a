"""Batches of the columns of a CSV file: what is in the file only the file knows, but not how its columns lie in a batch."""
import keras
import tensorflow as tf

PATH = "/tmp/shapewright_example.csv"
with open(PATH, "w") as file:
    file.write("size,mass,sort,class\n" + "".join(f"{n},{n / 2},a,{n % 2}\n" for n in range(10)))
NAMES = ["age", "weight", "kind", "target"]
DEFAULTS = [[0], [0.0], ["NA"], [0]]


def process(features, target):
    weight = features.pop("weight")  #: (None,)
    kind = features["kind"]  #: (None,)
    return features, target, weight


def batches(**options):
    return tf.data.experimental.make_csv_dataset(PATH, 4, column_names=NAMES, header=True, shuffle=False, **options)


once = batches(column_defaults=DEFAULTS, label_name="target", num_epochs=1)
for features, target in once.map(lambda features, target: (features["age"], target)):
    pass
once.map(process)
for features in batches(select_columns=["age", "kind"]).take(2):  # it never ends: every batch is full
    full = features["kind"]  #: (4,)
unnamed = tf.data.experimental.make_csv_dataset(PATH, 4, num_epochs=1)


def of_some_columns(features):
    pairs = [tf.expand_dims(features[name], -1) for name in features]
    first = pairs[0]  #: (None, 1)?
    return first


columns = unnamed.map(of_some_columns)

lookup = keras.layers.StringLookup(output_mode="binary", num_oov_indices=0)
lookup.adapt(tf.data.Dataset.from_tensor_slices(["a", "b"]).batch(2))
coded = lookup(keras.Input((1,), dtype="string"))  #: (None, ?)
units = keras.layers.Dense(8)(coded)  #: (None, 8)
inputs = {}
for name in ["age", "weight"]:
    inputs[name] = keras.Input((1,), name=name)
both = keras.layers.concatenate(list(inputs.values()))  #: (None, 2)
sex = keras.Input((1,), name="sex")
age = keras.Input((1,), name="age")
person = keras.Model([age, sex], keras.layers.Dense(1)(keras.layers.concatenate([age, sex])))
few = {"age": tf.zeros((3,)), "sex": tf.zeros((3,)), "height": tf.zeros((3,))}
answer = person(few)  #: (3, 1)
rows = person.predict(few, verbose=0)  #: (3, 1)
of_file = tf.data.experimental.make_csv_dataset(PATH, 4, num_epochs=1, label_name="class")
columns = of_file.map(lambda features, target: ({"age": features["size"], "sex": features["mass"]}, target))
person.compile("sgd", "mse")
person.evaluate(columns, verbose=0)
