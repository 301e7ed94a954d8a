import tensorflow as tf

logits = tf.zeros((8, 3))  #: (8, 3)
column = tf.zeros((8, 1), tf.int32)  #: (8, 1)
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=column, logits=logits)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW303
