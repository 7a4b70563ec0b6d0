/** `doctor`: what this machine has, which devices compute and how fast, and the command for what is missing. */
import { type DeviceName, type EngineName, lackOf, thisMachine } from '../../engine/devices/devices.ts';
import { type Tried, tryDevice } from '../../engine/devices/try-device.ts';
import { ExitCode } from '../exit.ts';
import { pair } from './choose-device.ts';
import { allDevices, deviceRow, doctorSteps, packageOf, tableHead, tableLine } from './device-rows.ts';
import { type Finding, installedVersion, machine, nodeVersion, packages } from './findings.ts';

/** Exit code 1 where something that training needs is missing or broken. `root` is the project's folder. */
export async function doctor(root: string): Promise<number> {
  const here = thisMachine();
  const attempt = async (engine: EngineName, device: DeviceName): Promise<Tried | undefined> =>
    lackOf(device, here) ? undefined : tryDevice({ ...pair(engine, device), steps: doctorSteps });

  const compiled = await attempt('onnx', 'cpu');
  const findings = [nodeVersion(), machine(), packages(root), engineFinding(root, compiled)];
  const widest = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, says } of findings) console.log(`${state.padEnd(7)}  ${what.padEnd(widest)}  ${says}`);

  console.log(`\n${tableHead()}`);
  for (const [engine, device] of allDevices) {
    const tried = engine === 'onnx' && device === 'cpu' ? compiled : await attempt(engine, device);
    const version = installedVersion(root, packageOf(engine, device));
    console.log(tableLine(deviceRow([engine, device], here, version, tried)));
  }
  console.log('\nTimes: one small training step, the same on every device, in a process of its own.');
  const isReady = findings.every(({ state }) => state === 'ok');
  console.log(isReady ? 'Ready: npm run exp -- grid25 --seeds 5' : 'Not ready: see above.');
  return isReady ? ExitCode.done : ExitCode.failed;
}

/** The engine and device that everything can be run on. */
function engineFinding(root: string, tried: Tried | undefined): Finding {
  const version = installedVersion(root, packageOf('onnx', 'cpu')) ?? '?';
  const what = 'engine onnx';
  const fault = tried ? (tried.fault ?? faultOf(tried)) : 'not there';
  if (fault === undefined) return { what, state: 'ok', says: `onnxruntime ${version} computes on cpu` };
  return { what, state: 'broken', says: `onnxruntime ${version}: ${fault}; try npm install` };
}

function faultOf({ timings }: Tried): string | undefined {
  return timings.map((timing) => ('fault' in timing ? timing.fault : undefined)).find((fault) => fault !== undefined);
}
