/**
 * Emits a matrix product by tiles whose sums stay in registers, two vectors wide, the inner axis unrolled by 4. Every sum is
 * one chain of fused multiply-adds, so neither tiles nor the width of vectors change its bytes.
 */
import { gpr } from '../assembler/assembler.ts';
import { lanes, type Place, type Plan, type Product, productRegisters } from '../plan/program.ts';
import { assignRegisters } from '../plan/registers.ts';
import { arena, columnOffset, type Frame, Rows } from './frame.ts';
import { placesOf } from './loop.ts';
import { repeat } from './repeat.ts';
import { type Panel, panelsOf, wide } from './tile-kernels.ts';
import { emitBody } from './vector-body.ts';

const unroll = 4;
const [aAddress, bAddress, innerCount] = [gpr.rax, gpr.rsi, gpr.rbp];

export interface Target {
  /** Whether the processor has AVX-512. */
  readonly wide: boolean;
  /** Most rows of a tile; as many as there are registers unless said. */
  readonly tileRows?: number;
}

export function emitProduct(frame: Frame, product: Product, { wide: hasWide, tileRows = 28 }: Target): void {
  const { rows: rowTotal, columns, inner, a, b, body } = product;
  frame.checkRange(a, rowTotal, inner);
  frame.checkRange(b, inner, columns);
  for (const place of placesOf(body)) frame.checkRange(place, rowTotal, columns);
  if (b.column !== 1 && columns > 1) throw new Error('internal: the columns of a product lie apart');
  const { asm } = frame;
  const rows = new Rows(frame, [a, ...placesOf(body)]);
  for (const panel of panelsOf(columns, hasWide)) {
    const height = heightFor(rowTotal, Math.min(Math.floor(panel.kernel.sums / panel.vectors), tileRows));
    const moving = panel.count > 1;
    // Wide panels before it use the mask's register.
    if (typeof panel.width === 'object') frame.loadMask(columns % lanes);
    if (moving) asm.moveNumber(columnOffset, 0);
    const start = asm.here();
    const packed = isPacked(product, panel) ? emitPacking(frame, product, panel, moving) : undefined;
    rows.start();
    for (const [tileHeight, count] of tilesOf(rowTotal, height)) {
      repeat(asm, count, () => {
        emitTile(frame, product, rows, { ...panel, moving, height: tileHeight, packed });
        rows.advance(tileHeight);
      });
    }
    if (!moving) continue;
    const width = panel.vectors * panel.kernel.lanes * 4;
    asm.addNumber(columnOffset, width);
    asm.compareNumber(columnOffset, panel.count * width);
    asm.jumpIf('less', start);
  }
}

/** A height that leaves no rows over, where a tile of it still keeps the multipliers busy: half the code. */
function heightFor(rows: number, most: number): number {
  for (let height = most; height >= 8; height--) if (rows % height === 0) return height;
  return most;
}

/** Heights of tiles and how many there are; few rows alone would leave the multipliers waiting. */
export function tilesOf(rows: number, height: number): readonly (readonly [rows: number, count: number])[] {
  const [whole, rest] = [Math.floor(rows / height), rows % height];
  if (rest === 0) return [[height, whole]];
  if (whole === 0) return [[rest, 1]];
  const head = (count: number) => (count > 0 ? ([[height, count]] as const) : []);
  if (rest > height / 2) return [...head(whole), [rest, 1]];
  const [upper, lower] = [Math.ceil((height + rest) / 2), Math.floor((height + rest) / 2)];
  const ends =
    upper === lower
      ? ([[upper, 2]] as const)
      : ([
          [upper, 1],
          [lower, 1],
        ] as const);
  return [...head(whole - 1), ...ends];
}

interface Tile extends Panel {
  readonly height: number;
  readonly moving: boolean;
  /** Where the panel of b has been copied to. */
  readonly packed: Place | undefined;
}

/** Rows of b that lie a power of two apart fall on the same few lines of the cache: from this many numbers on it is copied. */
const packedFrom = 8192;

const isPacked = ({ rows, inner, b }: Product, { vectors }: Panel): boolean =>
  vectors === 2 && rows >= 32 && inner * b.row >= packedFrom;

/** Numbers behind the arena that the plan's products copy to. */
export const scratchOf = ({ statements }: Plan): number =>
  Math.max(0, ...statements.map((statement) => (statement.kind === 'product' ? 2 * wide.lanes * statement.inner : 0)));

/** Copies a panel of b, row after row, to behind the arena. */
function emitPacking(frame: Frame, { inner, b }: Product, { kernel, first }: Panel, moving: boolean): Place {
  const { asm } = frame;
  const [source, target] = [aAddress, bAddress];
  const row = 2 * kernel.lanes;
  const packed: Place = { offset: frame.scratch, row, column: 1 };
  if (moving) asm.address(source, { base: arena, index: columnOffset, displacement: 0 });
  else asm.move(source, arena);
  asm.move(target, arena);
  const emitRow = () => {
    for (const vector of [0, 1]) {
      const register = kernel.firstOfB + vector;
      const column = vector * kernel.lanes;
      kernel.load(asm, register, { base: source, displacement: (b.offset + first + column) * 4 }, 'whole');
      kernel.store(asm, { base: target, displacement: (packed.offset + column) * 4 }, register);
    }
    asm.addNumber(source, b.row * 4);
    asm.addNumber(target, row * 4);
  };
  repeat(asm, inner, emitRow, innerCount);
  return packed;
}

function emitTile(frame: Frame, { inner, a, b, body }: Product, rows: Rows, tile: Tile): void {
  const { asm } = frame;
  const { kernel, height, vectors, width, moving, packed } = tile;
  const { first } = tile;
  const right = packed ?? { ...b, offset: b.offset + first };
  const sum = (row: number, vector: number): number => kernel.firstSum + row * vectors + vector;
  for (let at = 0; at < height * vectors; at++) kernel.zero(asm, kernel.firstSum + at);
  asm.move(aAddress, rows.of(a.row));
  if (moving && !packed) asm.address(bAddress, { base: arena, index: columnOffset, displacement: 0 });
  else asm.move(bAddress, arena);

  const step = (k: number) => {
    for (let vector = 0; vector < vectors; vector++) {
      const displacement = (right.offset + k * right.row + vector * kernel.lanes) * 4;
      kernel.load(asm, kernel.firstOfB + vector, { base: bAddress, displacement }, width);
    }
    for (let row = 0; row < height; row++) {
      const displacement = (a.offset + row * a.row + k * a.column) * 4;
      kernel.repeat(asm, kernel.broadcast, { base: aAddress, displacement });
      for (let vector = 0; vector < vectors; vector++) {
        kernel.multiplyAdd(asm, sum(row, vector), kernel.broadcast, kernel.firstOfB + vector);
      }
    }
  };
  const times = Math.floor(inner / unroll);
  if (times > 0) {
    const emitSteps = () => {
      for (let k = 0; k < unroll; k++) step(k);
      asm.addNumber(aAddress, a.column * unroll * 4);
      asm.addNumber(bAddress, right.row * unroll * 4);
    };
    repeat(asm, times, emitSteps, innerCount);
  }
  for (let k = 0; k < inner % unroll; k++) step(k);

  const assigned = assignRegisters(body, productRegisters);
  if (!assigned) throw new Error('internal: the body of a product needs more registers than there are');
  for (let row = 0; row < height; row++) {
    for (let vector = 0; vector < vectors; vector++) {
      kernel.parts(asm, sum(row, vector), (register, columnsOn) => {
        const registers = kernel.bodyRegisters(register);
        emitBody(asm, assigned.steps, {
          width,
          address: (place: Place) => rows.address(place, row, first + vector * kernel.lanes + columnsOn, moving),
          constant: frame.constant,
          register: (assignedRegister) => registers[assignedRegister] ?? 0,
        });
      });
    }
  }
}
