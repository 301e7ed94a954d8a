"""What functions refuse as a tensor, and of which tensors the dtypes must be the same.

Written by `scripts/refused.py`, which measures it: `function:parameter` and `function:parameter:parameter`.
`ALL` has the dtypes that are refused where all tensors have them.
`SYMBOLIC` has the numbers and lists that are refused beside Keras tensors.
A number or list in place of a tensor has the name of its kind: `int`, `float`, `[int]`, `[float]`, and that of the
dtype of the others where it is refused only with those.
"""

from __future__ import annotations

KINDS = {
    "bool": """
keras.ops.conj:x keras.ops.conjugate:x keras.ops.real:x keras.ops.sign:x keras.ops.view:x keras.ops.view_as_real:x
tensorflow.dtypes.saturate_cast:value tensorflow.math.conj:x tensorflow.math.real:input
tensorflow.math.reduce_euclidean_norm:input_tensor tensorflow.math.reduce_mean:input_tensor
tensorflow.math.reduce_prod:input_tensor tensorflow.math.reduce_sum:input_tensor tensorflow.math.square:x
tensorflow.nn.scale_regularization_loss:regularization_loss tensorflow.reduce_mean:input_tensor
tensorflow.reduce_prod:input_tensor tensorflow.reduce_sum:input_tensor tensorflow.saturate_cast:value
tensorflow.square:x
""",
    "bool complex64": """
keras.ops.leaky_relu:x keras.ops.ptp:x keras.ops.relu6:x keras.ops.relu:x keras.ops.round:x keras.ops.unique:x
keras.ops.unravel_index:indices tensorflow.clip_by_value:t tensorflow.image.adjust_brightness:image
tensorflow.image.adjust_gamma:image tensorflow.image.convert_image_dtype:image
tensorflow.image.random_brightness:image tensorflow.image.stateless_random_brightness:image
tensorflow.math.is_non_decreasing:x tensorflow.math.is_strictly_increasing:x tensorflow.math.reduce_max:input_tensor
tensorflow.math.reduce_min:input_tensor tensorflow.math.round:x tensorflow.nn.leaky_relu:features
tensorflow.nn.relu6:x tensorflow.nn.relu:x tensorflow.reduce_max:input_tensor tensorflow.reduce_min:input_tensor
tensorflow.round:x
""",
    "bool complex64 [int] [float]": """
keras.ops.threshold:x
""",
    "bool complex64 float/int32 [float]/int32": """
tensorflow.greater:x tensorflow.greater:y tensorflow.greater_equal:x tensorflow.greater_equal:y tensorflow.less:x
tensorflow.less:y tensorflow.less_equal:x tensorflow.less_equal:y tensorflow.math.floordiv:x
tensorflow.math.floordiv:y tensorflow.math.floormod:x tensorflow.math.floormod:y tensorflow.math.greater:x
tensorflow.math.greater:y tensorflow.math.greater_equal:x tensorflow.math.greater_equal:y tensorflow.math.less:x
tensorflow.math.less:y tensorflow.math.less_equal:x tensorflow.math.less_equal:y tensorflow.math.maximum:x
tensorflow.math.maximum:y tensorflow.math.minimum:x tensorflow.math.minimum:y tensorflow.math.mod:x
tensorflow.math.mod:y tensorflow.maximum:x tensorflow.maximum:y tensorflow.minimum:x tensorflow.minimum:y
""",
    "bool complex64 int float": """
keras.ops.histogram:x keras.ops.top_k:x tensorflow.argsort:values tensorflow.image.adjust_contrast:image
tensorflow.image.adjust_hue:image tensorflow.image.adjust_saturation:image tensorflow.image.crop_and_resize:image
tensorflow.image.psnr:b tensorflow.image.random_contrast:image tensorflow.image.random_hue:image
tensorflow.image.random_saturation:image tensorflow.image.resize:images tensorflow.image.resize_with_pad:image
tensorflow.image.rgb_to_grayscale:images tensorflow.image.stateless_random_contrast:image
tensorflow.image.stateless_random_hue:image tensorflow.image.stateless_random_saturation:image
tensorflow.math.segment_max:data tensorflow.math.segment_min:data tensorflow.math.top_k:input
tensorflow.math.unsorted_segment_max:data tensorflow.math.unsorted_segment_mean:data
tensorflow.math.unsorted_segment_min:data tensorflow.nn.max_pool1d:input tensorflow.nn.max_pool2d:input
tensorflow.nn.top_k:input tensorflow.sort:values
""",
    "bool complex64 int float [float]/int32": """
tensorflow.linalg.cross:a tensorflow.linalg.cross:b tensorflow.tensor_scatter_nd_max:tensor
tensorflow.tensor_scatter_nd_max:updates tensorflow.tensor_scatter_nd_min:tensor
tensorflow.tensor_scatter_nd_min:updates
""",
    "bool complex64 int float [int] [float]": """
keras.ops.adaptive_max_pool:inputs keras.ops.image.affine_transform:images keras.ops.image.resize:images
keras.ops.max_pool:inputs keras.ops.segment_max:data keras.ops.segment_min:data tensorflow.image.psnr:a
tensorflow.nn.max_pool:input
""",
    "bool complex64 int float [int]/float32 [float]/int32": """
keras.ops.searchsorted:sorted_sequence keras.ops.searchsorted:values tensorflow.image.ssim:img1
tensorflow.image.ssim:img2 tensorflow.searchsorted:sorted_sequence tensorflow.searchsorted:values
""",
    "bool float/int32 [float]/int32": """
tensorflow.add:y tensorflow.divide:x tensorflow.divide:y tensorflow.math.add:y tensorflow.math.divide:x
tensorflow.math.divide:y tensorflow.math.divide_no_nan:x tensorflow.math.divide_no_nan:y tensorflow.math.multiply:x
tensorflow.math.multiply:y tensorflow.math.subtract:x tensorflow.math.subtract:y tensorflow.math.truediv:y
tensorflow.multiply:x tensorflow.multiply:y tensorflow.subtract:x tensorflow.subtract:y tensorflow.truediv:y
""",
    "bool float32 float64 complex64 float [float]": """
keras.ops.bitwise_invert:x keras.ops.bitwise_not:x keras.ops.lcm:x1 keras.ops.lcm:x2 keras.ops.ldexp:x2
tensorflow.one_hot:indices
""",
    "bool int float": """
tensorflow.cumsum:x tensorflow.image.extract_patches:images tensorflow.linalg.trace:x tensorflow.math.cumprod:x
tensorflow.math.cumsum:x tensorflow.math.segment_mean:data tensorflow.math.segment_prod:data
tensorflow.math.segment_sum:data tensorflow.math.unsorted_segment_prod:data tensorflow.math.unsorted_segment_sum:data
tensorflow.nn.compute_average_loss:per_example_loss tensorflow.signal.overlap_and_add:signal
""",
    "bool int float [float]/int32": """
tensorflow.nn.bias_add:bias tensorflow.nn.bias_add:value tensorflow.tensor_scatter_nd_add:tensor
tensorflow.tensor_scatter_nd_add:updates tensorflow.tensor_scatter_nd_sub:tensor
tensorflow.tensor_scatter_nd_sub:updates
""",
    "bool int float [int] [float]": """
keras.ops.batch_normalization:x keras.ops.fold:x keras.ops.psnr:x1 keras.ops.psnr:x2 keras.ops.segment_prod:data
keras.ops.segment_sum:data keras.ops.unfold:x tensorflow.image.image_gradients:image tensorflow.math.scalar_mul:x
tensorflow.nn.batch_normalization:x tensorflow.scalar_mul:x
""",
    "bool int/float32 float/int32 [int]/float32 [float]/int32": """
tensorflow.add:x tensorflow.math.add:x tensorflow.math.truediv:x tensorflow.truediv:x
""",
    "bool int32 int64 complex64 int float [int]": """
keras.ops.categorical_crossentropy:output
""",
    "bool uint8": """
keras.ops.negative:x tensorflow.abs:x tensorflow.bitcast:input tensorflow.linalg.tensor_diag_part:input
tensorflow.math.abs:x tensorflow.math.negative:x tensorflow.math.sign:x tensorflow.negative:x tensorflow.sign:x
""",
    "bool uint8 complex64": """
tensorflow.histogram_fixed_width:values tensorflow.range:limit
""",
    "bool uint8 complex64 int float": """
tensorflow.nn.crelu:features
""",
    "bool uint8 float/int32 [float]/int32": """
tensorflow.math.pow:x tensorflow.math.pow:y tensorflow.math.squared_difference:x tensorflow.math.squared_difference:y
tensorflow.pow:x tensorflow.pow:y
""",
    "bool uint8 float32 float64 complex64 float": """
tensorflow.math.unsorted_segment_max:num_segments tensorflow.math.unsorted_segment_mean:num_segments
tensorflow.math.unsorted_segment_min:num_segments tensorflow.math.unsorted_segment_prod:num_segments
tensorflow.math.unsorted_segment_sqrt_n:num_segments tensorflow.math.unsorted_segment_sum:num_segments
""",
    "bool uint8 float32 float64 complex64 float [float]": """
tensorflow.concat:values tensorflow.gather:indices tensorflow.nn.embedding_lookup:ids tensorflow.stack:values
""",
    "bool uint8 float32 float64 complex64 int float [float]": """
keras.ops.in_top_k:targets keras.ops.scatter:indices keras.ops.scatter_update:indices tensorflow.gather_nd:indices
tensorflow.math.in_top_k:targets tensorflow.math.invert_permutation:x tensorflow.nn.in_top_k:targets
tensorflow.nn.sparse_softmax_cross_entropy_with_logits:labels
""",
    "bool uint8 float32 float64 complex64 int float [int] [float]": """
keras.ops.segment_max:segment_ids keras.ops.segment_min:segment_ids keras.ops.segment_prod:segment_ids
keras.ops.segment_sum:segment_ids
""",
    "bool uint8 float64 complex64 int float [float]/int32": """
keras.ops.scatter_update:inputs keras.ops.scatter_update:updates
""",
    "bool uint8 int float": """
tensorflow.linalg.tensor_diag:diagonal
""",
    "bool uint8 int float [float]/int32": """
tensorflow.linalg.matmul:b tensorflow.matmul:b
""",
    "bool uint8 int float [int] [float]": """
keras.ops.moments:x tensorflow.image.total_variation:images tensorflow.nn.moments:x
""",
    "bool uint8 int float [int]/float32 [float]/int32": """
tensorflow.linalg.matmul:a tensorflow.linalg.matvec:a tensorflow.linalg.matvec:b tensorflow.linalg.tensordot:a
tensorflow.linalg.tensordot:b tensorflow.matmul:a tensorflow.tensordot:a tensorflow.tensordot:b
""",
    "bool uint8 int32 int64": """
tensorflow.math.multiply_no_nan:y tensorflow.math.xdivy:x tensorflow.math.xdivy:y tensorflow.math.xlog1py:x
tensorflow.math.xlog1py:y tensorflow.math.xlogy:x tensorflow.math.xlogy:y
""",
    "bool uint8 int32 int64 [int] [float]": """
keras.ops.batch_normalization:mean keras.ops.batch_normalization:variance tensorflow.nn.batch_normalization:mean
tensorflow.nn.batch_normalization:variance
""",
    "bool uint8 int32 int64 complex64": """
tensorflow.atan2:x tensorflow.atan2:y tensorflow.math.atan2:x tensorflow.math.atan2:y tensorflow.math.betainc:a
tensorflow.math.betainc:b tensorflow.math.betainc:x tensorflow.math.igamma:x tensorflow.math.igamma:y
tensorflow.math.igammac:x tensorflow.math.igammac:y tensorflow.math.nextafter:x tensorflow.math.nextafter:y
tensorflow.math.polygamma:x tensorflow.math.polygamma:y tensorflow.math.zeta:x tensorflow.math.zeta:y
""",
    "bool uint8 int32 int64 complex64 int [int]": """
keras.ops.celu:x keras.ops.elu:x keras.ops.erf:x keras.ops.erfc:x keras.ops.erfinv:x keras.ops.gelu:x
keras.ops.hard_sigmoid:x keras.ops.hard_silu:x keras.ops.hard_swish:x keras.ops.hard_tanh:x keras.ops.log_sigmoid:x
keras.ops.logsumexp:x keras.ops.normalize:x keras.ops.polar:abs_ keras.ops.selu:x keras.ops.softplus:x
keras.ops.softsign:x keras.ops.sparse_sigmoid:x tensorflow.clip_by_norm:t tensorflow.complex:imag
tensorflow.complex:real tensorflow.dtypes.complex:imag tensorflow.dtypes.complex:real tensorflow.floor:x
tensorflow.math.bessel_i0:x tensorflow.math.bessel_i0e:x tensorflow.math.bessel_i1:x tensorflow.math.bessel_i1e:x
tensorflow.math.ceil:x tensorflow.math.digamma:x tensorflow.math.erf:x tensorflow.math.erfc:x
tensorflow.math.erfcinv:x tensorflow.math.erfinv:x tensorflow.math.floor:x tensorflow.math.is_finite:x
tensorflow.math.is_inf:x tensorflow.math.is_nan:x tensorflow.math.lgamma:x tensorflow.math.log_sigmoid:x
tensorflow.math.ndtri:x tensorflow.math.reduce_logsumexp:input_tensor tensorflow.math.rint:x
tensorflow.math.softplus:x tensorflow.math.softsign:x tensorflow.nn.dropout:x tensorflow.nn.elu:x
tensorflow.nn.experimental.stateless_dropout:x tensorflow.nn.gelu:x tensorflow.nn.l2_loss:t tensorflow.nn.selu:x
tensorflow.nn.softplus:x tensorflow.nn.softsign:x tensorflow.reduce_logsumexp:input_tensor
""",
    "bool uint8 int32 int64 complex64 int [int] [float]": """
keras.ops.soft_shrink:x keras.ops.sparse_plus:x
""",
    "bool uint8 int32 int64 complex64 int float": """
tensorflow.image.hsv_to_rgb:images tensorflow.image.rgb_to_hsv:images tensorflow.linalg.matrix_rank:a
tensorflow.nn.conv3d:filters tensorflow.nn.conv3d_transpose:filters tensorflow.nn.conv3d_transpose:input
tensorflow.signal.rfft2d:input_tensor tensorflow.signal.rfft3d:input_tensor tensorflow.signal.rfft:input_tensor
""",
    "bool uint8 int32 int64 complex64 int float [int]": """
keras.ops.binary_crossentropy:output keras.ops.binary_crossentropy:target keras.ops.categorical_crossentropy:target
keras.ops.cholesky:x keras.ops.depthwise_conv:inputs keras.ops.depthwise_conv:kernel
keras.ops.image.gaussian_blur:images keras.ops.image.hsv_to_rgb:images keras.ops.image.map_coordinates:coordinates
keras.ops.image.rgb_to_hsv:images keras.ops.image.sobel_edges:images keras.ops.log_softmax:x keras.ops.matrix_rank:x
keras.ops.pinv:x keras.ops.sparse_categorical_crossentropy:output keras.ops.sparsemax:x tensorflow.linalg.pinv:a
tensorflow.math.cumulative_logsumexp:x tensorflow.math.lbeta:x tensorflow.math.log_softmax:logits
tensorflow.math.softmax:logits tensorflow.math.unsorted_segment_sqrt_n:data tensorflow.nn.avg_pool1d:input
tensorflow.nn.avg_pool2d:input tensorflow.nn.depthwise_conv2d:filter tensorflow.nn.depthwise_conv2d:input
tensorflow.nn.log_softmax:logits tensorflow.nn.separable_conv2d:depthwise_filter tensorflow.nn.separable_conv2d:input
tensorflow.nn.separable_conv2d:pointwise_filter tensorflow.nn.sigmoid_cross_entropy_with_logits:labels
tensorflow.nn.sigmoid_cross_entropy_with_logits:logits tensorflow.nn.softmax:logits
tensorflow.nn.softmax_cross_entropy_with_logits:logits tensorflow.nn.sparse_softmax_cross_entropy_with_logits:logits
tensorflow.nn.weighted_cross_entropy_with_logits:labels tensorflow.nn.weighted_cross_entropy_with_logits:logits
tensorflow.random.categorical:logits tensorflow.random.stateless_categorical:logits tensorflow.signal.dct:input
tensorflow.signal.idct:input tensorflow.signal.mfccs_from_log_mel_spectrograms:log_mel_spectrograms
tensorflow.signal.stft:signals
""",
    "bool uint8 int32 int64 complex64 int float [int] [float]": """
keras.ops.adaptive_average_pool:inputs keras.ops.average_pool:inputs keras.ops.image.extract_patches_3d:volumes
keras.ops.softmax:x tensorflow.image.sobel_edges:image tensorflow.nn.avg_pool:input tensorflow.nn.conv3d:input
""",
    "bool uint8 int32 int64 float32 float64 int float": """
tensorflow.signal.fft2d:input tensorflow.signal.fft3d:input tensorflow.signal.fft:input tensorflow.signal.ifft2d:input
tensorflow.signal.ifft3d:input tensorflow.signal.ifft:input tensorflow.signal.irfft2d:input_tensor
tensorflow.signal.irfft3d:input_tensor tensorflow.signal.irfft:input_tensor
""",
    "bool uint8 int32 int64 float32 float64 int float [int] [float]": """
tensorflow.signal.inverse_stft:stfts
""",
    "bool uint8 int32 int64 float64 complex64": """
tensorflow.nn.normalize_moments:mean_ss tensorflow.nn.normalize_moments:variance_ss tensorflow.random.gamma:alpha
""",
    "bool uint8 int32 int64 float64 complex64 int float": """
keras.ops.in_top_k:predictions tensorflow.image.crop_and_resize:boxes tensorflow.image.draw_bounding_boxes:boxes
tensorflow.image.draw_bounding_boxes:images tensorflow.image.non_max_suppression:boxes
tensorflow.image.non_max_suppression:scores tensorflow.math.in_top_k:predictions tensorflow.nn.in_top_k:predictions
tensorflow.nn.local_response_normalization:x tensorflow.nn.lrn:x
""",
    "bool uint8 int32 int64 float64 complex64 int float [int]": """
tensorflow.nn.avg_pool3d:input tensorflow.nn.max_pool3d:input
""",
    "bool uint8 int32 int64 int [int]": """
keras.ops.hard_shrink:x keras.ops.reciprocal:x keras.ops.rsqrt:x keras.ops.sigmoid:x keras.ops.silu:x
keras.ops.squareplus:x keras.ops.swish:x keras.ops.tanh_shrink:x tensorflow.acos:x tensorflow.acosh:x
tensorflow.asin:x tensorflow.asinh:x tensorflow.atan:x tensorflow.atanh:x tensorflow.cos:x tensorflow.cosh:x
tensorflow.exp:x tensorflow.linalg.l2_normalize:x tensorflow.linalg.norm:tensor tensorflow.linalg.normalize:tensor
tensorflow.math.acos:x tensorflow.math.acosh:x tensorflow.math.angle:input tensorflow.math.asin:x
tensorflow.math.asinh:x tensorflow.math.atan:x tensorflow.math.atanh:x tensorflow.math.cos:x tensorflow.math.cosh:x
tensorflow.math.exp:x tensorflow.math.expm1:x tensorflow.math.l2_normalize:x tensorflow.math.log1p:x
tensorflow.math.log:x tensorflow.math.multiply_no_nan:x tensorflow.math.reciprocal:x
tensorflow.math.reciprocal_no_nan:x tensorflow.math.reduce_std:input_tensor
tensorflow.math.reduce_variance:input_tensor tensorflow.math.rsqrt:x tensorflow.math.sigmoid:x tensorflow.math.sin:x
tensorflow.math.sinh:x tensorflow.math.sqrt:x tensorflow.math.tan:x tensorflow.math.tanh:x
tensorflow.nn.l2_normalize:x tensorflow.nn.sigmoid:x tensorflow.nn.silu:x tensorflow.nn.swish:x tensorflow.nn.tanh:x
tensorflow.nn.weighted_moments:x tensorflow.norm:tensor tensorflow.sigmoid:x tensorflow.sin:x tensorflow.sinh:x
tensorflow.sqrt:x tensorflow.tan:x tensorflow.tanh:x
""",
    "bool uint8 int32 int64 int float": """
tensorflow.linalg.cholesky_solve:chol tensorflow.linalg.cholesky_solve:rhs tensorflow.linalg.lstsq:rhs
tensorflow.linalg.solve:matrix tensorflow.linalg.solve:rhs tensorflow.linalg.triangular_solve:matrix
tensorflow.linalg.triangular_solve:rhs
""",
    "bool uint8 int32 int64 int float [int]": """
keras.ops.cdist:x keras.ops.cdist:y keras.ops.cholesky_inverse:x keras.ops.det:x keras.ops.eigh:x keras.ops.inv:x
keras.ops.logdet:x keras.ops.lstsq:a keras.ops.lstsq:b keras.ops.lu_factor:x keras.ops.qr:x keras.ops.slogdet:x
keras.ops.solve:a keras.ops.solve:b keras.ops.solve_triangular:a keras.ops.solve_triangular:b keras.ops.svd:x
tensorflow.image.rgb_to_yiq:images tensorflow.image.rgb_to_yuv:images tensorflow.image.yiq_to_rgb:images
tensorflow.image.yuv_to_rgb:images tensorflow.linalg.cholesky:input tensorflow.linalg.det:input
tensorflow.linalg.expm:input tensorflow.linalg.inv:input tensorflow.linalg.logdet:matrix
tensorflow.linalg.lstsq:matrix tensorflow.linalg.qr:input tensorflow.linalg.slogdet:input tensorflow.linalg.svd:tensor
tensorflow.nn.log_poisson_loss:log_input tensorflow.nn.log_poisson_loss:targets
""",
    "bool uint8 int32 int64 int float [int] [float]": """
keras.ops.glu:x
""",
    "bool uint8 int64 complex64 int float [float]/int32": """
tensorflow.nn.conv2d:filters tensorflow.nn.conv2d_transpose:filters tensorflow.nn.conv2d_transpose:input
""",
    "bool uint8 int64 complex64 int float [int] [float]": """
keras.ops.conv:inputs keras.ops.conv:kernel keras.ops.image.extract_patches:images tensorflow.nn.conv2d:input
""",
    "bool uint8 int64 complex64 int float [int]/float32 [float]/int32": """
keras.ops.conv_transpose:inputs keras.ops.conv_transpose:kernel tensorflow.nn.atrous_conv2d:filters
tensorflow.nn.atrous_conv2d:value tensorflow.nn.conv1d:filters tensorflow.nn.conv1d:input
tensorflow.nn.conv1d_transpose:filters tensorflow.nn.conv1d_transpose:input tensorflow.nn.convolution:filters
tensorflow.nn.convolution:input
""",
    "bool uint8 int64 float32 float64 complex64 int float [float]": """
tensorflow.image.crop_and_resize:box_indices
""",
    "complex64": """
keras.ops.amax:x keras.ops.amin:x keras.ops.arctan2:x1 keras.ops.arctan2:x2 keras.ops.argmax:x keras.ops.argmin:x
keras.ops.argsort:x keras.ops.ceil:x keras.ops.digitize:x keras.ops.fabs:x keras.ops.floor:x keras.ops.floor_divide:x1
keras.ops.floor_divide:x2 keras.ops.fmax:x1 keras.ops.fmax:x2 keras.ops.fmin:x1 keras.ops.fmin:x2 keras.ops.fmod:x1
keras.ops.fmod:x2 keras.ops.greater:x1 keras.ops.greater:x2 keras.ops.greater_equal:x1 keras.ops.greater_equal:x2
keras.ops.heaviside:x1 keras.ops.heaviside:x2 keras.ops.isfinite:x keras.ops.isin:x1 keras.ops.isinf:x
keras.ops.isnan:x keras.ops.ldexp:x1 keras.ops.less:x1 keras.ops.less:x2 keras.ops.less_equal:x1
keras.ops.less_equal:x2 keras.ops.logaddexp2:x1 keras.ops.logaddexp2:x2 keras.ops.logaddexp:x1 keras.ops.logaddexp:x2
keras.ops.max:x keras.ops.maximum:x1 keras.ops.maximum:x2 keras.ops.median:x keras.ops.min:x keras.ops.minimum:x1
keras.ops.minimum:x2 keras.ops.mod:x1 keras.ops.mod:x2 keras.ops.nan_to_num:x keras.ops.nanargmax:x
keras.ops.nanargmin:x keras.ops.nancumprod:x keras.ops.nancumsum:x keras.ops.nanmax:x keras.ops.nanmedian:x
keras.ops.nanmin:x keras.ops.nanpercentile:x keras.ops.nanquantile:x keras.ops.nanstd:x keras.ops.nanvar:x
keras.ops.percentile:x keras.ops.polar:angle keras.ops.quantile:x keras.ops.trunc:x
""",
    "complex64 int float": """
keras.ops.cross:x1 keras.ops.cross:x2 keras.ops.dot_product_attention:key keras.ops.dot_product_attention:query
keras.ops.dot_product_attention:value keras.ops.image.ssim:image1 keras.ops.sort:x tensorflow.argmax:input
tensorflow.argmin:input tensorflow.math.argmax:input tensorflow.math.argmin:input tensorflow.unique:x
tensorflow.unique_with_counts:x
""",
    "complex64 int float [int] [float]": """
keras.ops.clip:x keras.ops.saturate_cast:x
""",
    "float/int32 [float]/int32": """
tensorflow.equal:x tensorflow.equal:y tensorflow.math.equal:x tensorflow.math.equal:y tensorflow.math.not_equal:x
tensorflow.math.not_equal:y tensorflow.not_equal:x tensorflow.not_equal:y
""",
    "float32 float64 complex64 float [float]": """
keras.ops.bitwise_and:x keras.ops.bitwise_and:y keras.ops.bitwise_left_shift:x keras.ops.bitwise_left_shift:y
keras.ops.bitwise_or:x keras.ops.bitwise_or:y keras.ops.bitwise_right_shift:x keras.ops.bitwise_right_shift:y
keras.ops.bitwise_xor:x keras.ops.bitwise_xor:y keras.ops.gcd:x1 keras.ops.gcd:x2 keras.ops.left_shift:x
keras.ops.left_shift:y keras.ops.right_shift:x keras.ops.right_shift:y
""",
    "int float": """
keras.ops.argpartition:x keras.ops.array_split:x keras.ops.correlate:x1 keras.ops.correlate:x2
keras.ops.depth_to_space:x keras.ops.diag:x keras.ops.diff:a keras.ops.dsplit:x keras.ops.extract_sequences:x
keras.ops.get_item:x keras.ops.hsplit:x keras.ops.image.crop_images:images keras.ops.image.map_coordinates:inputs
keras.ops.image.pad_images:images keras.ops.image.rgb_to_grayscale:images keras.ops.image.ssim:image2
keras.ops.matmul:x1 keras.ops.matmul:x2 keras.ops.moveaxis:x keras.ops.nonzero:x keras.ops.norm:x keras.ops.reshape:x
keras.ops.rot90:array keras.ops.scatter:values keras.ops.slice:inputs keras.ops.space_to_depth:x
keras.ops.sparse_categorical_crossentropy:target keras.ops.split:x keras.ops.swapaxes:x keras.ops.take:x
keras.ops.take_along_axis:indices keras.ops.take_along_axis:x keras.ops.tensordot:x1 keras.ops.tensordot:x2
keras.ops.trace:x keras.ops.trapezoid:y keras.ops.tril:x keras.ops.triu:x keras.ops.unstack:x keras.ops.vdot:x1
keras.ops.vdot:x2 keras.ops.view_as_complex:x keras.ops.vsplit:x tensorflow.boolean_mask:mask
tensorflow.boolean_mask:tensor tensorflow.dynamic_partition:data tensorflow.ensure_shape:x tensorflow.gather:params
tensorflow.gather_nd:params tensorflow.image.crop_to_bounding_box:image tensorflow.image.flip_left_right:image
tensorflow.image.flip_up_down:image tensorflow.image.pad_to_bounding_box:image
tensorflow.image.per_image_standardization:image tensorflow.image.random_crop:value
tensorflow.image.random_flip_left_right:image tensorflow.image.random_flip_up_down:image
tensorflow.image.resize_with_crop_or_pad:image tensorflow.image.rot90:image
tensorflow.image.stateless_random_crop:value tensorflow.image.stateless_random_flip_left_right:image
tensorflow.image.stateless_random_flip_up_down:image tensorflow.image.transpose:image tensorflow.linalg.adjoint:matrix
tensorflow.linalg.band_part:input tensorflow.linalg.diag:diagonal tensorflow.linalg.diag_part:input
tensorflow.linalg.matrix_transpose:a tensorflow.nn.depth_to_space:input tensorflow.nn.embedding_lookup:params
tensorflow.nn.softmax_cross_entropy_with_logits:labels tensorflow.nn.space_to_depth:input tensorflow.pad:tensor
tensorflow.reverse_sequence:input tensorflow.roll:input tensorflow.scatter_nd:updates tensorflow.signal.fftshift:x
tensorflow.signal.frame:signal tensorflow.signal.ifftshift:x tensorflow.slice:input_ tensorflow.split:value
tensorflow.tile:input tensorflow.unstack:value
""",
    "int float [float]/int32": """
keras.ops.slice_update:inputs keras.ops.slice_update:updates tensorflow.linalg.set_diag:diagonal
tensorflow.linalg.set_diag:input tensorflow.tensor_scatter_nd_update:tensor
tensorflow.tensor_scatter_nd_update:updates
""",
    "int float [int] [float]": """
keras.ops.corrcoef:x keras.ops.diagonal:x keras.ops.dtype:x keras.ops.image.affine_transform:transform
keras.ops.layer_normalization:x keras.ops.multi_hot:inputs keras.ops.pad:x keras.ops.rearrange:tensor
keras.ops.rms_normalization:x keras.ops.vander:x tensorflow.image.grayscale_to_rgb:images
""",
    "int float [int]/int32 [int]/float32 [float]/int32 [float]/float32": """
tensorflow.where:condition
""",
    "uint8 int32 int64 float32 float64 complex64 int float [int] [float]": """
tensorflow.logical_and:x tensorflow.logical_and:y tensorflow.logical_not:x tensorflow.logical_or:x
tensorflow.logical_or:y tensorflow.math.logical_and:x tensorflow.math.logical_and:y tensorflow.math.logical_not:x
tensorflow.math.logical_or:x tensorflow.math.logical_or:y tensorflow.math.logical_xor:x tensorflow.math.logical_xor:y
tensorflow.math.reduce_all:input_tensor tensorflow.math.reduce_any:input_tensor tensorflow.reduce_all:input_tensor
tensorflow.reduce_any:input_tensor
""",
    "uint8 int32 int64 float64 complex64": """
tensorflow.where:y
""",
}
ALL = {
    "bool": """
keras.ops.add keras.ops.bitwise_and keras.ops.bitwise_left_shift keras.ops.bitwise_or keras.ops.bitwise_right_shift
keras.ops.bitwise_xor keras.ops.cross keras.ops.floor_divide keras.ops.fmax keras.ops.fmin keras.ops.gcd
keras.ops.greater keras.ops.greater_equal keras.ops.heaviside keras.ops.hypot keras.ops.left_shift keras.ops.less
keras.ops.less_equal keras.ops.maximum keras.ops.minimum keras.ops.multiply keras.ops.power keras.ops.right_shift
keras.ops.subtract
""",
    "bool uint8": """
keras.ops.dot_product_attention
""",
    "float32": """
tensorflow.where
""",
}
SYMBOLIC = {
    "[int] [float]": """
keras.ops.add:x1 keras.ops.add:x2 keras.ops.divide:x1 keras.ops.divide:x2 keras.ops.divide_no_nan:x1
keras.ops.divide_no_nan:x2 keras.ops.dot:x1 keras.ops.dot:x2 keras.ops.floor_divide:x1 keras.ops.floor_divide:x2
keras.ops.fmax:x1 keras.ops.fmax:x2 keras.ops.fmin:x1 keras.ops.fmin:x2 keras.ops.fmod:x1 keras.ops.fmod:x2
keras.ops.gcd:x1 keras.ops.gcd:x2 keras.ops.inner:x1 keras.ops.inner:x2 keras.ops.lcm:x1 keras.ops.lcm:x2
keras.ops.ldexp:x1 keras.ops.ldexp:x2 keras.ops.logaddexp2:x1 keras.ops.logaddexp2:x2 keras.ops.logaddexp:x1
keras.ops.logaddexp:x2 keras.ops.maximum:x1 keras.ops.maximum:x2 keras.ops.minimum:x1 keras.ops.minimum:x2
keras.ops.mod:x1 keras.ops.mod:x2 keras.ops.multiply:x1 keras.ops.multiply:x2 keras.ops.nextafter:x1
keras.ops.nextafter:x2 keras.ops.outer:x1 keras.ops.outer:x2 keras.ops.power:x1 keras.ops.power:x2
keras.ops.subtract:x1 keras.ops.subtract:x2 keras.ops.tensordot:x1 keras.ops.tensordot:x2 keras.ops.true_divide:x1
keras.ops.true_divide:x2 keras.ops.vdot:x1 keras.ops.vdot:x2 keras.ops.where:x1
""",
    "float [int] [float]": """
keras.ops.bitwise_left_shift:y keras.ops.bitwise_right_shift:y keras.ops.left_shift:y keras.ops.right_shift:y
""",
    "int float [int] [float]": """
keras.ops.append:x1 keras.ops.append:x2 keras.ops.batch_normalization:mean keras.ops.batch_normalization:variance
keras.ops.batch_normalization:x keras.ops.binary_crossentropy:output keras.ops.binary_crossentropy:target
keras.ops.bitwise_and:x keras.ops.bitwise_and:y keras.ops.bitwise_left_shift:x keras.ops.bitwise_or:x
keras.ops.bitwise_or:y keras.ops.bitwise_right_shift:x keras.ops.bitwise_xor:x keras.ops.bitwise_xor:y
keras.ops.categorical_crossentropy:output keras.ops.categorical_crossentropy:target keras.ops.cdist:x
keras.ops.cdist:y keras.ops.conv:inputs keras.ops.conv:kernel keras.ops.conv_transpose:inputs
keras.ops.conv_transpose:kernel keras.ops.correlate:x1 keras.ops.correlate:x2 keras.ops.cross:x1 keras.ops.cross:x2
keras.ops.depthwise_conv:inputs keras.ops.depthwise_conv:kernel keras.ops.dot_product_attention:key
keras.ops.dot_product_attention:query keras.ops.dot_product_attention:value keras.ops.heaviside:x1
keras.ops.heaviside:x2 keras.ops.hypot:x1 keras.ops.hypot:x2 keras.ops.image.affine_transform:images
keras.ops.image.affine_transform:transform keras.ops.image.map_coordinates:coordinates
keras.ops.image.map_coordinates:inputs keras.ops.image.ssim:image1 keras.ops.image.ssim:image2
keras.ops.in_top_k:targets keras.ops.left_shift:x keras.ops.lstsq:a keras.ops.lstsq:b keras.ops.matmul:x1
keras.ops.matmul:x2 keras.ops.polar:abs_ keras.ops.psnr:x1 keras.ops.psnr:x2 keras.ops.right_shift:x
keras.ops.scatter:values keras.ops.scatter_update:inputs keras.ops.searchsorted:sorted_sequence
keras.ops.searchsorted:values keras.ops.segment_max:data keras.ops.segment_max:segment_ids keras.ops.segment_min:data
keras.ops.segment_min:segment_ids keras.ops.segment_prod:data keras.ops.segment_prod:segment_ids
keras.ops.segment_sum:data keras.ops.segment_sum:segment_ids keras.ops.slice_update:inputs keras.ops.solve:a
keras.ops.solve:b keras.ops.solve_triangular:a keras.ops.solve_triangular:b
keras.ops.sparse_categorical_crossentropy:output keras.ops.sparse_categorical_crossentropy:target
keras.ops.take_along_axis:indices keras.ops.take_along_axis:x
""",
}
RANKS = {
    "0": """
keras.ops.argpartition:x keras.ops.array_split:x keras.ops.categorical_crossentropy:output
keras.ops.categorical_crossentropy:target keras.ops.correlate:x1 keras.ops.correlate:x2 keras.ops.cross:x1
keras.ops.cross:x2 keras.ops.diff:a keras.ops.extract_sequences:x keras.ops.get_item:x keras.ops.glu:x
keras.ops.hsplit:x keras.ops.layer_normalization:x keras.ops.log_softmax:x keras.ops.matmul:x1 keras.ops.matmul:x2
keras.ops.nonzero:x keras.ops.searchsorted:values keras.ops.segment_max:data keras.ops.segment_min:data
keras.ops.segment_prod:data keras.ops.segment_sum:data keras.ops.softmax:x keras.ops.solve:b
keras.ops.solve_triangular:b keras.ops.sort:x keras.ops.sparse_categorical_crossentropy:output keras.ops.sparsemax:x
keras.ops.take:x keras.ops.top_k:x keras.ops.trapezoid:y keras.ops.unstack:x keras.ops.view_as_complex:x
keras.ops.vsplit:x tensorflow.argmax:input tensorflow.argmin:input tensorflow.argsort:values
tensorflow.boolean_mask:mask tensorflow.boolean_mask:tensor tensorflow.cumsum:x tensorflow.gather:params
tensorflow.image.hsv_to_rgb:images tensorflow.image.rgb_to_grayscale:images
tensorflow.image.rgb_to_hsv:images tensorflow.image.rgb_to_yiq:images tensorflow.image.rgb_to_yuv:images
tensorflow.image.yiq_to_rgb:images tensorflow.image.yuv_to_rgb:images tensorflow.linalg.cross:a
tensorflow.linalg.cross:b tensorflow.linalg.diag:diagonal tensorflow.linalg.expm:input tensorflow.linalg.matvec:b
tensorflow.linalg.set_diag:diagonal tensorflow.linalg.tensor_diag:diagonal tensorflow.math.argmax:input
tensorflow.math.argmin:input tensorflow.math.cumprod:x tensorflow.math.cumsum:x tensorflow.math.cumulative_logsumexp:x
tensorflow.math.lbeta:x tensorflow.math.log_softmax:logits tensorflow.math.softmax:logits tensorflow.math.top_k:input
tensorflow.nn.compute_average_loss:per_example_loss tensorflow.nn.crelu:features tensorflow.nn.embedding_lookup:params
tensorflow.nn.log_softmax:logits tensorflow.nn.softmax:logits tensorflow.nn.softmax_cross_entropy_with_logits:labels
tensorflow.nn.softmax_cross_entropy_with_logits:logits tensorflow.nn.sparse_softmax_cross_entropy_with_logits:logits
tensorflow.nn.top_k:input tensorflow.searchsorted:sorted_sequence tensorflow.searchsorted:values
tensorflow.signal.dct:input tensorflow.signal.fft:input tensorflow.signal.fftshift:x tensorflow.signal.frame:signal
tensorflow.signal.idct:input tensorflow.signal.ifft:input tensorflow.signal.ifftshift:x
tensorflow.signal.irfft:input_tensor tensorflow.signal.mfccs_from_log_mel_spectrograms:log_mel_spectrograms
tensorflow.signal.rfft:input_tensor tensorflow.signal.stft:signals tensorflow.sort:values tensorflow.split:value
tensorflow.unstack:value
""",
    "0 1": """
keras.ops.cdist:x keras.ops.cdist:y keras.ops.cholesky:x keras.ops.cholesky_inverse:x keras.ops.det:x
keras.ops.diagonal:x keras.ops.eigh:x keras.ops.inv:x keras.ops.logdet:x
keras.ops.matrix_rank:x keras.ops.pinv:x keras.ops.qr:x keras.ops.rot90:array keras.ops.slogdet:x keras.ops.solve:a
keras.ops.solve_triangular:a keras.ops.svd:x keras.ops.trace:x
keras.ops.tril:x keras.ops.triu:x tensorflow.image.grayscale_to_rgb:images
tensorflow.linalg.adjoint:matrix tensorflow.linalg.band_part:input tensorflow.linalg.cholesky:input
tensorflow.linalg.cholesky_solve:chol tensorflow.linalg.cholesky_solve:rhs tensorflow.linalg.det:input
tensorflow.linalg.diag_part:input tensorflow.linalg.inv:input tensorflow.linalg.logdet:matrix
tensorflow.linalg.lstsq:matrix tensorflow.linalg.lstsq:rhs tensorflow.linalg.matmul:a tensorflow.linalg.matmul:b
tensorflow.linalg.matrix_rank:a tensorflow.linalg.matrix_transpose:a tensorflow.linalg.matvec:a
tensorflow.linalg.pinv:a tensorflow.linalg.qr:input tensorflow.linalg.set_diag:input tensorflow.linalg.slogdet:input
tensorflow.linalg.solve:matrix tensorflow.linalg.solve:rhs tensorflow.linalg.svd:tensor tensorflow.linalg.trace:x
tensorflow.linalg.triangular_solve:matrix tensorflow.linalg.triangular_solve:rhs tensorflow.matmul:a
tensorflow.matmul:b tensorflow.nn.bias_add:value tensorflow.signal.fft2d:input tensorflow.signal.ifft2d:input
tensorflow.signal.inverse_stft:stfts tensorflow.signal.irfft2d:input_tensor tensorflow.signal.overlap_and_add:signal
tensorflow.signal.rfft2d:input_tensor
""",
    "0 1 2": """
keras.ops.adaptive_average_pool:inputs keras.ops.adaptive_max_pool:inputs keras.ops.average_pool:inputs
keras.ops.conv:inputs keras.ops.conv:kernel keras.ops.conv_transpose:inputs keras.ops.conv_transpose:kernel
keras.ops.dsplit:x keras.ops.max_pool:inputs tensorflow.image.adjust_contrast:image
tensorflow.image.adjust_hue:image tensorflow.image.adjust_saturation:image
tensorflow.image.per_image_standardization:image tensorflow.image.psnr:a tensorflow.image.psnr:b
tensorflow.image.random_contrast:image tensorflow.image.random_hue:image tensorflow.image.random_saturation:image
tensorflow.image.ssim:img1 tensorflow.image.ssim:img2 tensorflow.image.stateless_random_contrast:image
tensorflow.image.stateless_random_hue:image tensorflow.image.stateless_random_saturation:image
tensorflow.nn.avg_pool:input tensorflow.nn.conv1d:input tensorflow.nn.convolution:filters
tensorflow.nn.convolution:input tensorflow.nn.max_pool:input tensorflow.signal.fft3d:input
tensorflow.signal.ifft3d:input tensorflow.signal.irfft3d:input_tensor tensorflow.signal.rfft3d:input_tensor
""",
    "0 1 2 3": """
keras.ops.image.extract_patches_3d:volumes tensorflow.nn.atrous_conv2d:value tensorflow.nn.conv2d:input
""",
    "0 1 2 3 4": """
tensorflow.nn.avg_pool3d:input tensorflow.nn.max_pool3d:input
""",
    "0 1 2 3 5": """
keras.ops.depth_to_space:x keras.ops.dot_product_attention:key keras.ops.dot_product_attention:query
keras.ops.dot_product_attention:value keras.ops.image.sobel_edges:images keras.ops.space_to_depth:x keras.ops.unfold:x
tensorflow.image.draw_bounding_boxes:images tensorflow.image.image_gradients:image tensorflow.image.sobel_edges:image
tensorflow.nn.atrous_conv2d:filters tensorflow.nn.avg_pool2d:input tensorflow.nn.conv2d:filters
tensorflow.nn.depth_to_space:input tensorflow.nn.local_response_normalization:x tensorflow.nn.lrn:x
tensorflow.nn.max_pool2d:input tensorflow.nn.space_to_depth:input
""",
    "0 1 2 4 5": """
tensorflow.image.draw_bounding_boxes:boxes tensorflow.nn.avg_pool1d:input tensorflow.nn.conv1d:filters
tensorflow.nn.max_pool1d:input
""",
    "0 1 2 5": """
keras.ops.depthwise_conv:inputs keras.ops.depthwise_conv:kernel keras.ops.image.affine_transform:images
keras.ops.image.crop_images:images keras.ops.image.extract_patches:images keras.ops.image.gaussian_blur:images
keras.ops.image.hsv_to_rgb:images keras.ops.image.pad_images:images keras.ops.image.rgb_to_grayscale:images
keras.ops.image.rgb_to_hsv:images keras.ops.image.ssim:image1 keras.ops.image.ssim:image2
tensorflow.image.crop_to_bounding_box:image tensorflow.image.flip_left_right:image tensorflow.image.flip_up_down:image
tensorflow.image.pad_to_bounding_box:image tensorflow.image.random_flip_left_right:image
tensorflow.image.random_flip_up_down:image tensorflow.image.resize_with_crop_or_pad:image
tensorflow.image.resize_with_pad:image tensorflow.image.rot90:image
tensorflow.image.stateless_random_flip_left_right:image tensorflow.image.stateless_random_flip_up_down:image
tensorflow.image.total_variation:images tensorflow.image.transpose:image
""",
    "0 1 3 4 5": """
keras.ops.in_top_k:predictions keras.ops.lstsq:a keras.ops.lu_factor:x
tensorflow.image.non_max_suppression:boxes tensorflow.math.in_top_k:predictions
tensorflow.nn.in_top_k:predictions tensorflow.random.categorical:logits tensorflow.random.stateless_categorical:logits
""",
    "0 2 3 4 5": """
keras.ops.histogram:x keras.ops.in_top_k:targets
keras.ops.searchsorted:sorted_sequence keras.ops.segment_max:segment_ids keras.ops.segment_min:segment_ids
keras.ops.segment_prod:segment_ids keras.ops.segment_sum:segment_ids keras.ops.vander:x
tensorflow.image.non_max_suppression:scores tensorflow.math.in_top_k:targets tensorflow.math.invert_permutation:x
tensorflow.nn.bias_add:bias tensorflow.nn.in_top_k:targets tensorflow.unique:x tensorflow.unique_with_counts:x
""",
    "0 3 4 5": """
keras.ops.diag:x keras.ops.image.affine_transform:transform keras.ops.lstsq:b
""",
    "1": """
keras.ops.corrcoef:x keras.ops.fliplr:x
""",
    "1 3 5": """
tensorflow.linalg.tensor_diag_part:input
""",
    "2 3 4 5": """
tensorflow.concat:values tensorflow.range:limit tensorflow.stack:values
""",
    "3 4 5": """
keras.ops.bincount:x
""",
}
SQUARE = """
keras.ops.cholesky:x keras.ops.cholesky_inverse:x keras.ops.det:x keras.ops.eigh:x keras.ops.inv:x keras.ops.logdet:x
keras.ops.lu_factor:x keras.ops.slogdet:x tensorflow.linalg.cholesky:input tensorflow.linalg.det:input
tensorflow.linalg.expm:input tensorflow.linalg.inv:input tensorflow.linalg.logdet:matrix
tensorflow.linalg.slogdet:input
"""
ALIKE = """
keras.ops.batch_normalization:mean:variance keras.ops.binary_crossentropy:target:output
keras.ops.categorical_crossentropy:target:output keras.ops.cdist:x:y keras.ops.conv:inputs:kernel
keras.ops.conv_transpose:inputs:kernel keras.ops.depthwise_conv:inputs:kernel keras.ops.lstsq:a:b
keras.ops.polar:abs_:angle keras.ops.psnr:x1:x2 keras.ops.scatter_update:inputs:updates
keras.ops.searchsorted:sorted_sequence:values keras.ops.slice_update:inputs:updates keras.ops.solve:a:b
keras.ops.solve_triangular:a:b tensorflow.add:x:y tensorflow.atan2:x:y tensorflow.complex:real:imag
tensorflow.divide:x:y tensorflow.dtypes.complex:real:imag tensorflow.equal:x:y tensorflow.greater:x:y
tensorflow.greater_equal:x:y tensorflow.image.ssim:img1:img2 tensorflow.less:x:y tensorflow.less_equal:x:y
tensorflow.linalg.cholesky_solve:chol:rhs tensorflow.linalg.cross:a:b tensorflow.linalg.lstsq:matrix:rhs
tensorflow.linalg.matmul:a:b tensorflow.linalg.matvec:a:b tensorflow.linalg.set_diag:input:diagonal
tensorflow.linalg.solve:matrix:rhs tensorflow.linalg.tensordot:a:b tensorflow.linalg.triangular_solve:matrix:rhs
tensorflow.math.add:x:y tensorflow.math.atan2:x:y tensorflow.math.betainc:a:b:x tensorflow.math.divide:x:y
tensorflow.math.divide_no_nan:x:y tensorflow.math.equal:x:y tensorflow.math.floordiv:x:y tensorflow.math.floormod:x:y
tensorflow.math.greater:x:y tensorflow.math.greater_equal:x:y tensorflow.math.igamma:x:y tensorflow.math.igammac:x:y
tensorflow.math.less:x:y tensorflow.math.less_equal:x:y tensorflow.math.maximum:x:y tensorflow.math.minimum:x:y
tensorflow.math.mod:x:y tensorflow.math.multiply:x:y tensorflow.math.multiply_no_nan:x:y tensorflow.math.nextafter:x:y
tensorflow.math.not_equal:x:y tensorflow.math.polygamma:x:y tensorflow.math.pow:x:y
tensorflow.math.squared_difference:x:y tensorflow.math.subtract:x:y tensorflow.math.truediv:x:y
tensorflow.math.xdivy:x:y tensorflow.math.xlog1py:x:y tensorflow.math.xlogy:x:y tensorflow.math.zeta:x:y
tensorflow.matmul:a:b tensorflow.maximum:x:y tensorflow.minimum:x:y tensorflow.multiply:x:y
tensorflow.nn.atrous_conv2d:value:filters tensorflow.nn.batch_normalization:mean:variance
tensorflow.nn.bias_add:value:bias tensorflow.nn.conv1d:input:filters tensorflow.nn.conv1d_transpose:input:filters
tensorflow.nn.conv2d:input:filters tensorflow.nn.conv2d_transpose:input:filters tensorflow.nn.conv3d:input:filters
tensorflow.nn.conv3d_transpose:input:filters tensorflow.nn.convolution:input:filters
tensorflow.nn.depthwise_conv2d:input:filter tensorflow.nn.log_poisson_loss:targets:log_input
tensorflow.nn.separable_conv2d:input:depthwise_filter:pointwise_filter
tensorflow.nn.sigmoid_cross_entropy_with_logits:labels:logits
tensorflow.nn.weighted_cross_entropy_with_logits:labels:logits tensorflow.not_equal:x:y tensorflow.pow:x:y
tensorflow.searchsorted:sorted_sequence:values tensorflow.subtract:x:y tensorflow.tensor_scatter_nd_add:tensor:updates
tensorflow.tensor_scatter_nd_max:tensor:updates tensorflow.tensor_scatter_nd_min:tensor:updates
tensorflow.tensor_scatter_nd_sub:tensor:updates tensorflow.tensor_scatter_nd_update:tensor:updates
tensorflow.tensordot:a:b tensorflow.truediv:x:y tensorflow.where:x:y
"""
