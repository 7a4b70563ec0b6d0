/** Encodings against bytes that GNU objdump has read as the instruction beside them. */
import { describe, expect, it } from 'vitest';
import { Assembler, gpr } from '../../../src/engine/native/assembler/assembler.ts';
import { instructions } from '../../../src/engine/native/assembler/instructions.ts';
import { wideInstructions } from '../../../src/engine/native/assembler/wide-instructions.ts';

type Case = readonly [text: string, bytes: string, write: (asm: Assembler) => void];

const cases: readonly Case[] = [
  ['vmovups ymm1,ymm14', 'c4c17c10ce', (asm) => asm.rm('vmovups', 1, 14)],
  [
    'vmovups ymm12,YMMWORD PTR [r12+0x1000]',
    'c4417c10a42400100000',
    (asm) => asm.rm('vmovups', 12, { base: gpr.r12, displacement: 4096 }),
  ],
  [
    'vmovups YMMWORD PTR [rdi+0x40],ymm13',
    'c57c116f40',
    (asm) => asm.mr('vmovups store', { base: gpr.rdi, displacement: 64 }, 13),
  ],
  ['vmovaps ymm1,ymm14', 'c4c17c28ce', (asm) => asm.rm('vmovaps', 1, 14)],
  [
    'vmovss xmm12,DWORD PTR [r12+0x1000]',
    'c4417e10a42400100000',
    (asm) => asm.rm('vmovss', 12, { base: gpr.r12, displacement: 4096 }),
  ],
  [
    'vmovss DWORD PTR [rdi+0x40],xmm13',
    'c57e116f40',
    (asm) => asm.mr('vmovss store', { base: gpr.rdi, displacement: 64 }, 13),
  ],
  [
    'vbroadcastss ymm12,DWORD PTR [r12+0x1000]',
    'c4427d18a42400100000',
    (asm) => asm.rm('vbroadcastss', 12, { base: gpr.r12, displacement: 4096 }),
  ],
  [
    'vmaskmovps ymm8,ymm1,YMMWORD PTR [r13+rcx*1+0x0]',
    'c442752c440d00',
    (asm) => asm.rvm('vmaskmovps', 8, 1, { base: gpr.r13, index: gpr.rcx, displacement: 0 }),
  ],
  [
    'vmaskmovps YMMWORD PTR [rdi+0x40],ymm15,ymm3',
    'c4e2052e5f40',
    (asm) => asm.mvr('vmaskmovps store', { base: gpr.rdi, displacement: 64 }, 15, 3),
  ],
  ['vaddps ymm1,ymm2,ymm3', 'c5ec58cb', (asm) => asm.rvm('vaddps', 1, 2, 3)],
  ['vaddps ymm9,ymm10,ymm11', 'c4412c58cb', (asm) => asm.rvm('vaddps', 9, 10, 11)],
  [
    'vaddps ymm8,ymm1,YMMWORD PTR [r13+rcx*1+0x0]',
    'c4417458440d00',
    (asm) => asm.rvm('vaddps', 8, 1, { base: gpr.r13, index: gpr.rcx, displacement: 0 }),
  ],
  ['vmulps ymm1,ymm2,ymm3', 'c5ec59cb', (asm) => asm.rvm('vmulps', 1, 2, 3)],
  ['vsubps ymm1,ymm2,ymm3', 'c5ec5ccb', (asm) => asm.rvm('vsubps', 1, 2, 3)],
  ['vminps ymm1,ymm2,ymm3', 'c5ec5dcb', (asm) => asm.rvm('vminps', 1, 2, 3)],
  ['vdivps ymm1,ymm2,ymm3', 'c5ec5ecb', (asm) => asm.rvm('vdivps', 1, 2, 3)],
  ['vmaxps ymm1,ymm2,ymm3', 'c5ec5fcb', (asm) => asm.rvm('vmaxps', 1, 2, 3)],
  ['vandps ymm1,ymm2,ymm3', 'c5ec54cb', (asm) => asm.rvm('vandps', 1, 2, 3)],
  ['vandnps ymm1,ymm2,ymm3', 'c5ec55cb', (asm) => asm.rvm('vandnps', 1, 2, 3)],
  ['vorps ymm1,ymm2,ymm3', 'c5ec56cb', (asm) => asm.rvm('vorps', 1, 2, 3)],
  ['vxorps ymm1,ymm2,ymm3', 'c5ec57cb', (asm) => asm.rvm('vxorps', 1, 2, 3)],
  ['vpaddd ymm1,ymm2,ymm3', 'c5edfecb', (asm) => asm.rvm('vpaddd', 1, 2, 3)],
  ['vpsubd ymm1,ymm2,ymm3', 'c5edfacb', (asm) => asm.rvm('vpsubd', 1, 2, 3)],
  ['vsqrtps ymm1,ymm14', 'c4c17c51ce', (asm) => asm.rm('vsqrtps', 1, 14)],
  ['vcvtps2dq ymm1,ymm14', 'c4c17d5bce', (asm) => asm.rm('vcvtps2dq', 1, 14)],
  ['vcvtdq2ps ymm1,ymm14', 'c4c17c5bce', (asm) => asm.rm('vcvtdq2ps', 1, 14)],
  ['vcmpps ymm1,ymm2,ymm13,0x30', 'c4c16cc2cd30', (asm) => asm.rvmi('vcmpps', 1, 2, 13, 0x30)],
  ['vblendvps ymm1,ymm2,ymm13,ymm3', 'c4c36d4acd30', (asm) => asm.rvmi('vblendvps', 1, 2, 13, 0x30)],
  ['vshufps ymm1,ymm2,ymm13,0x30', 'c4c16cc6cd30', (asm) => asm.rvmi('vshufps', 1, 2, 13, 0x30)],
  ['vunpcklps ymm1,ymm2,ymm3', 'c5ec14cb', (asm) => asm.rvm('vunpcklps', 1, 2, 3)],
  ['vunpckhps ymm1,ymm2,ymm3', 'c5ec15cb', (asm) => asm.rvm('vunpckhps', 1, 2, 3)],
  ['vperm2f128 ymm1,ymm2,ymm13,0x30', 'c4c36d06cd30', (asm) => asm.rvmi('vperm2f128', 1, 2, 13, 0x30)],
  ['vroundps ymm1,ymm12,0x8', 'c4c37d08cc08', (asm) => asm.rmi('vroundps', 1, 12, 8)],
  ['vextractf128 xmm5,ymm9,0x1', 'c4637d19cd01', (asm) => asm.mri('vextractf128', 5, 9, 1)],
  ['vpslld ymm1,ymm12,0x17', 'c4c17572f417', (asm) => asm.shift('vpslld', 1, 12, 23)],
  ['vpsrad ymm1,ymm12,0x17', 'c4c17572e417', (asm) => asm.shift('vpsrad', 1, 12, 23)],
  ['vfmadd132ps ymm1,ymm2,ymm3', 'c4e26d98cb', (asm) => asm.rvm('vfmadd132ps', 1, 2, 3)],
  ['vfmadd213ps ymm1,ymm2,ymm3', 'c4e26da8cb', (asm) => asm.rvm('vfmadd213ps', 1, 2, 3)],
  ['vfmadd231ps ymm1,ymm2,ymm3', 'c4e26db8cb', (asm) => asm.rvm('vfmadd231ps', 1, 2, 3)],
  ['vfmadd231ps ymm9,ymm10,ymm11', 'c4422db8cb', (asm) => asm.rvm('vfmadd231ps', 9, 10, 11)],
  [
    'vfmadd231ps ymm8,ymm1,YMMWORD PTR [r13+rcx*1+0x0]',
    'c44275b8440d00',
    (asm) => asm.rvm('vfmadd231ps', 8, 1, { base: gpr.r13, index: gpr.rcx, displacement: 0 }),
  ],
  ['vfnmadd132ps ymm1,ymm2,ymm3', 'c4e26d9ccb', (asm) => asm.rvm('vfnmadd132ps', 1, 2, 3)],
  ['vfnmadd213ps ymm1,ymm2,ymm3', 'c4e26daccb', (asm) => asm.rvm('vfnmadd213ps', 1, 2, 3)],
  ['vfnmadd231ps ymm1,ymm2,ymm3', 'c4e26dbccb', (asm) => asm.rvm('vfnmadd231ps', 1, 2, 3)],
  [
    'vmovups zmm1,ZMMWORD PTR [rsi+0x100]',
    '62f17c48104e04',
    (asm) => asm.wide('vmovups', 1, 0, { base: gpr.rsi, displacement: 256 }),
  ],
  [
    'vmovups zmm17,ZMMWORD PTR [r13+rcx*1+0x14]',
    '62c17c48108c0d14000000',
    (asm) => asm.wide('vmovups', 17, 0, { base: gpr.r13, index: gpr.rcx, displacement: 20 }),
  ],
  [
    'vbroadcastss zmm2,DWORD PTR [rax+0x1fc]',
    '62f27d4818507f',
    (asm) => asm.wide('vbroadcastss', 2, 0, { base: gpr.rax, displacement: 508 }),
  ],
  [
    'vbroadcastss zmm30,DWORD PTR [r12+0x1000]',
    '62427d4818b42400100000',
    (asm) => asm.wide('vbroadcastss', 30, 0, { base: gpr.r12, displacement: 4096 }),
  ],
  ['vfmadd231ps zmm4,zmm2,zmm1', '62f26d48b8e1', (asm) => asm.wide('vfmadd231ps', 4, 2, 1)],
  ['vfmadd231ps zmm31,zmm18,zmm25', '62026d40b8f9', (asm) => asm.wide('vfmadd231ps', 31, 18, 25)],
  ['vpxord zmm31,zmm31,zmm31', '62010540efff', (asm) => asm.wide('vpxord', 31, 31, 31)],
  ['vpxord zmm4,zmm4,zmm4', '62f15d48efe4', (asm) => asm.wide('vpxord', 4, 4, 4)],
  ['vextractf64x4 ymm0,zmm4,0x1', '62f3fd481be001', (asm) => asm.half(0, 4, 1)],
  ['vextractf64x4 ymm3,zmm31,0x0', '6263fd481bfb00', (asm) => asm.half(3, 31, 0)],
  ['vextractf64x4 ymm9,zmm12,0x1', '6253fd481be101', (asm) => asm.half(9, 12, 1)],
  [
    'vmovups ZMMWORD PTR [rdi+0x40],zmm17',
    '62e17c48114f01',
    (asm) => asm.wide('vmovups store', 17, 0, { base: gpr.rdi, displacement: 64 }),
  ],
  ['vzeroupper', 'c5f877', (asm) => asm.vzeroupper()],
  [
    'add DWORD PTR [rsp+0x8],0xffffffff',
    '81442408ffffffff',
    (asm) => asm.addToMemory({ base: gpr.rsp, displacement: 8 }, -1),
  ],
  ['mov r8,rdi', '4989f8', (asm) => asm.move(gpr.r8, gpr.rdi)],
  ['mov rax,r15', '4c89f8', (asm) => asm.move(gpr.rax, gpr.r15)],
  ['mov rdx,0x80', '48c7c280000000', (asm) => asm.moveNumber(gpr.rdx, 128)],
  ['add r9,0xfffffffffffff000', '4981c100f0ffff', (asm) => asm.addNumber(gpr.r9, -4096)],
  ['cmp rcx,0x100', '4881f900010000', (asm) => asm.compareNumber(gpr.rcx, 256)],
  [
    'lea rsi,[rdi+rcx*1]',
    '488d340f',
    (asm) => asm.address(gpr.rsi, { base: gpr.rdi, index: gpr.rcx, displacement: 0 }),
  ],
  [
    'lea r10,[rsp+r9*1+0x8]',
    '4e8d540c08',
    (asm) => asm.address(gpr.r10, { base: gpr.rsp, index: gpr.r9, displacement: 8 }),
  ],
  ['push rbx', '53', (asm) => asm.push(gpr.rbx)],
  ['push r12', '4154', (asm) => asm.push(gpr.r12)],
  ['pop rbp', '5d', (asm) => asm.pop(gpr.rbp)],
  ['pop r15', '415f', (asm) => asm.pop(gpr.r15)],
  ['mov DWORD PTR [rdi+0x4],ebx', '895f04', (asm) => asm.store32({ base: gpr.rdi, displacement: 4 }, gpr.rbx)],
  ['stmxcsr DWORD PTR [rsp]', '0fae1c24', (asm) => asm.storeControl({ base: gpr.rsp, displacement: 0 })],
  ['ldmxcsr DWORD PTR [rsp+0x4]', '0fae542404', (asm) => asm.loadControl({ base: gpr.rsp, displacement: 4 })],
  [
    'mov DWORD PTR [rsp+0x4],0x9fc0',
    'c7442404c09f0000',
    (asm) => asm.storeNumber({ base: gpr.rsp, displacement: 4 }, 0x9fc0),
  ],
  ['bt ecx,0x1b', '0fbae11b', (asm) => asm.testBit(gpr.rcx, 27)],
  ['cpuid', '0fa2', (asm) => asm.cpuid()],
  ['xgetbv', '0f01d0', (asm) => asm.xgetbv()],
  ['ret', 'c3', (asm) => asm.ret()],
];

const hex = (write: (asm: Assembler) => void): string => {
  const asm = new Assembler();
  write(asm);
  return Buffer.from(asm.code()).toString('hex');
};

describe('the assembler', () => {
  it.each(cases)('%s', (_, bytes, write) => {
    expect(hex(write)).toBe(bytes);
  });

  it('has a case for every instruction', () => {
    const written = cases.map(([text]) => text.split(' ')[0]);
    const names = [...Object.keys(instructions), ...Object.keys(wideInstructions)];
    expect(names.filter((name) => !written.includes(name.replace(' store', '')))).toEqual([]);
  });

  it('jumps back by the distance from the end of the jump, and forward to where it is bound', () => {
    expect(
      hex((asm) => {
        const start = asm.here();
        asm.ret();
        asm.jumpIf('less', start);
        asm.jumpIf('notEqual', start);
        const bind = asm.jumpIfBitClear();
        asm.cpuid();
        bind();
      }),
    ).toBe('c30f8cf9ffffff0f85f3ffffff0f83020000000fa2');
  });

  it('refuses what it cannot encode', () => {
    const asm = new Assembler();
    expect(() => asm.moveNumber(gpr.rax, 2 ** 31)).toThrow('2147483648 does not fit 32 bits');
    const memory = { base: gpr.rax, index: gpr.rsp, displacement: 0 };
    expect(() => asm.rm('vmovups', 0, memory)).toThrow('rsp cannot be an index');
  });
});
