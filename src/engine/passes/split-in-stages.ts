/** Replaces a Split into many pieces by Splits into few, in stages, for devices whose shaders bind few buffers. */
import type { GraphBuilder, TensorType, Value } from '../graph/graph.ts';
import type { OnnxGraph, OnnxOps } from '../graph/onnx-operators.ts';
import { rewrite } from '../graph/rewrite.ts';

/** @param mostPieces the most outputs that a Split may have. */
export function splitInStages(graph: OnnxGraph, mostPieces: number): OnnxGraph {
  return rewrite(graph, ({ op, inputs: [x], outputs, attributes }, builder) =>
    op === 'Split' && x && outputs.length > mostPieces
      ? split(builder, x, outputs, Number(attributes.axis), mostPieces)
      : undefined,
  );
}

function split(
  builder: GraphBuilder<OnnxOps>,
  x: Value,
  pieces: readonly TensorType[],
  axis: number,
  mostPieces: number,
): readonly Value[] {
  if (pieces.length === 1) return [x];
  const lengthOf = (piece: TensorType) => piece.shape[axis] ?? 0;
  const groups = pieces.length <= mostPieces ? pieces.map((piece) => [piece]) : inGroups(pieces, mostPieces);
  const types = groups.map((group) => {
    const length = group.reduce((total, piece) => total + lengthOf(piece), 0);
    return { ...x, shape: x.shape.map((size, at) => (at === axis ? length : size)) };
  });
  const lengths = builder.constant({ shape: [types.length], dtype: 'int64' }, types.map(lengthOf));
  const parts = builder.node('Split', [x, lengths], { axis }, types);
  return parts.flatMap((part, at) => split(builder, part, groups[at] ?? [], axis, mostPieces));
}

/** As few groups as there may be, all but the last equally long, and no more of them than a Split may have. */
function inGroups<Piece>(pieces: readonly Piece[], mostPieces: number): Piece[][] {
  let length = mostPieces;
  while (pieces.length > length * mostPieces) length *= mostPieces;
  return Array.from({ length: Math.ceil(pieces.length / length) }, (_, at) =>
    pieces.slice(at * length, (at + 1) * length),
  );
}
