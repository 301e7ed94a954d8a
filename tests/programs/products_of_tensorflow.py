import tensorflow as tf

rows = tf.ones((3, 4))  #: (3, 4)
gram = tf.matmul(rows, rows)
#:     ^^^^^^^^^^^^^^^^^^^^^ SW301
gram_of_operator = rows @ rows
#:                 ^^^^^^^^^^^ SW301
turned = tf.matmul(rows, rows, transpose_b=True)  #: (3, 3)
column = tf.matmul(rows, tf.ones((4,)))
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
first = tf.matmul(tf.ones((3,)), rows)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
inner = tf.matmul(tf.ones((3,)), tf.ones((3,)))
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
stacked = tf.ones((2, 3, 4))  #: (2, 3, 4)
pairs = tf.matmul(stacked, stacked)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
lead = tf.matmul(stacked, tf.ones((3, 4, 5)))
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
each = tf.einsum("ij,jk->ik", rows, tf.ones((5, 4)))
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
whole = tf.einsum("ij,jk->ik", stacked, tf.ones((4, 5)))
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
fits = tf.einsum("bij,jk->bik", stacked, tf.ones((4, 5)))  #: (2, 3, 5)


class Scores(tf.keras.layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 8))  #: (3, 8)

    def call(self, x):
        return tf.matmul(x, self.kernel, transpose_b=True)
#:             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301


given = Scores()(tf.ones((2, 3)))
