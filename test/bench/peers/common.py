"""What the peers share: the problem that the bench wrote, and the conversation with it. Knows no framework."""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import numpy as np

Layers = list[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Problem:
    """Initial weights and batches. A net is a list of layers: weights [inputs, outputs], bias [outputs]."""

    settings: dict[str, Any]
    discriminator: Layers
    generator: Layers
    encoder: Layers
    #: x [batch, dim], z [batch, latent], epsilon [batch, 1] of every step.
    batches: list[tuple[np.ndarray, np.ndarray, np.ndarray]]


def read(folder: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Reads problem.json and problem.f32, whose numbers follow one another in the order that the JSON names."""
    settings = json.loads((Path(folder) / "problem.json").read_text())
    numbers = np.fromfile(Path(folder) / "problem.f32", dtype=np.float32)
    arrays, start = {}, 0
    for name, shape in settings["arrays"]:
        size = int(np.prod(shape))
        arrays[name] = numbers[start : start + size].reshape(shape)
        start += size
    if start != numbers.size:
        raise SystemExit(f"problem.f32 has {numbers.size} numbers, expected {start}")
    return settings, arrays


def load(folder: str) -> Problem:
    """The problem of perceptrons on points."""
    settings, arrays = read(folder)
    (dim,), latent = settings["shape"], settings["latent"]
    generator, encoder = net(latent, dim, settings), net(dim, latent, settings)
    split = sum(rows * columns + columns for rows, columns in generator)
    return Problem(
        settings=settings,
        discriminator=layers(arrays["discriminator"], net(dim + latent, 1, settings)),
        generator=layers(arrays["players"][:split], generator),
        encoder=layers(arrays["players"][split:], encoder),
        batches=list(zip(arrays["x"], arrays["z"], arrays["epsilon"])),
    )


def net(inputs: int, outputs: int, settings: dict[str, Any]) -> list[tuple[int, int]]:
    widths = [inputs, *settings["hidden"], outputs]
    return list(zip(widths[:-1], widths[1:]))


def layers(vector: np.ndarray, shapes: list[tuple[int, int]]) -> Layers:
    taken, start = [], 0
    for rows, columns in shapes:
        weights = vector[start : start + rows * columns].reshape(rows, columns)
        bias = vector[start + rows * columns : start + rows * columns + columns]
        taken.append((weights, bias))
        start += rows * columns + columns
    return taken


def converse(version: str, losses: list[tuple[float, float]], run: Callable[[int], int]) -> None:
    """
    Says the losses (D's, the players') of the first steps. Then times `run(n)` for every n that is asked for: at least n
    steps, whose number it returns.
    """
    say({"version": version, "losses": losses})
    for line in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        steps = run(int(line))
        say({"steps": steps, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu})


def say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)
