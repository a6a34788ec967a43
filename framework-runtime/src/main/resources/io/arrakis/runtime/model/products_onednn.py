  # A layer whose weight was packed, by oneDNN: more than twice as fast as libtorch's own product on some processors.
  def product(self, x: Tensor, layer: List[Tensor]) -> Tensor:
    bias : Optional[Tensor] = None
    if len(layer) > 1:
      bias = layer[1]
    return ops.mkldnn._linear_pointwise(x, layer[0], bias, "none", [], "")

  def pack(self, weight: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(weight, None)
