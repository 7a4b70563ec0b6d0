/**
 * Emits a convolution by tiles like those of a product: columns of b are copied together, a's numbers are broadcast from
 * where they lie in the padded picture.
 */
import { type Gpr, gpr, type Memory } from '../assembler/assembler.ts';
import type { Body } from '../plan/body.ts';
import { type Convolution, type Factor, lanes, type Place, productRegisters } from '../plan/program.ts';
import { assignRegisters, type Step } from '../plan/registers.ts';
import { distances, rowAxes, rowsOf } from '../plan/walk.ts';
import { arena, columnOffset, type Frame, rowRegisters } from './frame.ts';
import { type Passes, passesOf } from './inner-passes.ts';
import { checkPlaces, emitLoop, placesOf } from './loop.ts';
import type { Target } from './product.ts';
import { repeat } from './repeat.ts';
import { divided, type RowBlocks, rowBlocksOf } from './row-blocks.ts';
import { wide } from './tile-kernels.ts';
import { type Panel, panelsOf } from './tiling.ts';
import { emitBody } from './vector-body.ts';

const unroll = 4;
const [aAddress, bAddress, innerCount] = [gpr.rax, gpr.rsi, gpr.rbp];
/** Most columns of a panel. */
const panelColumns = 2 * wide.lanes;

export function emitConvolution(frame: Frame, convolution: Convolution, target: Target): void {
  checkPlaces(frame, convolution);
  checkFactors(frame, convolution);
  const passes = passesOf(convolution);
  const sums = passes.count === 1 ? undefined : sumsOf(frame, convolution, passes);
  const emitter = new ConvolutionEmitter(frame, convolution, passes, sums, target);
  if (!sums) {
    emitter.emitPass();
    return;
  }
  const rows = rowsOf(convolution);
  emitZeros(frame, sums.offset, rows * sums.row);
  emitter.startPasses();
  frame.repeatAround(passes.count, () => {
    emitter.emitPass();
    emitter.nextPass();
  });
  const { outer, columns, body } = convolution;
  const finished: Body<Place> = {
    ops: body.ops.map((op) => (op.kind === 'accumulator' ? { kind: 'load', from: sums } : op)),
    stores: body.stores,
  };
  emitLoop(frame, { kind: 'loop', ...(outer && { outer }), rows: convolution.rows, columns, body: finished });
}

/** Numbers behind the arena that it uses while it runs: the panel of b at hand, then the sums where there are several passes. */
export function scratchOfConvolution(convolution: Convolution): number {
  const passes = passesOf(convolution);
  return panelSize(passes) + (passes.count === 1 ? 0 : rowsOf(convolution) * rowOfSums(convolution));
}

const panelSize = ({ inner }: Passes): number => panelColumns * inner.reduce((count, size) => count * size, 1);
/** Whole vectors, whatever their width. */
const rowOfSums = ({ columns }: Convolution): number => Math.ceil(columns / panelColumns) * panelColumns;

function sumsOf(frame: Frame, convolution: Convolution, passes: Passes): Place {
  const { outer = [], rows } = convolution;
  const row = rowOfSums(convolution);
  const steps = outer.map((_, at) => outer.slice(at + 1).reduce((product, size) => product * size, rows * row));
  return { offset: frame.scratch + panelSize(passes), outer: steps, row, column: 1 };
}

function checkFactors(frame: Frame, convolution: Convolution): void {
  const { a, b, inner, columns } = convolution;
  if (b.column !== 1 && columns > 1) throw new Error('internal: the columns of a convolution lie apart');
  if (inner.includes(0)) return;
  const along = (factor: Factor) => inner.map((size, at) => ({ size, step: factor.inner[at] ?? 0 }));
  frame.checkReach(a.offset, [...rowAxes(a, convolution), ...along(a)]);
  frame.checkReach(b.offset, [...along(b), { size: columns, step: b.column }]);
}

function emitZeros({ asm }: Frame, offset: number, count: number): void {
  asm.rvm('vxorps', 0, 0, 0);
  asm.move(aAddress, arena);
  repeat(asm, count / panelColumns, () => {
    for (let at = 0; at < panelColumns; at += 8) {
      asm.mr('vmovups store', { base: aAddress, displacement: (offset + at) * 4 }, 0);
    }
    asm.addNumber(aAddress, panelColumns * 4);
  });
}

/** Where a place's rows are: the register that loops move, and how far from it each row of a block lies. */
interface Rows {
  readonly base: Gpr;
  readonly distances: readonly number[];
}

interface Tile extends Panel {
  readonly moving: boolean;
  readonly blocks: RowBlocks;
  readonly rowsOf: (place: Place) => Rows;
}

class ConvolutionEmitter {
  readonly #frame: Frame;
  readonly #convolution: Convolution;
  readonly #passes: Passes;
  /** Where sums wait between passes. */
  readonly #sums: Place | undefined;
  readonly #target: Target;
  readonly #steps: readonly Step<Place>[];
  /** Of the pass at hand; the arena's address where there is one only. */
  readonly #bases: { readonly a: Gpr; readonly b: Gpr };

  constructor(frame: Frame, convolution: Convolution, passes: Passes, sums: Place | undefined, target: Target) {
    this.#frame = frame;
    this.#convolution = convolution;
    this.#passes = passes;
    this.#sums = sums;
    this.#target = target;
    this.#bases = sums ? { a: gpr.r15, b: gpr.rbx } : { a: arena, b: arena };
    const assigned = assignRegisters(convolution.body, productRegisters);
    if (!assigned) throw new Error('internal: the body of a convolution needs more registers than there are');
    this.#steps = assigned.steps;
  }

  startPasses(): void {
    this.#frame.asm.move(this.#bases.a, arena);
    this.#frame.asm.move(this.#bases.b, arena);
  }

  nextPass(): void {
    const [part = 1] = this.#passes.inner;
    const { a, b } = this.#convolution;
    this.#frame.asm.addNumber(this.#bases.a, (a.inner[0] ?? 0) * part * 4);
    this.#frame.asm.addNumber(this.#bases.b, (b.inner[0] ?? 0) * part * 4);
  }

  emitPass(): void {
    const { asm } = this.#frame;
    const { columns } = this.#convolution;
    for (const panel of panelsOf(columns, this.#target.wide)) {
      const moving = panel.count > 1;
      if (typeof panel.width === 'object') this.#frame.loadMask(columns % lanes);
      if (moving) asm.moveNumber(columnOffset, 0);
      const start = asm.here();
      this.#emitPanel(panel, moving);
      if (!moving) continue;
      const width = panel.vectors * panel.kernel.lanes * 4;
      asm.addNumber(columnOffset, width);
      asm.compareNumber(columnOffset, panel.count * width);
      asm.jumpIf('less', start);
    }
  }

  #emitPanel(panel: Panel, moving: boolean): void {
    const { outer = [], rows, a, body } = this.#convolution;
    const { tileRows = panel.kernel.sums } = this.#target;
    this.#emitPacking(panel, moving);
    const most = Math.min(Math.floor(panel.kernel.sums / panel.vectors), tileRows);
    const blocks = rowBlocksOf([...outer, rows], most);
    const walkers = this.#walkers(blocks, [a, ...(this.#sums ? [this.#sums] : placesOf(body))]);
    const tile: Tile = { ...panel, moving, blocks, rowsOf: walkers.rowsOf };
    const emitBlock = () => {
      let first = 0;
      for (const height of blocks.heights) {
        this.#emitTile(tile, first, height);
        first += height;
      }
    };
    this.#frame.nest(blocks.loops, walkers.movers, emitBlock);
  }

  /** A register for all places that loops move alike, set to the first row. */
  #walkers(blocks: RowBlocks, places: readonly Place[]) {
    const { asm } = this.#frame;
    const { a } = this.#convolution;
    const movers = new Map<string, { register: Gpr; steps: readonly number[]; within: 0 }>();
    const known = new Map<Place, Rows>();
    for (const place of places) {
      const { loops, block } = divided(rowAxes(place, this.#convolution), blocks);
      const steps = loops.map(({ step }) => step);
      // Only a starts elsewhere in another pass.
      const key = place === a && this.#sums ? 'a' : steps.join();
      const stays = key !== 'a' && steps.every((step, at) => step === 0 || blocks.loops[at] === 1);
      const mover = movers.get(key) ?? { register: rowRegisters[movers.size] ?? gpr.rsp, steps, within: 0 as const };
      if (!stays && !movers.has(key)) {
        if (mover.register === gpr.rsp || (this.#sums && movers.size > 6)) {
          throw new Error('internal: the places of a convolution move in more ways than there are registers');
        }
        movers.set(key, mover);
        asm.move(mover.register, key === 'a' ? this.#bases.a : arena);
      }
      known.set(place, { base: stays ? arena : mover.register, distances: distances(block) });
    }
    const rowsOf = (place: Place): Rows => {
      const rows = known.get(place);
      if (!rows) throw new Error('internal: a convolution does not know a place');
      return rows;
    };
    return { movers: [...movers.values()], rowsOf };
  }

  /** Copies the panel of b together, behind the arena: a row for every inner index, filled up with zeros. */
  #emitPacking({ kernel, vectors, width, first }: Panel, moving: boolean): void {
    const { asm, scratch } = this.#frame;
    const { b } = this.#convolution;
    const { inner } = this.#passes;
    if (inner.includes(0)) return;
    const [source, target] = [aAddress, bAddress];
    const [run = 1, step = 0] = [inner.at(-1), b.inner.at(-1)];
    if (moving) asm.address(source, { base: this.#bases.b, index: columnOffset, displacement: 0 });
    else asm.move(source, this.#bases.b);
    asm.move(target, arena);
    const emitRun = () =>
      repeat(
        asm,
        run,
        () => {
          for (let vector = 0; vector < vectors; vector++) {
            const register = kernel.firstOfB + vector;
            const column = vector * kernel.lanes;
            kernel.load(asm, register, { base: source, displacement: (b.offset + first + column) * 4 }, width);
            kernel.store(asm, { base: target, displacement: (scratch + column) * 4 }, register);
          }
          asm.addNumber(source, step * 4);
          asm.addNumber(target, vectors * kernel.lanes * 4);
        },
        innerCount,
      );
    this.#frame.nest(inner.slice(0, -1), [{ register: source, steps: b.inner, within: run * step }], emitRun);
  }

  #emitTile(tile: Tile, first: number, height: number): void {
    const { asm } = this.#frame;
    const { kernel, vectors } = tile;
    const sum = (row: number, vector: number): number => kernel.firstSum + row * vectors + vector;
    const each = (emit: (row: number, vector: number) => void) => {
      for (let row = 0; row < height; row++) {
        for (let vector = 0; vector < vectors; vector++) emit(row, vector);
      }
    };
    const sums = this.#sums;
    each((row, vector) => {
      if (!sums) kernel.zero(asm, sum(row, vector));
      else kernel.load(asm, sum(row, vector), addressOf(tile, sums, first + row, vector * kernel.lanes), 'whole');
    });
    this.#emitSums(tile, first, height, sum);
    each((row, vector) => {
      if (sums) kernel.store(asm, addressOf(tile, sums, first + row, vector * kernel.lanes), sum(row, vector));
      else this.#emitBody(tile, first + row, vector, sum(row, vector));
    });
  }

  #emitSums(tile: Tile, first: number, height: number, sum: (row: number, vector: number) => number): void {
    const { asm, scratch } = this.#frame;
    const { a } = this.#convolution;
    const { inner } = this.#passes;
    const { kernel, vectors, rowsOf: rows } = tile;
    if (inner.includes(0)) return;
    const { base, distances: fromBase } = rows(a);
    const [run = 1, step = 0] = [inner.at(-1), a.inner.at(-1)];
    const panelRow = vectors * kernel.lanes;
    asm.move(aAddress, base);
    asm.move(bAddress, arena);
    const emitStep = (k: number) => {
      for (let vector = 0; vector < vectors; vector++) {
        const displacement = (scratch + k * panelRow + vector * kernel.lanes) * 4;
        kernel.load(asm, kernel.firstOfB + vector, { base: bAddress, displacement }, 'whole');
      }
      for (let row = 0; row < height; row++) {
        const displacement = (a.offset + (fromBase[first + row] ?? 0) + k * step) * 4;
        kernel.repeat(asm, kernel.broadcast, { base: aAddress, displacement });
        for (let vector = 0; vector < vectors; vector++) {
          kernel.multiplyAdd(asm, sum(row, vector), kernel.broadcast, kernel.firstOfB + vector);
        }
      }
    };
    const emitSteps = (count: number) => {
      for (let k = 0; k < count; k++) emitStep(k);
      asm.addNumber(aAddress, count * step * 4);
      asm.addNumber(bAddress, count * panelRow * 4);
    };
    const emitRun = () => {
      const times = Math.floor(run / unroll);
      if (times > 0) repeat(asm, times, () => emitSteps(unroll), innerCount);
      if (run % unroll > 0) emitSteps(run % unroll);
    };
    this.#frame.nest(inner.slice(0, -1), [{ register: aAddress, steps: a.inner, within: run * step }], emitRun);
  }

  #emitBody(tile: Tile, row: number, vector: number, sum: number): void {
    const { asm, constant } = this.#frame;
    const { kernel, width } = tile;
    kernel.parts(asm, sum, (register, columnsOn) => {
      const registers = kernel.bodyRegisters(register);
      emitBody(asm, this.#steps, {
        width,
        address: (place: Place) => addressOf(tile, place, row, vector * kernel.lanes + columnsOn),
        constant,
        register: (assigned) => registers[assigned] ?? 0,
      });
    });
  }
}

/** Of an element in a row of the block, so many columns on from those at hand. */
function addressOf({ first, moving, rowsOf: rows }: Tile, place: Place, row: number, columnsOn: number): Memory {
  const { base, distances: fromBase } = rows(place);
  return {
    base,
    index: moving && place.column !== 0 ? columnOffset : undefined,
    displacement: (place.offset + (fromBase[row] ?? 0) + (first + columnsOn) * place.column) * 4,
  };
}
