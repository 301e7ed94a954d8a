import tensorflow as tf

logits = tf.zeros((8, 3))  #: (8, 3)
labels = tf.zeros((7,), tf.int32)  #: (7,)
#:       ^^^^^^^^^^^^^^^^^^^^^^^^ SW303
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
