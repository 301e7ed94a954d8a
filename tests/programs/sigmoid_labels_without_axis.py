import tensorflow as tf

logits = tf.zeros((8, 1))  #: (8, 1)
labels = tf.zeros((8,))  #: (8,)
loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
#:                                                    ^^^^^^ SW303
