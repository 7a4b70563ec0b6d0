/**
 * A Split into many pieces → Splits into few, in stages. A WebGPU shader binds few buffers (eight wherever WebGPU runs), and
 * onnxruntime's Split takes one for each piece besides its input's. For that provider alone: others split at once.
 */
import type { Graph, GraphBuilder, TensorType, Value } from '../graph/graph.ts';
import { rewrite } from '../graph/rewrite.ts';

export const mostPieces = 7;

export function splitInStages(graph: Graph): Graph {
  return rewrite(graph, ({ op, inputs: [x], outputs, attributes }, builder) =>
    op === 'Split' && x && outputs.length > mostPieces
      ? split(builder, x, outputs, Number(attributes.axis))
      : undefined,
  );
}

function split(builder: GraphBuilder, x: Value, pieces: readonly TensorType[], axis: number): readonly Value[] {
  if (pieces.length === 1) return [x];
  const lengthOf = (piece: TensorType) => piece.shape[axis] ?? 0;
  const groups = pieces.length <= mostPieces ? pieces.map((piece) => [piece]) : inGroups(pieces);
  const types = groups.map((group) => {
    const length = group.reduce((total, piece) => total + lengthOf(piece), 0);
    return { ...x, shape: x.shape.map((size, at) => (at === axis ? length : size)) };
  });
  const lengths = builder.constant({ shape: [types.length], dtype: 'int64' }, types.map(lengthOf));
  const parts = builder.node('Split', [x, lengths], { axis }, types);
  return parts.flatMap((part, at) => split(builder, part, groups[at] ?? [], axis));
}

/** As few groups as there may be, all but the last equally long, and no more of them than a Split may have. */
function inGroups<Piece>(pieces: readonly Piece[]): Piece[][] {
  let length = mostPieces;
  while (pieces.length > length * mostPieces) length *= mostPieces;
  return Array.from({ length: Math.ceil(pieces.length / length) }, (_, at) =>
    pieces.slice(at * length, (at + 1) * length),
  );
}
