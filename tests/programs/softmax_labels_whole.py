import tensorflow as tf

logits = tf.zeros((8, 3))  #: (8, 3)
labels = tf.zeros((8,), tf.int32)  #: (8,)
loss = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW303
