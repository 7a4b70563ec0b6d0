/**
 * Emits a matrix product by tiles whose sums stay in registers, two vectors wide, the inner axis unrolled by 4. Every sum is
 * one chain of fused multiply-adds, so neither tiles nor the width of vectors change its bytes.
 */
import type { Gpr, Memory } from '../assembler/assembler.ts';
import { lanes, type Place, type Product, productRegisters } from '../plan/program.ts';
import { assignRegisters } from '../plan/registers.ts';
import { arena, columnOffset, type Frame, Rows } from './frame.ts';
import { placesOf } from './loop.ts';
import { aAddress, bAddress, emitPackingOfA, emitPackingOfB, innerCount, isApart, isPacked } from './packing.ts';
import { repeat } from './repeat.ts';
import { heightFor, type Panel, panelsOf, tilesOf } from './tiling.ts';
import { emitBody } from './vector-body.ts';

const unroll = 4;

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
  for (const panel of panelsOf(columns, hasWide)) {
    const tiles = tilesOf(rowTotal, heightFor(product, panel, tileRows));
    const moving = panel.count > 1;
    const left = isApart(product, tiles) ? emitPackingOfA(frame, product, tiles) : undefined;
    const rows = new Rows(frame, [left ?? a, ...placesOf(body)]);
    // Wide panels before it use the mask's register.
    if (typeof panel.width === 'object') frame.loadMask(columns % lanes);
    if (moving) asm.moveNumber(columnOffset, 0);
    const start = asm.here();
    const packed = isPacked(product, panel) ? emitPackingOfB(frame, product, panel, moving) : undefined;
    rows.start();
    for (const [height, count] of tiles) {
      repeat(asm, count, () => {
        emitTile(frame, product, rows, { ...panel, moving, height, packed, left });
        rows.advance(height);
      });
    }
    if (!moving) continue;
    const width = panel.vectors * panel.kernel.lanes * 4;
    asm.addNumber(columnOffset, width);
    asm.compareNumber(columnOffset, panel.count * width);
    asm.jumpIf('less', start);
  }
}

interface Tile extends Panel {
  readonly height: number;
  readonly moving: boolean;
  /** Where the panel of b has been copied to. */
  readonly packed: Place | undefined;
  /** Where a has been copied to, tile by tile. */
  readonly left: Place | undefined;
}

function emitTile(frame: Frame, { inner, a, b, body }: Product, rows: Rows, tile: Tile): void {
  const { asm } = frame;
  const { kernel, height, vectors, width, moving, packed, first } = tile;
  const left = tile.left ? { ...tile.left, row: 1, column: height } : a;
  const right = packed ?? { ...b, offset: b.offset + first };
  const sum = (row: number, vector: number): number => kernel.firstSum + row * vectors + vector;
  asm.address(aAddress, { base: rows.of(tile.left ?? a), displacement: left.offset * 4 });
  const index = moving && !packed ? columnOffset : undefined;
  asm.address(bAddress, { base: arena, index, displacement: right.offset * 4 });

  const step = (k: number) => {
    for (let vector = 0; vector < vectors; vector++) {
      const displacement = (k * right.row + vector * kernel.lanes) * 4;
      kernel.load(asm, kernel.firstOfB + vector, { base: bAddress, displacement }, width);
    }
    for (let row = 0; row < height; row++) {
      const displacement = (row * left.row + k * left.column) * 4;
      kernel.repeat(asm, kernel.broadcast, { base: aAddress, displacement });
      for (let vector = 0; vector < vectors; vector++) {
        kernel.multiplyAdd(asm, sum(row, vector), kernel.broadcast, kernel.firstOfB + vector);
      }
    }
  };
  const times = Math.floor(inner / unroll);
  const emitChain = () => {
    for (let at = 0; at < height * vectors; at++) kernel.zero(asm, kernel.firstSum + at);
    const emitSteps = () => {
      for (let k = 0; k < unroll; k++) step(k);
      asm.addNumber(aAddress, left.column * unroll * 4);
      asm.addNumber(bAddress, right.row * unroll * 4);
    };
    if (times > 0) repeat(asm, times, emitSteps, innerCount);
    for (let k = 0; k < inner % unroll; k++) step(k);
  };
  // The same code wherever shapes are the same, for it names no place.
  const shape = [kernel.lanes, height, vectors, typeof width, inner, left.row, left.column, right.row];
  frame.again(shape.join(), emitChain);

  emitEpilogue(frame, body, rows, tile);
}

/** The body on every sum. */
function emitEpilogue(frame: Frame, body: Product['body'], rows: Rows, tile: Tile): void {
  const { asm } = frame;
  const { kernel, height, vectors, width, moving, first } = tile;
  const assigned = assignRegisters(body, productRegisters);
  if (!assigned) throw new Error('internal: the body of a product needs more registers than there are');
  const places = placesOf(body);
  // As long as there are registers, every place has one for its address here: then the code names no place.
  const bases = new Map<Place, Gpr>();
  for (const [at, base] of [aAddress, bAddress, innerCount, ...rows.unused].entries()) {
    const place = places[at];
    if (!place) break;
    bases.set(place, base);
    asm.address(base, rows.address(place, 0, first, moving));
  }
  const addressOf = (place: Place, row: number, columns: number): Memory => {
    const base = bases.get(place);
    if (base === undefined) return rows.address(place, row, first + columns, moving);
    return { base, displacement: (row * place.row + columns * place.column) * 4 };
  };
  const emitBodies = () => {
    for (let at = 0; at < height * vectors; at++) {
      const [row, vector] = [Math.floor(at / vectors), at % vectors];
      kernel.parts(asm, kernel.firstSum + at, (register, columnsOn) => {
        const registers = kernel.bodyRegisters(register);
        const columns = vector * kernel.lanes + columnsOn;
        emitBody(asm, assigned.steps, {
          width,
          address: (place) => addressOf(place, row, columns),
          constant: frame.constant,
          register: (assignedRegister) => registers[assignedRegister] ?? 0,
        });
      });
    }
  };
  if (places.length > bases.size) emitBodies();
  else {
    const shape = [kernel.lanes, height, vectors, typeof width, ...bases.values()];
    const anywhere = JSON.stringify(body, (key, value) => (key === 'offset' ? undefined : value));
    frame.again(`${shape} ${anywhere}`, emitBodies);
  }
}
