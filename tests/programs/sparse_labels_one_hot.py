import tensorflow as tf

logits = tf.zeros((8, 3))  #: (8, 3)
one_hot = tf.zeros((8, 3), tf.int32)  #: (8, 3)
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=one_hot, logits=logits)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW303
