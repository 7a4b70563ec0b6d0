"""
The BiGAN+PGP step of DCGANs on pictures in PyTorch: eager autograd with fused optimisers. The problem's numbers are
channels-last; here they become channels-first once, weights included, so that every layer is PyTorch's own.

Running variances are PyTorch's, which are unbiased: they cost the same, and no loss sees them.
"""

import sys

import numpy as np
import torch
from common import converse, read
from torch.nn import functional as F

torch.set_num_threads(1)
on_gpu = sys.argv[2:] == ["cuda"]
if on_gpu:
    torch.set_default_device("cuda")
# Adam's second moments decay into denormals.
torch.set_flush_denormal(True)

settings, arrays = read(sys.argv[1])
side, _, colours = settings["shape"]
latent, width, batch = settings["latent"], settings["width"], settings["batch"]
tiny, slope, momentum = 1e-12, 0.2, 0.1

# Sides are halved while they are even and above 4; channels double up to 8 times the width.
base, channels = side, [colours]
while base % 2 == 0 and base > 4:
    channels.append(width * min(2 ** (len(channels) - 1), 8))
    base //= 2
deepest = channels[-1]
flat = base * base * deepest


class Vector:
    """Takes a flat vector apart, tensor by tensor, in the order of the layout."""

    def __init__(self, numbers: np.ndarray):
        self.numbers, self.start, self.parameters = numbers, 0, []

    def take(self, *shape: int, perm=None, rows=None, columns=None) -> torch.Tensor:
        size = int(np.prod(shape))
        array = self.numbers[self.start : self.start + size].reshape(shape)
        self.start += size
        if rows is not None:
            array = array[rows]
        if columns is not None:
            array = array[..., columns]
        tensor = torch.tensor(np.ascontiguousarray(array.transpose(perm) if perm else array), requires_grad=True)
        self.parameters.append(tensor)
        return tensor

    def convolution(self, inputs: int, outputs: int) -> torch.Tensor:
        """HWIO to OIHW; a transposed convolution's are [4, 4, out, in] to [in, out, 4, 4], by the same permutation."""
        return self.take(4, 4, inputs, outputs, perm=(3, 2, 0, 1))

    def normalisation(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        return self.take(size), self.take(size)


#: Places of flattened features, channels-last, in the order that channels-first has.
flipped = np.arange(flat).reshape(base, base, deepest).transpose(2, 0, 1).ravel()


class Generator:
    def __init__(self, vector: Vector):
        self.weights = vector.take(latent, flat, columns=flipped)
        self.bias = vector.take(flat, columns=flipped)
        self.first = vector.normalisation(deepest)
        self.layers = []
        for inputs, outputs in zip(channels[:1:-1], channels[-2:0:-1]):
            self.layers.append((vector.convolution(outputs, inputs), vector.normalisation(outputs)))
        self.last = vector.convolution(colours, channels[1]), vector.take(colours)
        self.sizes = channels[:0:-1]

    def __call__(self, z, kept=None):
        x = torch.addmm(self.bias, z, self.weights).view(-1, deepest, base, base)
        x = F.relu(normalise(x, self.first, kept, 0))
        for index, (weights, scales) in enumerate(self.layers):
            x = F.conv_transpose2d(x, weights, stride=2, padding=1)
            x = F.relu(normalise(x, scales, kept, index + 1))
        weights, bias = self.last
        return torch.tanh(F.conv_transpose2d(x, weights, bias, stride=2, padding=1))


class Encoder:
    def __init__(self, vector: Vector):
        self.layers = [
            (vector.convolution(inputs, outputs), vector.normalisation(outputs))
            for inputs, outputs in zip(channels, channels[1:])
        ]
        self.weights = vector.take(flat, latent, rows=flipped)
        self.bias = vector.take(latent)
        self.sizes = channels[1:]

    def __call__(self, x, kept=None):
        for index, (weights, scales) in enumerate(self.layers):
            x = F.conv2d(x, weights, stride=2, padding=1)
            x = F.leaky_relu(normalise(x, scales, kept, index), slope)
        return torch.tanh(torch.addmm(self.bias, x.flatten(1), self.weights))


class Discriminator:
    def __init__(self, vector: Vector):
        self.layers = [
            (vector.convolution(inputs, outputs), vector.take(outputs)) for inputs, outputs in zip(channels, channels[1:])
        ]
        rows = np.concatenate([flipped, flat + np.arange(latent)])
        self.head = vector.take(flat + latent, deepest, rows=rows), vector.take(deepest)
        self.logit = vector.take(deepest, 1), vector.take(1)

    def __call__(self, x, z):
        for weights, bias in self.layers:
            x = F.leaky_relu(F.conv2d(x, weights, bias, stride=2, padding=1), slope)
        weights, bias = self.head
        hidden = F.leaky_relu(torch.addmm(bias, torch.cat([x.flatten(1), z], 1), weights), slope)
        weights, bias = self.logit
        return torch.addmm(bias, hidden, weights)


def normalise(x, scales, kept, index):
    mean, variance = kept[index] if kept else (None, None)
    scale, offset = scales
    return F.batch_norm(x, mean, variance, scale, offset, training=True, momentum=momentum, eps=1e-5)


vector_d, vector_g = Vector(arrays["discriminator"]), Vector(arrays["players"])
discriminator, generator, encoder = Discriminator(vector_d), Generator(vector_g), Encoder(vector_g)
for vector in (vector_d, vector_g):
    if vector.start != vector.numbers.size:
        raise SystemExit(f"a net takes {vector.start} numbers, the problem has {vector.numbers.size}")
critics, players = vector_d.parameters, vector_g.parameters

fresh = lambda net: [(torch.zeros(size), torch.ones(size)) for size in net.sizes]
kept_generator, kept_encoder = fresh(generator), fresh(encoder)
statistics = [tensor for pair in [*kept_generator, *kept_encoder] for tensor in pair]
followed = [*players, *statistics]
average = [tensor.detach().clone() for tensor in followed]
adam = dict(
    lr=settings["rate"], betas=(float(settings["beta1"]), settings["beta2"]), eps=settings["epsilon"], fused=True
)
optimiser_d, optimiser_g = torch.optim.Adam(critics, **adam), torch.optim.Adam(players, **adam)


def rate(x, z, encoded, generated):
    logits = discriminator(torch.cat([x, generated]), torch.cat([encoded, z]))
    real, fake = logits.split(batch)
    return real.mean(), fake.mean()


def norm(x):
    return (x.square().sum((1, 2, 3), keepdim=True) + tiny).sqrt()


def pairwise_gradient_penalty(x, reconstructed, epsilon, encoded):
    difference = x - reconstructed
    towards = difference / norm(difference)
    between = torch.addcmul(reconstructed, epsilon, difference).requires_grad_()
    (gradient,) = torch.autograd.grad(discriminator(between, encoded).sum(), between, create_graph=True)
    return (gradient - towards).square().sum((1, 2, 3)).mean()


def assign(parameters, gradients):
    """Double backward leaves filters' gradients in other strides, which the fused Adam reads as if they were the parameters'."""
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient.contiguous()


def step(x, z, epsilon):
    # One forward pass of G and E serves both steps: D's does not change them.
    encoded, generated = encoder(x, kept_encoder), generator(z, kept_generator)
    constant = encoded.detach()
    with torch.no_grad():
        reconstructed = generator(constant)
    real, fake = rate(x, z, constant, generated.detach())
    penalty = pairwise_gradient_penalty(x, reconstructed, epsilon, constant)
    loss_d = fake - real + settings["weight"] * penalty
    assign(critics, torch.autograd.grad(loss_d, critics))
    optimiser_d.step()

    real, fake = rate(x, z, encoded, generated)
    loss_g = real - fake
    # Gradients of G and E alone: none for D's weights.
    assign(players, torch.autograd.grad(loss_g, players))
    optimiser_g.step()
    with torch.no_grad():
        torch._foreach_lerp_(average, followed, 1 - settings["average"])
    return loss_d.detach(), loss_g.detach()


def tensors(x, z, epsilon):
    return torch.tensor(x.transpose(0, 3, 1, 2).copy()), torch.tensor(z), torch.tensor(epsilon).view(-1, 1, 1, 1)


batches = [tensors(*drawn) for drawn in zip(arrays["x"], arrays["z"], arrays["epsilon"])]
losses = [tuple(loss.item() for loss in step(*drawn)) for drawn in batches[: settings["compared"]]]
done = 0


def run(steps):
    global done
    for _ in range(steps):
        step(*batches[done % len(batches)])
        done += 1
    if on_gpu:
        torch.cuda.synchronize()
    return steps


converse(torch.__version__, losses, run)
