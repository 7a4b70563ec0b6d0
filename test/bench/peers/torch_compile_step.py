"""
The BiGAN+PGP step in PyTorch, compiled: a pure function of the state whose gradients are torch.func's, so that forward,
backward, the penalty's double backward, and both optimisers are one graph for Inductor (autograd inside of a compiled
region does not do double backward).
"""

import sys

import torch
import torch._inductor.config as inductor
from common import converse, load
from torch.func import grad, grad_and_value

torch.set_num_threads(1)
torch.set_flush_denormal(True)
# One C++ entry for the whole graph instead of Python between kernels.
inductor.cpp_wrapper = True

problem = load(sys.argv[1])
settings = problem.settings
tiny = 1e-12


def apply(net, x):
    for index, (weights, bias) in enumerate(net):
        x = torch.addmm(bias, x, weights)
        if index < len(net) - 1:
            x = torch.relu(x)
    return x


def discriminate(net, x, z):
    return apply(net, torch.cat([x, z], 1))


def rate(net, x, z, encoded, generated):
    logits = apply(net, torch.cat([torch.cat([x, encoded], 1), torch.cat([generated, z], 1)]))
    real, fake = logits.split(settings["batch"])
    return real.mean(), fake.mean()


def discriminator_loss(net, x, z, epsilon, encoded, generated, reconstructed):
    real, fake = rate(net, x, z, encoded, generated)
    difference = x - reconstructed
    towards = difference / (difference.square().sum(1, keepdim=True) + tiny).sqrt()
    between = reconstructed + epsilon * difference
    slope = grad(lambda point: discriminate(net, point, encoded).sum())(between)
    return fake - real + settings["weight"] * (slope - towards).square().sum(1).mean()


def exhibits(players, x, z):
    generator, encoder = players
    return apply(encoder, x), apply(generator, z)


def players_loss(players, discriminator, x, z):
    encoded, generated = exhibits(players, x, z)
    real, fake = rate(discriminator, x, z, encoded, generated)
    return real - fake


def adam(parameters, gradients, squares, correction):
    """In place; β₁ is 0: the first moment is the gradient."""
    beta2 = settings["beta2"]
    for parameter, gradient, square in zip(leaves(parameters), leaves(gradients), leaves(squares)):
        square.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        parameter.sub_(settings["rate"] * gradient / ((square / correction).sqrt() + settings["epsilon"]))


leaves = torch.utils._pytree.tree_leaves
copy = lambda tree: torch.utils._pytree.tree_map(lambda leaf: torch.tensor(leaf), tree)

discriminator, players = copy((problem.discriminator, (problem.generator, problem.encoder)))
squares = torch.utils._pytree.tree_map(torch.zeros_like, (discriminator, players))
average = torch.utils._pytree.tree_map(torch.clone, players)
power = torch.ones(())


@torch.compile(fullgraph=True, dynamic=False)
def step(discriminator, players, squares, average, power, x, z, epsilon):
    power.mul_(settings["beta2"])
    correction = 1 - power
    encoded, generated = exhibits(players, x, z)
    reconstructed = apply(players[0], encoded)
    gradients, loss_d = grad_and_value(discriminator_loss)(
        discriminator, x, z, epsilon, encoded, generated, reconstructed
    )
    adam(discriminator, gradients, squares[0], correction)
    gradients, loss_g = grad_and_value(players_loss)(players, discriminator, x, z)
    adam(players, gradients, squares[1], correction)
    for slow, fast in zip(leaves(average), leaves(players)):
        slow.lerp_(fast, 1 - settings["average"])
    return loss_d, loss_g


state = (discriminator, players, squares, average, power)
batches = [tuple(map(torch.tensor, batch)) for batch in problem.batches]
with torch.no_grad():
    losses = [tuple(loss.item() for loss in step(*state, *batch)) for batch in batches[: settings["compared"]]]
done = 0


def run(steps):
    global done
    with torch.no_grad():
        for _ in range(steps):
            step(*state, *batches[done % len(batches)])
            done += 1
    return steps


converse(torch.__version__, losses, run)
