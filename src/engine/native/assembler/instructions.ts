/** The x86-64 vector instructions that the emitter uses: opcode map, mandatory prefix and opcode of each (Intel SDM, volume 2). */

/**
 * How operands are encoded. `rvm`: register, register, register or memory; `rm`: register, register or memory;
 * `mr`: memory, register; `rvmi`, `rmi`, `mri`: the same with a byte; `shift`: register, register, count.
 */
export type Form = 'rvm' | 'rm' | 'mr' | 'rvmi' | 'rmi' | 'mri' | 'mvr' | 'shift';

interface Instruction {
  readonly form: Form;
  /** 1: 0F, 2: 0F 38, 3: 0F 3A. */
  readonly map: 1 | 2 | 3;
  /** 0: none, 1: 66, 2: F3, 3: F2. */
  readonly prefix: 0 | 1 | 2 | 3;
  readonly opcode: number;
  /** Extension of the opcode in a shift's ModRM byte. */
  readonly extension?: number;
}

const of =
  <F extends Form>(form: F) =>
  (map: 1 | 2 | 3, prefix: 0 | 1 | 2 | 3, opcode: number, extension?: number) => ({
    form,
    map,
    prefix,
    opcode,
    ...(extension !== undefined && { extension }),
  });
const [rvm, rm, mr, rvmi, rmi, mri, mvr, shift] = [
  of('rvm'),
  of('rm'),
  of('mr'),
  of('rvmi'),
  of('rmi'),
  of('mri'),
  of('mvr'),
  of('shift'),
];

export const instructions = {
  vmovups: rm(1, 0, 0x10),
  'vmovups store': mr(1, 0, 0x11),
  vmovaps: rm(1, 0, 0x28),
  vmovss: rm(1, 2, 0x10),
  'vmovss store': mr(1, 2, 0x11),
  vbroadcastss: rm(2, 1, 0x18),
  vmaskmovps: rvm(2, 1, 0x2c),
  'vmaskmovps store': mvr(2, 1, 0x2e),
  vaddps: rvm(1, 0, 0x58),
  vmulps: rvm(1, 0, 0x59),
  vsubps: rvm(1, 0, 0x5c),
  vminps: rvm(1, 0, 0x5d),
  vdivps: rvm(1, 0, 0x5e),
  vmaxps: rvm(1, 0, 0x5f),
  vandps: rvm(1, 0, 0x54),
  vandnps: rvm(1, 0, 0x55),
  vorps: rvm(1, 0, 0x56),
  vxorps: rvm(1, 0, 0x57),
  vpaddd: rvm(1, 1, 0xfe),
  vpsubd: rvm(1, 1, 0xfa),
  vsqrtps: rm(1, 0, 0x51),
  vcvtps2dq: rm(1, 1, 0x5b),
  vcvtdq2ps: rm(1, 0, 0x5b),
  vcmpps: rvmi(1, 0, 0xc2),
  vblendvps: rvmi(3, 1, 0x4a),
  vshufps: rvmi(1, 0, 0xc6),
  vunpcklps: rvm(1, 0, 0x14),
  vunpckhps: rvm(1, 0, 0x15),
  vperm2f128: rvmi(3, 1, 0x06),
  vroundps: rmi(3, 1, 0x08),
  vextractf128: mri(3, 1, 0x19),
  vpslld: shift(1, 1, 0x72, 6),
  vpsrad: shift(1, 1, 0x72, 4),
  vfmadd132ps: rvm(2, 1, 0x98),
  vfmadd213ps: rvm(2, 1, 0xa8),
  vfmadd231ps: rvm(2, 1, 0xb8),
  vfnmadd132ps: rvm(2, 1, 0x9c),
  vfnmadd213ps: rvm(2, 1, 0xac),
  vfnmadd231ps: rvm(2, 1, 0xbc),
} as const satisfies Readonly<Record<string, Instruction>>;

type All = typeof instructions;
/** Names of the instructions of a form. */
export type Named<F extends Form> = { [N in keyof All]: All[N]['form'] extends F ? N : never }[keyof All];
