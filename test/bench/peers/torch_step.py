"""The BiGAN+PGP step in PyTorch: eager autograd with fused optimisers."""

import sys

import torch
from common import converse, load
from torch import nn

torch.set_num_threads(1)
on_gpu = sys.argv[2:] == ["cuda"]
if on_gpu:
    torch.set_default_device("cuda")
# Adam's second moments decay into denormals.
torch.set_flush_denormal(True)

problem = load(sys.argv[1])
settings = problem.settings
tiny = 1e-12


def mlp(layers):
    modules = []
    for weights, bias in layers:
        linear = nn.Linear(*weights.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(weights.T.copy()))
            linear.bias.copy_(torch.tensor(bias))
        modules += [linear, nn.ReLU(inplace=False)]
    return nn.Sequential(*modules[:-1])


discriminator, generator, encoder = map(mlp, (problem.discriminator, problem.generator, problem.encoder))
critics = list(discriminator.parameters())
players = [*generator.parameters(), *encoder.parameters()]
average = [parameter.detach().clone() for parameter in players]
adam = dict(lr=settings["rate"], betas=(float(settings["beta1"]), settings["beta2"]), eps=settings["epsilon"], fused=True)
optimiser_d, optimiser_g = torch.optim.Adam(critics, **adam), torch.optim.Adam(players, **adam)


def rate(x, z, encoded, generated):
    logits = discriminator(torch.cat([torch.cat([x, encoded], 1), torch.cat([generated, z], 1)]))
    real, fake = logits.split(settings["batch"])
    return real.mean(), fake.mean()


def pairwise_gradient_penalty(x, reconstructed, epsilon, encoded):
    difference = x - reconstructed
    towards = difference / (difference.square().sum(1, keepdim=True) + tiny).sqrt()
    between = torch.addcmul(reconstructed, epsilon, difference).requires_grad_()
    logits = discriminator(torch.cat([between, encoded], 1))
    (slope,) = torch.autograd.grad(logits.sum(), between, create_graph=True)
    return (slope - towards).square().sum(1).mean()


def assign(parameters, gradients):
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient


def step(x, z, epsilon):
    # One forward pass of G and E serves both steps: D's does not change them.
    encoded, generated = encoder(x), generator(z)
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
        torch._foreach_lerp_(average, players, 1 - settings["average"])
    return loss_d.detach(), loss_g.detach()


batches = [tuple(map(torch.tensor, batch)) for batch in problem.batches]
losses = [tuple(loss.item() for loss in step(*batch)) for batch in batches[: settings["compared"]]]
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
