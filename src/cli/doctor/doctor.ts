/** `doctor` reports what this machine has, which devices compute and how fast, and the command for what is missing. */
import { join } from 'node:path';
import { type Device, lackText } from '../../engine/devices/device.ts';
import { type Machine, thisMachine } from '../../engine/devices/machine.ts';
import { type TryResult, tryDevice } from '../../engine/devices/try-device.ts';
import { devicesOf, type EngineName, engineNames, engines } from '../../engine/engines.ts';
import { ExitCode } from '../exit.ts';
import { print } from '../print.ts';
import { hung, textWidth } from '../screen/format.ts';
import { deviceRow, doctorSteps, tableHead, tableLine } from './device-rows.ts';
import { type Finding, installedVersion, machine, nodeVersion, packages } from './findings.ts';
import { bytesFinding } from './reference-trial.ts';

/** Exit code 1 where something that training needs is missing or broken. `root` is the project's folder. */
export async function doctor(root: string): Promise<number> {
  const here = thisMachine();
  const attempt = async (engine: EngineName, device: Device): Promise<TryResult | undefined> =>
    device.lack(here) ? undefined : tryDevice({ engine, device: device.name, steps: doctorSteps });

  const compiled = await attempt('onnx', reference);
  const fault = await nativeFault(here);
  const findings = [
    ...[nodeVersion(), machine(), packages(root), engineFinding(here, root, compiled, fault), automaticFinding(fault)],
    await bytesFinding(join(root, 'results/reference'), fault),
  ];
  const widest = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, says } of findings)
    print(hung(`${state.padEnd(7)}  ${what.padEnd(widest)}  `, says, textWidth()));

  const width = textWidth();
  print(`\n${tableHead()}`);
  for (const engine of engineNames) {
    for (const device of devicesOf(engine)) {
      const tried = device === reference ? compiled : await attempt(engine, device);
      print(tableLine(deviceRow(device, here, installedVersion(root, device.package), tried), width));
    }
  }
  print('\nTimes: one small training step, the same on every device, in a process of its own.');
  const isReady = findings.every(({ state }) => state === 'ok');
  print(isReady ? 'Ready: npm run exp -- grid25 --seeds 5' : 'Not ready: see above.');
  return isReady ? ExitCode.done : ExitCode.failed;
}

/** Why machine code does not run here. */
async function nativeFault(here: Machine): Promise<string | undefined> {
  const [device] = engines.native.devices;
  const lack = device.lack(here);
  return lackText(lack) ?? device.fault();
}

const automaticFinding = (fault: string | undefined): Finding => ({
  what: 'engine auto',
  state: 'ok',
  says: fault === undefined ? 'native: machine code' : `onnx: machine code does not run here (${fault})`,
});

/** The device that everything can be run on. */
const [reference] = engines.onnx.devices;

/** @param noNative why machine code does not run here: where it does, the package may be missing. */
function engineFinding(here: Machine, root: string, tried: TryResult | undefined, noNative?: string): Finding {
  const lack = reference.lack(here);
  if (lack) {
    const says = `${lackText(lack)}; needed for pictures' classifiers, GPUs, and where there is no machine code`;
    return { what: `engine ${reference.engine}`, state: noNative === undefined ? 'ok' : 'missing', says };
  }
  const version = installedVersion(root, reference.package) ?? '?';
  const what = `engine ${reference.engine}`;
  const fault = tried ? (tried.fault ?? faultOf(tried)) : 'not there';
  if (fault === undefined) return { what, state: 'ok', says: `onnxruntime ${version} computes on ${reference.name}` };
  return { what, state: 'broken', says: `onnxruntime ${version}: ${fault}; try npm install` };
}

function faultOf({ timings }: TryResult): string | undefined {
  return timings.map((timing) => ('fault' in timing ? timing.fault : undefined)).find((fault) => fault !== undefined);
}
