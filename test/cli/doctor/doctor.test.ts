/** doctor's table: a row a device, with what to do about it. */
import { describe, expect, it } from 'vitest';
import { deviceRow, doctorSteps, tableHead, tableLine } from '../../../src/cli/doctor/device-rows.ts';
import type { Machine } from '../../../src/engine/devices/machine.ts';
import { onnxDevice } from '../../../src/engine/onnx/onnx-devices.ts';
import { tfjsDevice } from '../../../src/engine/tfjs/tfjs-devices.ts';
import { noNative } from '../../support/native.ts';
import { run } from '../run-cli.ts';

const machine: Machine = {
  platform: 'linux',
  arch: 'x64',
  env: {},
  exists: () => false,
  packageFolder: (name) => `/packages/${name}`,
  list: () => [],
};
const row = (...args: Parameters<typeof deviceRow>) => tableLine(deviceRow(...args), 100);

describe('a row', () => {
  it('of a device that works has its times', () => {
    const tried = { timings: [{ milliseconds: 0.212 }, { milliseconds: 14.46 }] };
    expect(`${tableHead()}\n${row(onnxDevice('cpu'), machine, '1.2.3', tried)}`).toMatchInlineSnapshot(`
      "engine  device    present  works  version   dense step  convolution
      ──────  ────────  ───────  ─────  ────────  ──────────  ───────────
      onnx    cpu       yes      yes    1.2.3     0.21 ms     14.5 ms"
    `);
  });

  it('of one that can do a part says what it lacks', () => {
    const tried = { timings: [{ milliseconds: 7 }, { fault: 'lacks the kernel X' }] };
    expect(row(tfjsDevice('wasm'), machine, '1.2.3', tried)).toMatchInlineSnapshot(
      `
      "tfjs    wasm      yes      yes    1.2.3     7.00 ms     –
              convolutional: lacks the kernel X"
    `,
    );
  });

  it('of one that is there and does not work says what helps', () => {
    expect(row(onnxDevice('webgpu'), machine, '1.2.3', { fault: 'no adapter', timings: [] })).toMatchInlineSnapshot(
      `
      "onnx    webgpu    yes      no     1.2.3     –           –
              no adapter: this machine shows no GPU; where there is one: sudo apt-get install libvulkan1
              mesa-vulkan-drivers"
    `,
    );
  });

  it('of one that is not there says how to install it', () => {
    expect(row(onnxDevice('cuda'), machine, '1.2.3', undefined)).toMatchInlineSnapshot(
      `
      "onnx    cuda      no       –      –         –           –
              not installed: npm rebuild onnxruntime-node --ignore-scripts=false
              --onnxruntime-node-install=cuda12"
    `,
    );
    expect(deviceRow(onnxDevice('cuda'), machine, '1.2.3', undefined)).toMatchObject({ present: false, works: false });
  });

  it('of one whose steps all fail does not say that it works', () => {
    const tried = { timings: doctorSteps.map(() => ({ fault: 'lacks an operator' })) };
    expect(deviceRow(onnxDevice('webgpu'), machine, '1.2.3', tried)).toMatchObject({ present: true, works: false });
  });
});

it('doctor tries every device of every engine', async () => {
  const { code, stdout, stderr } = await run('doctor');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^ok +packages +\d+ as declared$/m);
  const names = ['onnx +cpu', 'onnx +webgpu', 'onnx +cuda', 'onnx +coreml', 'onnx +directml']
    .concat(['tfjs +cpu', 'tfjs +wasm', 'tfjs +node-gpu', 'tfjs +node-cpu'])
    .map((name) => new RegExp(`^${name} +(yes|no) +(yes|no|–) `, 'm'));
  for (const name of names) expect(stdout).toMatch(name);
  expect(stdout).toMatch(/^onnx +cpu +yes +yes +[\d.]+ +[\d.]+ ms +[\d.]+ ms$/m);
  expect(stdout).toMatch(/^tfjs +wasm +yes +yes +[\d.]+ +[\d.]+ ms +–\n +convolutional: lacks the kernel \w+$/m);
  expect(stdout).toMatch(/^native +cpu +/m);
  const bytes = noNative
    ? 'not compared: machine code does not run here'
    : 'a short trial of bigan-pgp has those of the reference';
  expect(stdout).toMatch(new RegExp(`^ok +bytes +${bytes}`, 'm'));
  expect(stdout).toMatch(/^Ready: npm run exp -- grid25 --seeds 5$/m);
}, 180_000);
