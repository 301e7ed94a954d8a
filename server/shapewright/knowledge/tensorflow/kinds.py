"""What functions of TensorFlow are not given: dtypes that their kernels do not take, tensors of two dtypes, numbers.

Measured with the examples of the rules; `tests/differential/test_tensorflow.py` compares.
"""

from __future__ import annotations

from shapewright.knowledge.arrays.kinds import Kinds

_NO_INTEGERS = """
acos acosh asin asinh atan atanh clip_by_norm cos cosh exp floor histogram_fixed_width image.hsv_to_rgb
image.rgb_to_hsv image.rgb_to_yiq image.rgb_to_yuv image.yiq_to_rgb image.yuv_to_rgb linalg.cholesky linalg.det
linalg.expm linalg.inv linalg.l2_normalize linalg.logdet linalg.matrix_rank linalg.norm linalg.normalize
linalg.pinv linalg.qr linalg.slogdet linalg.svd math.acos math.acosh math.angle math.asin math.asinh math.atan
math.atanh math.bessel_i0 math.bessel_i0e math.bessel_i1 math.bessel_i1e math.ceil math.cos math.cosh
math.cumulative_logsumexp math.digamma math.erf math.erfc math.erfcinv math.erfinv math.exp math.expm1
math.floor math.is_finite math.is_inf math.is_nan math.l2_normalize math.lbeta math.lgamma math.log math.log1p
math.log_sigmoid math.log_softmax math.ndtri math.reciprocal math.reciprocal_no_nan math.reduce_logsumexp
math.reduce_std math.reduce_variance math.rint math.rsqrt math.sigmoid math.sin math.sinh math.softmax
math.softplus math.softsign math.sqrt math.tan math.tanh math.unsorted_segment_sqrt_n nn.avg_pool nn.avg_pool1d
nn.avg_pool2d nn.avg_pool3d nn.dropout nn.elu nn.experimental.stateless_dropout nn.gelu nn.l2_loss
nn.l2_normalize nn.local_response_normalization nn.log_softmax nn.lrn nn.max_pool3d nn.selu nn.sigmoid nn.silu
nn.softmax nn.softplus nn.softsign nn.swish nn.tanh norm random.stateless_categorical reduce_logsumexp sigmoid
signal.dct signal.idct signal.mfccs_from_log_mel_spectrograms signal.rfft signal.rfft2d signal.stft sin sinh
sqrt tan tanh
"""
_NO_BOOLEANS = """
abs argsort bitcast clip_by_value cumsum dtypes.saturate_cast image.adjust_brightness image.adjust_contrast
image.adjust_gamma image.adjust_hue image.adjust_saturation image.convert_image_dtype image.extract_patches
image.random_brightness image.random_contrast image.random_hue image.random_saturation image.resize
image.resize_with_pad image.rgb_to_grayscale image.stateless_random_brightness image.stateless_random_contrast
image.stateless_random_hue image.stateless_random_saturation linalg.tensor_diag linalg.tensor_diag_part
linalg.trace math.abs math.conj math.cumprod math.cumsum math.is_non_decreasing math.is_strictly_increasing
math.negative math.real math.reduce_euclidean_norm math.reduce_max math.reduce_mean math.reduce_min
math.reduce_prod math.reduce_sum math.round math.segment_max math.segment_mean math.segment_min
math.segment_prod math.segment_sum math.sign math.square math.top_k math.unsorted_segment_max
math.unsorted_segment_mean math.unsorted_segment_min math.unsorted_segment_prod math.unsorted_segment_sum
negative nn.compute_average_loss nn.crelu nn.leaky_relu nn.max_pool nn.max_pool1d nn.max_pool2d nn.moments
nn.relu nn.relu6 nn.scale_regularization_loss nn.top_k reduce_max reduce_mean reduce_min reduce_prod reduce_sum
round saturate_cast sign signal.overlap_and_add sort square
"""
_NO_FLOATS = """
logical_and logical_not logical_or math.in_top_k math.invert_permutation math.logical_and math.logical_not
math.logical_or math.logical_xor math.reduce_all math.reduce_any nn.in_top_k reduce_all reduce_any signal.fft
signal.fft2d signal.ifft signal.ifft2d signal.irfft signal.irfft2d
"""
_ONE_DTYPE = """
add atan2 complex divide dtypes.complex equal greater greater_equal image.draw_bounding_boxes
image.non_max_suppression image.ssim less less_equal linalg.cholesky_solve linalg.cross linalg.lstsq
linalg.matmul linalg.matvec linalg.set_diag linalg.solve linalg.tensordot linalg.triangular_solve logical_and
logical_or math.add math.atan2 math.betainc math.divide math.divide_no_nan math.equal math.floordiv
math.floormod math.greater math.greater_equal math.igamma math.igammac math.less math.less_equal
math.logical_and math.logical_or math.logical_xor math.maximum math.minimum math.mod math.multiply
math.multiply_no_nan math.nextafter math.not_equal math.polygamma math.pow math.squared_difference math.subtract
math.truediv math.xdivy math.xlog1py math.xlogy math.zeta matmul maximum minimum multiply nn.atrous_conv2d
nn.bias_add nn.conv1d nn.conv1d_transpose nn.conv2d nn.conv2d_transpose nn.conv3d nn.conv3d_transpose
nn.convolution nn.depthwise_conv2d nn.log_poisson_loss nn.separable_conv2d nn.weighted_cross_entropy_with_logits
nn.weighted_moments not_equal pow searchsorted subtract tensor_scatter_nd_add tensor_scatter_nd_max
tensor_scatter_nd_min tensor_scatter_nd_sub tensor_scatter_nd_update tensordot truediv
"""
_NO_LISTS = """
image.psnr nn.avg_pool nn.batch_normalization nn.conv2d nn.conv3d nn.max_pool nn.moments
"""
_NO_NUMBERS = """
acos acosh argmax argmin argsort asin asinh atan atanh clip_by_norm cos cosh cumsum dynamic_partition
ensure_shape exp floor gather gather_nd histogram_fixed_width image.adjust_contrast image.adjust_hue
image.adjust_saturation image.crop_to_bounding_box image.extract_patches image.flip_left_right
image.flip_up_down image.hsv_to_rgb image.pad_to_bounding_box image.per_image_standardization
image.random_contrast image.random_crop image.random_flip_left_right image.random_flip_up_down image.random_hue
image.random_saturation image.resize image.resize_with_crop_or_pad image.resize_with_pad image.rgb_to_grayscale
image.rgb_to_hsv image.rgb_to_yiq image.rgb_to_yuv image.rot90 image.stateless_random_contrast
image.stateless_random_crop image.stateless_random_flip_left_right image.stateless_random_flip_up_down
image.stateless_random_hue image.stateless_random_saturation image.transpose image.yiq_to_rgb image.yuv_to_rgb
linalg.adjoint linalg.band_part linalg.cholesky linalg.det linalg.diag linalg.diag_part linalg.expm linalg.inv
linalg.l2_normalize linalg.logdet linalg.matrix_rank linalg.matrix_transpose linalg.norm linalg.normalize
linalg.pinv linalg.qr linalg.slogdet linalg.svd linalg.tensor_diag linalg.trace logical_not math.acos math.acosh
math.angle math.argmax math.argmin math.asin math.asinh math.atan math.atanh math.bessel_i0 math.bessel_i0e
math.bessel_i1 math.bessel_i1e math.ceil math.cos math.cosh math.cumprod math.cumsum math.cumulative_logsumexp
math.digamma math.erf math.erfc math.erfcinv math.erfinv math.exp math.expm1 math.floor math.invert_permutation
math.is_finite math.is_inf math.is_nan math.l2_normalize math.lbeta math.lgamma math.log math.log1p
math.log_sigmoid math.log_softmax math.logical_not math.ndtri math.reciprocal math.reciprocal_no_nan
math.reduce_all math.reduce_any math.reduce_euclidean_norm math.reduce_logsumexp math.reduce_std
math.reduce_variance math.rint math.rsqrt math.segment_max math.segment_mean math.segment_min math.segment_prod
math.segment_sum math.sigmoid math.sin math.sinh math.softmax math.softplus math.softsign math.sqrt math.tan
math.tanh math.top_k math.unsorted_segment_max math.unsorted_segment_mean math.unsorted_segment_min
math.unsorted_segment_prod math.unsorted_segment_sqrt_n math.unsorted_segment_sum nn.avg_pool nn.avg_pool1d
nn.avg_pool2d nn.avg_pool3d nn.compute_average_loss nn.crelu nn.depth_to_space nn.dropout nn.elu
nn.embedding_lookup nn.experimental.stateless_dropout nn.gelu nn.l2_loss nn.l2_normalize
nn.local_response_normalization nn.log_softmax nn.lrn nn.max_pool nn.max_pool1d nn.max_pool2d nn.max_pool3d
nn.moments nn.selu nn.sigmoid nn.silu nn.softmax nn.softplus nn.softsign nn.space_to_depth nn.swish nn.tanh
nn.top_k norm pad random.stateless_categorical reduce_all reduce_any reduce_logsumexp reverse_sequence sigmoid
signal.dct signal.fft signal.fft2d signal.fftshift signal.frame signal.idct signal.ifft signal.ifft2d
signal.ifftshift signal.irfft signal.irfft2d signal.mfccs_from_log_mel_spectrograms signal.overlap_and_add
signal.rfft signal.rfft2d signal.stft sin sinh slice sort split sqrt tan tanh tile unique unique_with_counts
unstack where
"""
KINDS = Kinds("tensorflow.", _NO_INTEGERS, _NO_BOOLEANS, _NO_LISTS, _NO_NUMBERS, _NO_FLOATS, _ONE_DTYPE)
