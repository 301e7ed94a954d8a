"""What functions of `keras.ops` are not given where code just runs: the dtypes that TensorFlow's kernels do not take, and
lists and numbers in place of tensors. Measured with the examples of the rules: `tests/differential/test_ops.py` compares.

On Keras tensors nothing of this is looked at: only the shape and dtype are worked out.
"""

from __future__ import annotations

from shapewright.knowledge.arrays.kinds import Kinds

_NO_INTEGERS = """
adaptive_average_pool average_pool binary_crossentropy categorical_crossentropy cdist cholesky cholesky_inverse
conv conv_transpose depthwise_conv det eigh erf erfc erfinv glu hard_sigmoid hard_silu hard_swish hard_tanh
image.extract_patches_3d image.gaussian_blur image.hsv_to_rgb image.rgb_to_hsv image.sobel_edges inv log_sigmoid
log_softmax logdet logsumexp lstsq lu_factor matrix_rank nanpercentile nanquantile normalize pinv polar qr
reciprocal rsqrt selu sigmoid silu slogdet softmax softplus softsign solve solve_triangular sparse_plus
sparse_sigmoid sparsemax svd swish tanh_shrink
"""
_NO_BOOLEANS = """
adaptive_max_pool fmax fmin hypot maximum minimum
batch_normalization conj conjugate fold heaviside histogram image.affine_transform
image.extract_patches image.resize in_top_k max_pool nanmedian negative normalize psnr ptp real relu relu6 round
segment_max segment_min segment_prod segment_sum sign unfold unique unravel_index view view_as_real
"""
_NO_LISTS = """
adaptive_average_pool adaptive_max_pool append average_pool batch_normalization clip conv corrcoef diagonal fold
glu image.affine_transform image.extract_patches image.extract_patches_3d image.resize isin layer_normalization
log_softmax max_pool multi_hot pad psnr rearrange rms_normalization saturate_cast segment_max segment_min
segment_prod segment_sum soft_shrink softmax sparse_plus sparsemax split squareplus threshold unfold vander
"""
_NO_NUMBERS = """
adaptive_average_pool adaptive_max_pool append argmax argmin argpartition argsort array_split average
average_pool batch_normalization binary_crossentropy categorical_crossentropy cdist cholesky cholesky_inverse
clip conv conv_transpose corrcoef correlate cross cumprod cumsum depth_to_space depthwise_conv det diag diagonal
diff dsplit eigh erf erfc erfinv expand_dims extract_sequences fold get_item glu hard_sigmoid hard_silu
hard_swish hard_tanh histogram hsplit hypot image.affine_transform image.crop_images image.extract_patches
image.extract_patches_3d image.gaussian_blur image.hsv_to_rgb image.map_coordinates image.pad_images
image.resize image.rgb_to_hsv image.sobel_edges image.ssim in_top_k inv isin layer_normalization log_sigmoid
log_softmax logdet logsumexp lstsq lu_factor matmul matrix_rank max max_pool min multi_hot nanargmax nanargmin
nancumprod nancumsum nanpercentile nanquantile nonzero pad percentile pinv polar psnr qr quantile rearrange
reciprocal reshape rms_normalization rot90 rsqrt saturate_cast scatter scatter_update searchsorted segment_max
segment_min segment_prod segment_sum selu sigmoid silu slice slice_update slogdet softmax softplus softsign
solve solve_triangular sort space_to_depth sparse_categorical_crossentropy sparse_plus sparse_sigmoid sparsemax
split svd swish take take_along_axis tanh_shrink tensordot trace trapezoid tril triu unfold vander vdot
view_as_complex vsplit
"""

KINDS = Kinds("keras.ops.", _NO_INTEGERS, _NO_BOOLEANS, _NO_LISTS, _NO_NUMBERS)
