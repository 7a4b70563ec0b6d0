"""
The BiGAN+PGP step of DCGANs on pictures in JAX: one jitted function of the state, whose buffers are donated. The problem's
numbers are channels-last, as XLA's convolutions take them. `jax_images.py <folder> cuda` runs on a GPU.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np
from common import converse, read

jax.config.update("jax_platforms", sys.argv[2] if len(sys.argv) > 2 else "cpu")

settings, arrays = read(sys.argv[1])
side, _, colours = settings["shape"]
latent, width, batch = settings["latent"], settings["width"], settings["batch"]
tiny, slope, momentum = 1e-12, 0.2, 0.1
dimensions = ("NHWC", "HWIO", "NHWC")

# Sides are halved while they are even and above 4; channels double up to 8 times the width.
base, channels = side, [colours]
while base % 2 == 0 and base > 4:
    channels.append(width * min(2 ** (len(channels) - 1), 8))
    base //= 2
deepest = channels[-1]
flat = base * base * deepest


def taken(vector, *shapes):
    """Tensors of these shapes, one after another; what is left of the vector."""
    tensors = []
    for shape in shapes:
        size = int(np.prod(shape))
        tensors.append(jnp.array(vector[:size].reshape(shape)))
        vector = vector[size:]
    return tensors, vector


def layers_from(vector, filters, after):
    """A filter and what stands behind it, a number a channel each, for every pair of its last two sizes."""
    layers = []
    for first, last, outputs in filters:
        layer, vector = taken(vector, (4, 4, first, last), *[(outputs,)] * after)
        layers.append(layer)
    return layers, vector


def generator_from(vector):
    (weights, bias, *first), vector = taken(vector, (latent, flat), (flat,), (deepest,), (deepest,))
    pairs = [(outputs, inputs, outputs) for inputs, outputs in zip(channels[:1:-1], channels[-2:0:-1])]
    layers, vector = layers_from(vector, pairs, 2)
    last, vector = layers_from(vector, [(colours, channels[1], colours)], 1)
    return dict(dense=(weights, bias), first=first, layers=layers, last=last[0]), vector


downwards = [(inputs, outputs, outputs) for inputs, outputs in zip(channels, channels[1:])]


def encoder_from(vector):
    layers, vector = layers_from(vector, downwards, 2)
    dense, vector = taken(vector, (flat, latent), (latent,))
    return dict(layers=layers, dense=dense), vector


def discriminator_from(vector):
    layers, vector = layers_from(vector, downwards, 1)
    (weights, bias, *logit), vector = taken(vector, (flat + latent, deepest), (deepest,), (deepest, 1), (1,))
    return dict(layers=layers, head=(weights, bias), logit=logit), vector


def leaky(x):
    return jnp.where(x > 0, x, slope * x)


def halve(x, filters):
    return jax.lax.conv_general_dilated(x, filters, (2, 2), "SAME", dimension_numbers=dimensions)


def double(x, filters):
    return jax.lax.conv_transpose(x, filters, (2, 2), "SAME", dimension_numbers=dimensions, transpose_kernel=True)


def normalise(x, scale, offset, seen):
    mean, variance = jnp.mean(x, (0, 1, 2)), jnp.var(x, (0, 1, 2))
    seen.append((mean, variance))
    return (x - mean) * (scale * jax.lax.rsqrt(variance + 1e-5)) + offset


def generate(net, z):
    """Pictures, and the moments that its normalisations saw."""
    seen = []
    weights, bias = net["dense"]
    x = jax.nn.relu(normalise((z @ weights + bias).reshape(-1, base, base, deepest), *net["first"], seen))
    for filters, *scales in net["layers"]:
        x = jax.nn.relu(normalise(double(x, filters), *scales, seen))
    filters, bias = net["last"]
    return jnp.tanh(double(x, filters) + bias), seen


def encode(net, x):
    seen = []
    for filters, *scales in net["layers"]:
        x = leaky(normalise(halve(x, filters), *scales, seen))
    weights, bias = net["dense"]
    return jnp.tanh(x.reshape(-1, flat) @ weights + bias), seen


def discriminate(net, x, z):
    for filters, bias in net["layers"]:
        x = leaky(halve(x, filters) + bias)
    weights, bias = net["head"]
    hidden = leaky(jnp.concatenate([x.reshape(-1, flat), z], 1) @ weights + bias)
    weights, bias = net["logit"]
    return hidden @ weights + bias


def rate(net, x, z, encoded, generated):
    logits = discriminate(net, jnp.concatenate([x, generated]), jnp.concatenate([encoded, z]))
    return jnp.mean(logits[:batch]), jnp.mean(logits[batch:])


def norm(x):
    return jnp.sqrt(jnp.sum(x * x, (1, 2, 3), keepdims=True) + tiny)


def discriminator_loss(net, x, z, epsilon, encoded, generated, reconstructed):
    real, fake = rate(net, x, z, encoded, generated)
    difference = x - reconstructed
    between = reconstructed + epsilon * difference
    gradient = jax.grad(lambda point: jnp.sum(discriminate(net, point, encoded)))(between)
    penalty = jnp.mean(jnp.sum((gradient - difference / norm(difference)) ** 2, (1, 2, 3)))
    return fake - real + settings["weight"] * penalty


def players_loss(players, discriminator, x, z):
    encoded, _ = encode(players["encoder"], x)
    generated, _ = generate(players["generator"], z)
    real, fake = rate(discriminator, x, z, encoded, generated)
    return real - fake


def adam(parameters, gradients, moments, count):
    beta1, beta2 = settings["beta1"], settings["beta2"]
    first = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, moments[0], gradients)
    second = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, moments[1], gradients)
    corrections = 1 - beta1**count, 1 - beta2**count
    move = lambda p, m, v: p - settings["rate"] * (m / corrections[0]) / (
        jnp.sqrt(v / corrections[1]) + settings["epsilon"]
    )
    return jax.tree.map(move, parameters, first, second), (first, second)


def step(state, x, z, epsilon):
    discriminator, players, moments, statistics, average, count = state
    count = count + 1
    encoded, seen_x = encode(players["encoder"], x)
    generated, seen_z = generate(players["generator"], z)
    reconstructed, _ = generate(players["generator"], encoded)
    loss_d, gradients = jax.value_and_grad(discriminator_loss)(
        discriminator, x, z, epsilon, encoded, generated, reconstructed
    )
    discriminator, moments_d = adam(discriminator, gradients, moments[0], count)
    loss_g, gradients = jax.value_and_grad(players_loss)(players, discriminator, x, z)
    players, moments_g = adam(players, gradients, moments[1], count)
    follow = lambda kept, now, share: jax.tree.map(lambda a, b: a + share * (b - a), kept, now)
    statistics = follow(statistics, [*seen_z, *seen_x], momentum)
    average = follow(average, (players, statistics), 1 - settings["average"])
    return (discriminator, players, (moments_d, moments_g), statistics, average, count), (loss_d, loss_g)


def initial():
    discriminator, rest_d = discriminator_from(arrays["discriminator"])
    generator, rest = generator_from(arrays["players"])
    encoder, rest_g = encoder_from(rest)
    if rest_d.size or rest_g.size:
        raise SystemExit(f"the nets leave {rest_d.size} and {rest_g.size} numbers of the problem")
    players = dict(generator=generator, encoder=encoder)
    zeros = lambda tree: jax.tree.map(jnp.zeros_like, tree)
    moments = tuple((zeros(net), zeros(net)) for net in (discriminator, players))
    statistics = [(jnp.zeros(size), jnp.ones(size)) for size in [*channels[:0:-1], *channels[1:]]]
    average = jax.tree.map(jnp.copy, (players, statistics))
    return discriminator, players, moments, statistics, average, jnp.float32(0)


batches = [
    (jnp.array(x), jnp.array(z), jnp.array(epsilon).reshape(-1, 1, 1, 1))
    for x, z, epsilon in zip(arrays["x"], arrays["z"], arrays["epsilon"])
]
jitted = jax.jit(step, donate_argnums=0)
state, losses, done = initial(), [], 0
for drawn in batches[: settings["compared"]]:
    state, (loss_d, loss_g) = jitted(state, *drawn)
    losses.append((float(loss_d), float(loss_g)))


def run(steps):
    global state, done
    for _ in range(steps):
        state, _ = jitted(state, *batches[done % len(batches)])
        done += 1
    jax.block_until_ready(state)
    return steps


converse(jax.__version__, losses, run)
