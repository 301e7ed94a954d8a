"""Which dtypes functions refuse, and of which tensors the dtypes must be the same.

Written by `scripts/dtypes.py`, which measures it: `function:parameter` and `function:parameter:parameter`.
"""

from __future__ import annotations

REFUSED = {
    "bool": """
keras.ops.batch_normalization:x keras.ops.fold:x keras.ops.psnr:x1 keras.ops.psnr:x2 keras.ops.real:x
keras.ops.segment_prod:data keras.ops.segment_sum:data keras.ops.unfold:x keras.ops.view:x keras.ops.view_as_real:x
tensorflow.add:x tensorflow.add:y tensorflow.divide:x tensorflow.divide:y tensorflow.dtypes.saturate_cast:value
tensorflow.image.extract_patches:images tensorflow.image.image_gradients:image tensorflow.linalg.trace:x
tensorflow.math.add:x tensorflow.math.add:y tensorflow.math.conj:x tensorflow.math.divide:x tensorflow.math.divide:y
tensorflow.math.divide_no_nan:x tensorflow.math.divide_no_nan:y tensorflow.math.multiply:x tensorflow.math.multiply:y
tensorflow.math.real:input tensorflow.math.reduce_euclidean_norm:input_tensor tensorflow.math.reduce_mean:input_tensor
tensorflow.math.reduce_prod:input_tensor tensorflow.math.reduce_sum:input_tensor tensorflow.math.segment_mean:data
tensorflow.math.segment_prod:data tensorflow.math.segment_sum:data tensorflow.math.subtract:x
tensorflow.math.subtract:y tensorflow.math.unsorted_segment_prod:data
tensorflow.math.unsorted_segment_prod:num_segments tensorflow.math.unsorted_segment_sum:data
tensorflow.math.unsorted_segment_sum:num_segments tensorflow.multiply:x tensorflow.multiply:y
tensorflow.nn.batch_normalization:x tensorflow.nn.bias_add:bias tensorflow.nn.bias_add:value
tensorflow.reduce_mean:input_tensor tensorflow.reduce_prod:input_tensor tensorflow.reduce_sum:input_tensor
tensorflow.saturate_cast:value tensorflow.signal.overlap_and_add:signal tensorflow.subtract:x tensorflow.subtract:y
""",
    "bool complex64": """
keras.ops.adaptive_max_pool:inputs keras.ops.histogram:x keras.ops.image.affine_transform:images
keras.ops.image.resize:images keras.ops.leaky_relu:x keras.ops.max_pool:inputs keras.ops.ptp:x keras.ops.relu6:x
keras.ops.relu:x keras.ops.searchsorted:sorted_sequence keras.ops.searchsorted:values keras.ops.segment_max:data
keras.ops.segment_min:data keras.ops.top_k:x keras.ops.unique:x keras.ops.unravel_index:indices
tensorflow.argsort:values tensorflow.clip_by_value:t tensorflow.greater:x tensorflow.greater:y
tensorflow.greater_equal:x tensorflow.greater_equal:y tensorflow.image.adjust_gamma:image
tensorflow.image.convert_image_dtype:image tensorflow.image.crop_and_resize:image tensorflow.image.psnr:a
tensorflow.image.psnr:b tensorflow.image.random_contrast:image tensorflow.image.random_saturation:image
tensorflow.image.resize:images tensorflow.image.resize_with_pad:image tensorflow.image.rgb_to_grayscale:images
tensorflow.image.stateless_random_brightness:image tensorflow.image.stateless_random_contrast:image
tensorflow.image.stateless_random_hue:image tensorflow.image.stateless_random_saturation:image tensorflow.less:x
tensorflow.less:y tensorflow.less_equal:x tensorflow.less_equal:y tensorflow.linalg.cross:a tensorflow.linalg.cross:b
tensorflow.math.floordiv:x tensorflow.math.floordiv:y tensorflow.math.floormod:x tensorflow.math.floormod:y
tensorflow.math.greater:x tensorflow.math.greater:y tensorflow.math.greater_equal:x tensorflow.math.greater_equal:y
tensorflow.math.is_non_decreasing:x tensorflow.math.is_strictly_increasing:x tensorflow.math.less:x
tensorflow.math.less:y tensorflow.math.less_equal:x tensorflow.math.less_equal:y tensorflow.math.maximum:x
tensorflow.math.maximum:y tensorflow.math.minimum:x tensorflow.math.minimum:y tensorflow.math.mod:x
tensorflow.math.mod:y tensorflow.math.reduce_max:input_tensor tensorflow.math.reduce_min:input_tensor
tensorflow.math.segment_max:data tensorflow.math.segment_min:data tensorflow.math.top_k:input
tensorflow.math.unsorted_segment_max:data tensorflow.math.unsorted_segment_max:num_segments
tensorflow.math.unsorted_segment_mean:data tensorflow.math.unsorted_segment_mean:num_segments
tensorflow.math.unsorted_segment_min:data tensorflow.math.unsorted_segment_min:num_segments tensorflow.maximum:x
tensorflow.maximum:y tensorflow.minimum:x tensorflow.minimum:y tensorflow.nn.leaky_relu:features
tensorflow.nn.max_pool1d:input tensorflow.nn.max_pool2d:input tensorflow.nn.max_pool:input tensorflow.nn.top_k:input
tensorflow.reduce_max:input_tensor tensorflow.reduce_min:input_tensor tensorflow.searchsorted:sorted_sequence
tensorflow.searchsorted:values
""",
    "bool float32 float64 complex64": """
keras.ops.bitwise_invert:x keras.ops.bitwise_not:x keras.ops.lcm:x1 keras.ops.lcm:x2 keras.ops.ldexp:x2
tensorflow.one_hot:indices
""",
    "bool int32 int64 complex64": """
keras.ops.categorical_crossentropy:output
""",
    "bool uint8": """
keras.ops.moments:x tensorflow.bitcast:input tensorflow.image.total_variation:images tensorflow.linalg.matmul:a
tensorflow.linalg.matmul:b tensorflow.linalg.tensor_diag:diagonal tensorflow.linalg.tensor_diag_part:input
tensorflow.linalg.tensordot:a tensorflow.linalg.tensordot:b tensorflow.math.pow:x tensorflow.math.pow:y
tensorflow.math.squared_difference:x tensorflow.math.squared_difference:y tensorflow.matmul:a tensorflow.matmul:b
tensorflow.nn.moments:x tensorflow.pow:x tensorflow.pow:y tensorflow.tensordot:a tensorflow.tensordot:b
""",
    "bool uint8 complex64": """
tensorflow.math.unsorted_segment_sqrt_n:num_segments tensorflow.nn.crelu:features tensorflow.range:limit
""",
    "bool uint8 float32 float64 complex64": """
keras.ops.in_top_k:targets keras.ops.scatter:indices keras.ops.scatter_update:indices
keras.ops.segment_max:segment_ids keras.ops.segment_min:segment_ids keras.ops.segment_prod:segment_ids
keras.ops.segment_sum:segment_ids tensorflow.concat:values tensorflow.gather_nd:indices
tensorflow.math.in_top_k:targets tensorflow.math.invert_permutation:x tensorflow.nn.embedding_lookup:ids
tensorflow.nn.in_top_k:targets tensorflow.nn.sparse_softmax_cross_entropy_with_logits:labels tensorflow.stack:values
""",
    "bool uint8 float64 complex64": """
keras.ops.scatter_update:inputs keras.ops.scatter_update:updates
""",
    "bool uint8 int32 int64": """
keras.ops.batch_normalization:mean keras.ops.batch_normalization:variance keras.ops.cdist:x keras.ops.cdist:y
keras.ops.cholesky_inverse:x keras.ops.det:x keras.ops.eigh:x keras.ops.glu:x keras.ops.hard_shrink:x keras.ops.inv:x
keras.ops.logdet:x keras.ops.lstsq:a keras.ops.lstsq:b keras.ops.lu_factor:x keras.ops.qr:x keras.ops.reciprocal:x
keras.ops.rsqrt:x keras.ops.sigmoid:x keras.ops.silu:x keras.ops.slogdet:x keras.ops.solve:a keras.ops.solve:b
keras.ops.solve_triangular:a keras.ops.solve_triangular:b keras.ops.squareplus:x keras.ops.svd:x keras.ops.swish:x
keras.ops.tanh_shrink:x tensorflow.image.rgb_to_yiq:images tensorflow.image.rgb_to_yuv:images
tensorflow.image.yiq_to_rgb:images tensorflow.image.yuv_to_rgb:images tensorflow.linalg.cholesky:input
tensorflow.linalg.cholesky_solve:chol tensorflow.linalg.cholesky_solve:rhs tensorflow.linalg.det:input
tensorflow.linalg.expm:input tensorflow.linalg.inv:input tensorflow.linalg.l2_normalize:x
tensorflow.linalg.logdet:matrix tensorflow.linalg.lstsq:matrix tensorflow.linalg.lstsq:rhs
tensorflow.linalg.norm:tensor tensorflow.linalg.normalize:tensor tensorflow.linalg.qr:input
tensorflow.linalg.slogdet:input tensorflow.linalg.solve:matrix tensorflow.linalg.solve:rhs
tensorflow.linalg.svd:tensor tensorflow.linalg.triangular_solve:matrix tensorflow.linalg.triangular_solve:rhs
tensorflow.math.angle:input tensorflow.math.reduce_std:input_tensor tensorflow.math.reduce_variance:input_tensor
tensorflow.math.scalar_mul:x tensorflow.nn.batch_normalization:mean tensorflow.nn.batch_normalization:variance
tensorflow.nn.log_poisson_loss:log_input tensorflow.nn.log_poisson_loss:targets tensorflow.nn.weighted_moments:x
tensorflow.norm:tensor tensorflow.scalar_mul:x
""",
    "bool uint8 int32 int64 complex64": """
keras.ops.adaptive_average_pool:inputs keras.ops.average_pool:inputs keras.ops.binary_crossentropy:output
keras.ops.binary_crossentropy:target keras.ops.categorical_crossentropy:target keras.ops.celu:x keras.ops.cholesky:x
keras.ops.clip:x keras.ops.depthwise_conv:inputs keras.ops.depthwise_conv:kernel keras.ops.elu:x keras.ops.erf:x
keras.ops.erfc:x keras.ops.erfinv:x keras.ops.gelu:x keras.ops.hard_sigmoid:x keras.ops.hard_silu:x
keras.ops.hard_swish:x keras.ops.hard_tanh:x keras.ops.image.extract_patches_3d:volumes
keras.ops.image.gaussian_blur:images keras.ops.image.hsv_to_rgb:images keras.ops.image.map_coordinates:coordinates
keras.ops.image.rgb_to_hsv:images keras.ops.image.sobel_edges:images keras.ops.log_sigmoid:x keras.ops.log_softmax:x
keras.ops.logsumexp:x keras.ops.matrix_rank:x keras.ops.nanpercentile:x keras.ops.nanquantile:x keras.ops.normalize:x
keras.ops.pinv:x keras.ops.polar:abs_ keras.ops.selu:x keras.ops.soft_shrink:x keras.ops.softmax:x
keras.ops.softplus:x keras.ops.softsign:x keras.ops.sparse_categorical_crossentropy:output keras.ops.sparse_plus:x
keras.ops.sparse_sigmoid:x keras.ops.sparsemax:x keras.ops.threshold:x tensorflow.clip_by_norm:t
tensorflow.complex:imag tensorflow.complex:real tensorflow.dtypes.complex:imag tensorflow.dtypes.complex:real
tensorflow.histogram_fixed_width:values tensorflow.image.hsv_to_rgb:images tensorflow.image.rgb_to_hsv:images
tensorflow.image.sobel_edges:image tensorflow.linalg.matrix_rank:a tensorflow.linalg.pinv:a tensorflow.math.betainc:a
tensorflow.math.betainc:b tensorflow.math.betainc:x tensorflow.math.is_finite:x tensorflow.math.is_inf:x
tensorflow.math.is_nan:x tensorflow.math.lbeta:x tensorflow.math.log_softmax:logits
tensorflow.math.reduce_logsumexp:input_tensor tensorflow.math.softmax:logits
tensorflow.math.unsorted_segment_sqrt_n:data tensorflow.nn.avg_pool1d:input tensorflow.nn.avg_pool2d:input
tensorflow.nn.avg_pool:input tensorflow.nn.conv3d:filters tensorflow.nn.conv3d:input
tensorflow.nn.depthwise_conv2d:filter tensorflow.nn.depthwise_conv2d:input tensorflow.nn.dropout:x
tensorflow.nn.l2_loss:t tensorflow.nn.log_softmax:logits tensorflow.nn.separable_conv2d:depthwise_filter
tensorflow.nn.separable_conv2d:input tensorflow.nn.separable_conv2d:pointwise_filter
tensorflow.nn.sigmoid_cross_entropy_with_logits:labels tensorflow.nn.sigmoid_cross_entropy_with_logits:logits
tensorflow.nn.softmax:logits tensorflow.nn.softmax_cross_entropy_with_logits:logits
tensorflow.nn.sparse_softmax_cross_entropy_with_logits:logits tensorflow.nn.weighted_cross_entropy_with_logits:labels
tensorflow.nn.weighted_cross_entropy_with_logits:logits tensorflow.random.categorical:logits
tensorflow.random.stateless_categorical:logits tensorflow.reduce_logsumexp:input_tensor tensorflow.signal.dct:input
tensorflow.signal.idct:input tensorflow.signal.mfccs_from_log_mel_spectrograms:log_mel_spectrograms
tensorflow.signal.rfft2d:input_tensor tensorflow.signal.rfft:input_tensor tensorflow.signal.stft:signals
""",
    "bool uint8 int32 int64 float32 float64": """
tensorflow.signal.fft2d:input tensorflow.signal.fft:input tensorflow.signal.ifft2d:input tensorflow.signal.ifft:input
tensorflow.signal.inverse_stft:stfts tensorflow.signal.irfft2d:input_tensor tensorflow.signal.irfft:input_tensor
""",
    "bool uint8 int32 int64 float64 complex64": """
keras.ops.in_top_k:predictions tensorflow.image.crop_and_resize:boxes tensorflow.image.draw_bounding_boxes:boxes
tensorflow.image.draw_bounding_boxes:images tensorflow.math.in_top_k:predictions tensorflow.nn.avg_pool3d:input
tensorflow.nn.in_top_k:predictions tensorflow.nn.max_pool3d:input tensorflow.nn.normalize_moments:mean_ss
tensorflow.nn.normalize_moments:variance_ss tensorflow.random.gamma:alpha
""",
    "bool uint8 int64 complex64": """
keras.ops.conv:inputs keras.ops.conv:kernel keras.ops.conv_transpose:inputs keras.ops.conv_transpose:kernel
keras.ops.image.extract_patches:images tensorflow.nn.atrous_conv2d:filters tensorflow.nn.atrous_conv2d:value
tensorflow.nn.conv1d:filters tensorflow.nn.conv1d:input tensorflow.nn.conv2d:filters tensorflow.nn.conv2d:input
tensorflow.nn.convolution:filters tensorflow.nn.convolution:input
""",
    "bool uint8 int64 float32 float64 complex64": """
tensorflow.image.crop_and_resize:box_indices
""",
    "complex64": """
keras.ops.amax:x keras.ops.amin:x keras.ops.arctan2:x1 keras.ops.arctan2:x2 keras.ops.argmax:x keras.ops.argmin:x
keras.ops.argsort:x keras.ops.ceil:x keras.ops.cross:x1 keras.ops.cross:x2 keras.ops.digitize:x
keras.ops.dot_product_attention:key keras.ops.dot_product_attention:query keras.ops.dot_product_attention:value
keras.ops.fabs:x keras.ops.floor:x keras.ops.floor_divide:x1 keras.ops.floor_divide:x2 keras.ops.fmax:x1
keras.ops.fmax:x2 keras.ops.fmin:x1 keras.ops.fmin:x2 keras.ops.fmod:x1 keras.ops.fmod:x2 keras.ops.greater:x1
keras.ops.greater:x2 keras.ops.greater_equal:x1 keras.ops.greater_equal:x2 keras.ops.heaviside:x1
keras.ops.heaviside:x2 keras.ops.image.ssim:image1 keras.ops.isfinite:x keras.ops.isin:x1 keras.ops.isinf:x
keras.ops.isnan:x keras.ops.ldexp:x1 keras.ops.less:x1 keras.ops.less:x2 keras.ops.less_equal:x1
keras.ops.less_equal:x2 keras.ops.logaddexp2:x1 keras.ops.logaddexp2:x2 keras.ops.logaddexp:x1 keras.ops.logaddexp:x2
keras.ops.max:x keras.ops.maximum:x1 keras.ops.maximum:x2 keras.ops.median:x keras.ops.min:x keras.ops.minimum:x1
keras.ops.minimum:x2 keras.ops.mod:x1 keras.ops.mod:x2 keras.ops.nan_to_num:x keras.ops.nanargmax:x
keras.ops.nanargmin:x keras.ops.nancumprod:x keras.ops.nancumsum:x keras.ops.nanmax:x keras.ops.nanmedian:x
keras.ops.nanmin:x keras.ops.nanstd:x keras.ops.nanvar:x keras.ops.percentile:x keras.ops.polar:angle
keras.ops.quantile:x keras.ops.saturate_cast:x keras.ops.sort:x keras.ops.trunc:x tensorflow.argmax:input
tensorflow.argmin:input tensorflow.math.argmax:input tensorflow.math.argmin:input tensorflow.unique:x
tensorflow.unique_with_counts:x
""",
    "float32 float64 complex64": """
keras.ops.bitwise_and:x keras.ops.bitwise_and:y keras.ops.bitwise_left_shift:x keras.ops.bitwise_left_shift:y
keras.ops.bitwise_or:x keras.ops.bitwise_or:y keras.ops.bitwise_right_shift:x keras.ops.bitwise_right_shift:y
keras.ops.bitwise_xor:x keras.ops.bitwise_xor:y keras.ops.gcd:x1 keras.ops.gcd:x2 keras.ops.left_shift:x
keras.ops.left_shift:y keras.ops.right_shift:x keras.ops.right_shift:y
""",
    "uint8 int32 int64 float32 float64 complex64": """
tensorflow.logical_and:x tensorflow.logical_and:y tensorflow.logical_not:x tensorflow.logical_or:x
tensorflow.logical_or:y tensorflow.math.logical_and:x tensorflow.math.logical_and:y tensorflow.math.logical_not:x
tensorflow.math.logical_or:x tensorflow.math.logical_or:y tensorflow.math.logical_xor:x tensorflow.math.logical_xor:y
tensorflow.math.reduce_all:input_tensor tensorflow.math.reduce_any:input_tensor tensorflow.reduce_all:input_tensor
tensorflow.reduce_any:input_tensor
""",
}
ALIKE = """
keras.ops.batch_normalization:mean:variance keras.ops.binary_crossentropy:target:output
keras.ops.categorical_crossentropy:target:output keras.ops.cdist:x:y keras.ops.conv:inputs:kernel
keras.ops.conv_transpose:inputs:kernel keras.ops.depthwise_conv:inputs:kernel keras.ops.lstsq:a:b
keras.ops.polar:abs_:angle keras.ops.psnr:x1:x2 keras.ops.scatter_update:inputs:updates
keras.ops.searchsorted:sorted_sequence:values keras.ops.slice_update:inputs:updates keras.ops.solve:a:b
keras.ops.solve_triangular:a:b tensorflow.add:x:y tensorflow.complex:real:imag tensorflow.divide:x:y
tensorflow.dtypes.complex:real:imag tensorflow.equal:x:y tensorflow.greater:x:y tensorflow.greater_equal:x:y
tensorflow.less:x:y tensorflow.less_equal:x:y tensorflow.linalg.cholesky_solve:chol:rhs tensorflow.linalg.cross:a:b
tensorflow.linalg.lstsq:matrix:rhs tensorflow.linalg.matmul:a:b tensorflow.linalg.set_diag:input:diagonal
tensorflow.linalg.solve:matrix:rhs tensorflow.linalg.tensordot:a:b tensorflow.linalg.triangular_solve:matrix:rhs
tensorflow.math.add:x:y tensorflow.math.betainc:a:b:x tensorflow.math.divide:x:y tensorflow.math.divide_no_nan:x:y
tensorflow.math.equal:x:y tensorflow.math.floordiv:x:y tensorflow.math.floormod:x:y tensorflow.math.greater:x:y
tensorflow.math.greater_equal:x:y tensorflow.math.less:x:y tensorflow.math.less_equal:x:y tensorflow.math.maximum:x:y
tensorflow.math.minimum:x:y tensorflow.math.mod:x:y tensorflow.math.multiply:x:y tensorflow.math.not_equal:x:y
tensorflow.math.pow:x:y tensorflow.math.squared_difference:x:y tensorflow.math.subtract:x:y tensorflow.matmul:a:b
tensorflow.maximum:x:y tensorflow.minimum:x:y tensorflow.multiply:x:y tensorflow.nn.atrous_conv2d:value:filters
tensorflow.nn.batch_normalization:mean:variance tensorflow.nn.bias_add:value:bias tensorflow.nn.conv1d:input:filters
tensorflow.nn.conv2d:input:filters tensorflow.nn.conv3d:input:filters tensorflow.nn.convolution:input:filters
tensorflow.nn.depthwise_conv2d:input:filter tensorflow.nn.log_poisson_loss:targets:log_input
tensorflow.nn.separable_conv2d:input:depthwise_filter:pointwise_filter
tensorflow.nn.sigmoid_cross_entropy_with_logits:labels:logits
tensorflow.nn.weighted_cross_entropy_with_logits:labels:logits tensorflow.not_equal:x:y tensorflow.pow:x:y
tensorflow.searchsorted:sorted_sequence:values tensorflow.subtract:x:y
tensorflow.tensor_scatter_nd_update:tensor:updates tensorflow.tensordot:a:b
"""
