  # A layer by libtorch's own product.
  def product(self, x: Tensor, layer: List[Tensor]) -> Tensor:
    bias : Optional[Tensor] = None
    if len(layer) > 1:
      bias = layer[1]
    return torch.linear(x, layer[0], bias)

  def pack(self, weight: Tensor) -> Tensor:
    return weight.contiguous()
