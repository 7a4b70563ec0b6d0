/** Copies the operands of a product to where its tiles read them one after another: rows that lie far apart fall on few lines of the cache. */
import { gpr } from '../assembler/assembler.ts';
import { lanes, type Place, type Product } from '../plan/program.ts';
import { arena, columnOffset, type Frame, maskRegister } from './frame.ts';
import { repeat } from './repeat.ts';
import { wide } from './tile-kernels.ts';
import type { Panel, Tiles } from './tiling.ts';
import { emitLoad, emitStore, type Width } from './vector-body.ts';

export const [aAddress, bAddress, innerCount] = [gpr.rax, gpr.rsi, gpr.rbp];

/** Rows of b that lie a power of two apart fall on the same few lines of the cache: from this many numbers on it is copied. */
const packedFrom = 8192;

export const isPacked = ({ rows, inner, b }: Product, { vectors }: Panel): boolean =>
  vectors === 2 && rows >= 32 && inner * b.row >= packedFrom;

/** Whether the numbers of a's rows lie apart, column after column on the same few lines of the cache. */
export const isApart = ({ rows, columns, inner, a }: Product, tiles: Tiles): boolean =>
  a.row === 1 &&
  rows >= 32 &&
  columns >= 32 &&
  inner * a.column >= packedFrom &&
  tiles.every(([height]) => height <= 2 * lanes);

/** Numbers behind the arena that a product copies to: a panel of b, then a. */
export const scratchOfProduct = (product: Product): number => panelSize(product) + sizeOfA(product);

const panelSize = ({ inner }: Product): number => 2 * wide.lanes * inner;
const sizeOfA = ({ rows, inner, a }: Product): number => (a.row === 1 ? rows * inner : 0);

/** Copies a to behind the arena, tile after tile and in each column after column; the rows of a tile start `inner` numbers apart. */
export function emitPackingOfA(frame: Frame, product: Product, tiles: Tiles): Place {
  const { asm } = frame;
  const { inner, a } = product;
  const packed: Place = { offset: frame.scratch + panelSize(product), row: inner, column: 1 };
  const [source, target, sourceTile] = [aAddress, bAddress, gpr.r8];
  asm.move(sourceTile, arena);
  asm.move(target, arena);
  for (const [height, count] of tiles) {
    const width: Width = height < lanes ? { mask: maskRegister } : 'whole';
    if (height < lanes) frame.loadMask(height);
    const emitColumn = () => {
      // Two vectors that overlap where one is not enough.
      for (const first of height > lanes ? [0, height - lanes] : [0]) {
        emitLoad(asm, 0, { base: source, displacement: (a.offset + first) * 4 }, width);
        emitStore(asm, { base: target, displacement: (packed.offset + first) * 4 }, 0, width);
      }
      asm.addNumber(source, a.column * 4);
      asm.addNumber(target, height * 4);
    };
    repeat(asm, count, () => {
      asm.move(source, sourceTile);
      repeat(asm, inner, emitColumn, innerCount);
      asm.addNumber(sourceTile, height * 4);
    });
  }
  return packed;
}

/** Copies a panel of b, row after row, to behind the arena. */
export function emitPackingOfB(frame: Frame, { inner, b }: Product, { kernel, first }: Panel, moving: boolean): Place {
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
