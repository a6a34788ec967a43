# The steps of a forward pass between hook points, in TorchScript: each is one call into libtorch, however many operations it
# takes inside. libtorch parses this file as it stands, with one of the two that multiply behind it (products_*.py).
#
# A layer is [weight] or [weight, bias]; so is the weight of a norm; a mask is [] or [mask]. What a step is given is overwritten
# only where an argument allows it. A step gives the same numbers whether it overwrites or not, and whether it is called by itself
# or by another step, so that reading a hook point changes nothing.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def linear(self, x: Tensor, layer: List[Tensor]) -> Tensor:
    return self.product(x, layer)

  # Queries, keys and values, [batch, pos, heads, d_head] each, out of one product.
  def project(self, x: Tensor, layer: List[Tensor], heads: int, key_value_heads: int) -> List[Tensor]:
    all = self.product(x, layer)
    together = heads + 2 * key_value_heads
    apart = all.view(all.size(0), all.size(1), together, all.size(2) // together)
    return apart.split([heads, key_value_heads, key_value_heads], 2)

  # Turns dimension i of the first half, as many as cos has, together with its fellow in the second.
  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = cos.size(3)
    parts = x.split([half, half, x.size(3) - 2 * half], 3)
    first = parts[0]
    second = parts[1]
    turned_first = first.mul(cos).sub_(second.mul(sin))
    turned_second = second.mul(cos).add_(first.mul(sin))
    return torch.cat([turned_first, turned_second, parts[2]], 3)

  # Products of queries and keys, [batch, head, query, key]: scaled, soft-capped where cap > 0, in the wide type.
  def scores(self, q: Tensor, k: Tensor, scale: float, cap: float) -> Tensor:
    queries = q.transpose(1, 2).reshape(q.size(0), k.size(2), -1, q.size(3))
    products = queries.matmul(k.permute(0, 2, 3, 1)).view(q.size(0), q.size(2), q.size(1), k.size(1))
    return self.soften(self.wide(products).mul_(scale), cap)

  # Keeps numbers softly between -cap and cap, where cap > 0; overwrites them.
  def soften(self, x: Tensor, cap: float) -> Tensor:
    return x.div_(cap).tanh_().mul_(cap) if cap > 0.0 else x

  # What each query gives to each key, in the type of the values.
  def pattern(self, scores: Tensor, mask: List[Tensor], values: Tensor, overwrite: bool) -> Tensor:
    masked = scores
    if len(mask) > 0:
      masked = scores.add_(mask[0]) if overwrite else scores.add(mask[0])
    return masked.softmax(-1).to(ops.prim.dtype(values))

  # Values mixed by the pattern, [batch, pos, head, d_head].
  def mix(self, pattern: Tensor, v: Tensor) -> Tensor:
    rows = pattern.reshape(pattern.size(0), v.size(2), -1, v.size(1))
    mixed = rows.matmul(v.transpose(1, 2))
    return mixed.view(pattern.size(0), pattern.size(1), pattern.size(2), v.size(3)).transpose(1, 2)

  # The layer behind the heads, which lie side by side.
  def combine(self, z: Tensor, layer: List[Tensor]) -> Tensor:
    return self.product(z.flatten(2), layer)

  # From queries, keys and values to what attention makes of them.
  def attend(self, q: Tensor, k: Tensor, v: Tensor, scale: float, cap: float, mask: List[Tensor], layer: List[Tensor]) -> Tensor:
    pattern = self.pattern(self.scores(q, k, scale, cap), mask, v, True)
    return self.combine(self.mix(pattern, v), layer)

  # An activation function.
  def activate(self, x: Tensor, function: str, overwrite: bool) -> Tensor:
    if function == "gelu":
      return torch.gelu_(x) if overwrite else torch.gelu(x)
    if function == "gelu_tanh":
      return torch.gelu_(x, approximate="tanh") if overwrite else torch.gelu(x, approximate="tanh")
    if function == "silu":
      return torch.silu_(x) if overwrite else torch.silu(x)
    if function == "relu":
      return torch.relu_(x) if overwrite else torch.relu(x)
    if function == "quick_gelu":
      return torch.sigmoid(x.mul(1.702)).mul_(x)
    raise AssertionError("there is no activation function " + function)

  # The neurons of an MLP.
  def neurons(self, x: Tensor, layer: List[Tensor], function: str) -> Tensor:
    return self.activate(self.product(x, layer), function, True)

  # The neurons of a gated MLP.
  def gated_neurons(self, x: Tensor, gate: List[Tensor], layer: List[Tensor], function: str) -> Tensor:
    return self.neurons(x, gate, function).mul_(self.product(x, layer))

  # A norm over the last axis without centring.
  def rms_norm(self, x: Tensor, weight: List[Tensor], epsilon: float) -> Tensor:
    return self.divide_by_size(x, self.wide(x), weight, epsilon)

  # A norm over the last axis, by steps, for weights that libtorch's own does not take.
  def layer_norm(self, x: Tensor, weight: List[Tensor], epsilon: float) -> Tensor:
    wide = self.wide(x)
    return self.divide_by_size(x, wide - wide.mean([-1], True), weight, epsilon)

  def divide_by_size(self, x: Tensor, wide: Tensor, weight: List[Tensor], epsilon: float) -> Tensor:
    size = wide.square().mean([-1], True).add_(epsilon).sqrt_()
    normed = wide.div(size).to(ops.prim.dtype(x)).mul_(weight[0])
    return normed.add_(weight[1]) if len(weight) > 1 else normed

  # The type that scores, softmax and statistics are computed in: float64 for float64, else float32.
  def wide(self, x: Tensor) -> Tensor:
    return x.to(7 if ops.prim.dtype(x) == 7 else 6)

