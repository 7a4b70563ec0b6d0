/**
 * Emits a matrix product: tiles of 6 rows × 2 vectors whose sums stay in registers, the inner axis unrolled by 4; 12 rows × 1
 * vector where fewer columns are left. Every sum is one chain of fused multiply-adds, so tiles do not change its bytes.
 */
import { gpr, type Vector } from '../assembler/assembler.ts';
import { lanes, type Place, type Product, productRegisters } from '../plan/program.ts';
import { assignRegisters } from '../plan/registers.ts';
import { arena, columnOffset, type Frame, maskRegister, Rows } from './frame.ts';
import { placesOf, repeat } from './loop.ts';
import { emitBody, emitLoad, type Width } from './vector-body.ts';

const accumulators = 12;
const unroll = 4;
const [aAddress, bAddress, innerCount] = [gpr.rax, gpr.rsi, gpr.rbp];
const firstOfB: Vector = 12;
const broadcast: Vector = 14;

export interface Tiling {
  /** Most rows of a tile that is two vectors wide; of narrower ones twice as many. */
  readonly rows: number;
}
export const usualTiling: Tiling = { rows: 6 };

/** Columns that are computed at once: vectors from a column on. */
interface Panel {
  readonly first: number;
  readonly vectors: number;
  readonly width: Width;
  /** Panels of this kind, side by side. */
  readonly count: number;
}

export function emitProduct(frame: Frame, product: Product, tiling: Tiling = usualTiling): void {
  const { rows: rowTotal, columns, inner, a, b, body } = product;
  frame.checkRange(a, rowTotal, inner);
  frame.checkRange(b, inner, columns);
  for (const place of placesOf(body)) frame.checkRange(place, rowTotal, columns);
  if (b.column !== 1 && columns > 1) throw new Error('internal: the columns of a product lie apart');
  const { asm } = frame;
  const rows = new Rows(frame, [a, ...placesOf(body)]);
  if (columns % lanes > 0) frame.loadMask(columns % lanes);
  for (const panel of panelsOf(columns)) {
    const moving = panel.count > 1;
    const height = Math.min(accumulators / panel.vectors, tiling.rows * (panel.vectors === 2 ? 1 : 2));
    const emitPanel = () => {
      rows.start();
      for (const [tileRows, count] of tilesOf(rowTotal, height)) {
        repeat(frame, count, () => {
          emitTile(frame, product, rows, { ...panel, moving, height: tileRows });
          rows.advance(tileRows);
        });
      }
    };
    if (!moving) {
      emitPanel();
      continue;
    }
    asm.moveNumber(columnOffset, 0);
    const start = asm.here();
    emitPanel();
    asm.addNumber(columnOffset, panel.vectors * lanes * 4);
    asm.compareNumber(columnOffset, panel.count * panel.vectors * lanes * 4);
    asm.jumpIf('less', start);
  }
}

function panelsOf(columns: number): Panel[] {
  const [wide, whole, rest] = [Math.floor(columns / (2 * lanes)), Math.floor(columns / lanes), columns % lanes];
  const panels: Panel[] = [];
  if (wide > 0) panels.push({ first: 0, vectors: 2, width: 'whole', count: wide });
  if (whole % 2 === 1) panels.push({ first: wide * 2 * lanes, vectors: 1, width: 'whole', count: 1 });
  if (rest > 0) panels.push({ first: whole * lanes, vectors: 1, width: { mask: maskRegister }, count: 1 });
  return panels;
}

/** Heights of tiles and how many there are; one or two rows alone would leave the multipliers waiting. */
export function tilesOf(rows: number, height: number): readonly (readonly [rows: number, count: number])[] {
  const [whole, rest] = [Math.floor(rows / height), rows % height];
  if (rest === 0) return [[height, whole]];
  if (rest > height / 2 || whole === 0)
    return whole === 0
      ? [[rest, 1]]
      : [
          [height, whole],
          [rest, 1],
        ];
  const split = height + rest;
  const [upper, lower] = [Math.ceil(split / 2), Math.floor(split / 2)];
  const ends =
    upper === lower
      ? ([[upper, 2]] as const)
      : ([
          [upper, 1],
          [lower, 1],
        ] as const);
  return whole === 1 ? ends : [[height, whole - 1], ...ends];
}

interface Tile extends Panel {
  readonly height: number;
  readonly moving: boolean;
}

function emitTile(frame: Frame, { inner, a, b, body }: Product, rows: Rows, tile: Tile): void {
  const { asm } = frame;
  const { height, vectors, first, width, moving } = tile;
  const sum = (row: number, vector: number): Vector => row * vectors + vector;
  for (let register = 0; register < height * vectors; register++) asm.rvm('vxorps', register, register, register);
  asm.move(aAddress, rows.of(a.row));
  if (moving) asm.address(bAddress, { base: arena, index: columnOffset, displacement: 0 });
  else asm.move(bAddress, arena);

  const step = (k: number) => {
    for (let vector = 0; vector < vectors; vector++) {
      const displacement = (b.offset + k * b.row + first + vector * lanes) * 4;
      emitLoad(asm, firstOfB + vector, { base: bAddress, displacement }, width);
    }
    for (let row = 0; row < height; row++) {
      const displacement = (a.offset + row * a.row + k * a.column) * 4;
      asm.rm('vbroadcastss', broadcast, { base: aAddress, displacement });
      for (let vector = 0; vector < vectors; vector++) {
        asm.rvm('vfmadd231ps', sum(row, vector), broadcast, firstOfB + vector);
      }
    }
  };
  const times = Math.floor(inner / unroll);
  if (times > 0) {
    repeat(
      frame,
      times,
      () => {
        for (let k = 0; k < unroll; k++) step(k);
        asm.addNumber(aAddress, a.column * unroll * 4);
        asm.addNumber(bAddress, b.row * unroll * 4);
      },
      innerCount,
    );
  }
  for (let k = 0; k < inner % unroll; k++) step(k);

  const assigned = assignRegisters(body, productRegisters);
  if (!assigned) throw new Error('internal: the body of a product needs more registers than there are');
  for (let row = 0; row < height; row++) {
    for (let vector = 0; vector < vectors; vector++) {
      emitBody(asm, assigned.steps, {
        width,
        address: (place: Place) => rows.address(place, row, first + vector * lanes, moving),
        constant: frame.constant,
        register: (register) => (register === 0 ? sum(row, vector) : firstOfB + register - 1),
      });
    }
  }
}
