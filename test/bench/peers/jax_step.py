"""
The BiGAN+PGP step in JAX: one jitted function of the state, whose buffers are donated. `jax_step.py <folder> 8` runs that
many steps in one call (lax.scan), as the compiled engine does; without a number, each step is a call. `jax_step.py <folder>
8 cuda 32` does so on a GPU, for 32 trials at once (vmap), each with its own weights and batches; their steps all count.
"""

import sys

import jax
import jax.numpy as jnp
from common import converse, load

words = sys.argv[2:]
scans, trials = (int(words[at]) if len(words) > at else default for at, default in ((0, 0), (2, 1)))
jax.config.update("jax_platforms", words[1] if len(words) > 1 else "cpu")
# A step of a millisecond is not worth handing to another thread.
jax.config.update("jax_cpu_enable_async_dispatch", False)

problem = load(sys.argv[1])
settings = problem.settings
tiny = 1e-12


def apply(net, x):
    for weights, bias in net[:-1]:
        x = jax.nn.relu(x @ weights + bias)
    weights, bias = net[-1]
    return x @ weights + bias


def discriminate(net, x, z):
    return apply(net, jnp.concatenate([x, z], axis=1))


def norm(x):
    return jnp.sqrt(jnp.sum(x * x, axis=1, keepdims=True) + tiny)


def rate(net, real, fake):
    """D on both kinds of pairs as one batch; the means of its logits."""
    logits = discriminate(net, *(jnp.concatenate(pair) for pair in zip(real, fake)))
    batch = settings["batch"]
    return jnp.mean(logits[:batch]), jnp.mean(logits[batch:])


def discriminator_loss(net, x, z, epsilon, encoded, generated, reconstructed):
    real, fake = rate(net, (x, encoded), (generated, z))
    difference = x - reconstructed
    between = reconstructed + epsilon * difference
    slope = jax.grad(lambda point: jnp.sum(discriminate(net, point, encoded)))(between)
    penalty = jnp.mean(jnp.sum((slope - difference / norm(difference)) ** 2, axis=1))
    return fake - real + settings["weight"] * penalty


def exhibits(players, x, z):
    generator, encoder = players
    return apply(encoder, x), apply(generator, z)


def players_loss(players, discriminator, x, z):
    encoded, generated = exhibits(players, x, z)
    real, fake = rate(discriminator, (x, encoded), (generated, z))
    return real - fake


def adam(parameters, gradients, squares, count):
    """β₁ is 0: the first moment is the gradient."""
    beta2 = settings["beta2"]
    correction = 1 - beta2**count
    squares = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, squares, gradients)
    move = lambda p, g, v: p - settings["rate"] * g / (jnp.sqrt(v / correction) + settings["epsilon"])
    return jax.tree.map(move, parameters, gradients, squares), squares


def step(state, x, z, epsilon):
    discriminator, players, squares, average, count = state
    count = count + 1
    encoded, generated = exhibits(players, x, z)
    reconstructed = apply(players[0], encoded)
    loss_d, gradients = jax.value_and_grad(discriminator_loss)(
        discriminator, x, z, epsilon, encoded, generated, reconstructed
    )
    discriminator, squares_d = adam(discriminator, gradients, squares[0], count)
    loss_g, gradients = jax.value_and_grad(players_loss)(players, discriminator, x, z)
    players, squares_g = adam(players, gradients, squares[1], count)
    decay = settings["average"]
    average = jax.tree.map(lambda a, p: a + (1 - decay) * (p - a), average, players)
    return (discriminator, players, (squares_d, squares_g), average, count), (loss_d, loss_g)


def initial():
    discriminator = jax.tree.map(jnp.array, problem.discriminator)
    players = jax.tree.map(jnp.array, (problem.generator, problem.encoder))
    squares = jax.tree.map(jnp.zeros_like, (discriminator, players))
    return discriminator, players, squares, jax.tree.map(jnp.copy, players), jnp.float32(0)


batches = [tuple(map(jnp.array, batch)) for batch in problem.batches]
jitted = jax.jit(step, donate_argnums=0)
many = step if trials == 1 else jax.vmap(step)
scanned = jax.jit(lambda state, stacked: jax.lax.scan(lambda s, batch: many(s, *batch), state, stacked), donate_argnums=0)


def repeated(tree, axis):
    """The same numbers for every trial."""
    return tree if trials == 1 else jax.tree.map(lambda x: jnp.repeat(jnp.expand_dims(x, axis), trials, axis), tree)


state, losses, done = repeated(initial(), 0), [], 0
if scans:
    stacked = repeated(tuple(map(jnp.stack, zip(*(batches[at % len(batches)] for at in range(scans))))), 1)
    state, both = scanned(state, stacked)
    losses_d, losses_g = (loss.reshape(scans, trials)[:, 0].tolist() for loss in both)
    losses = list(zip(losses_d, losses_g))[: settings["compared"]]
else:
    for batch in batches[: settings["compared"]]:
        state, (loss_d, loss_g) = jitted(state, *batch)
        losses.append((float(loss_d), float(loss_g)))


def run(steps):
    global state, done
    calls = -(-steps // (scans * trials)) if scans else steps
    for _ in range(calls):
        if scans:
            state, _ = scanned(state, stacked)
        else:
            state, _ = jitted(state, *batches[done % len(batches)])
        done += 1
    jax.block_until_ready(state)
    return calls * scans * trials if scans else calls


converse(jax.__version__, losses, run)
