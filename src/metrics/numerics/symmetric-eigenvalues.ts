/** Eigenvalues of a symmetric matrix without its eigenvectors, which would be most of the work. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * Up to this size ml-matrix's decomposition takes a fraction of a second, vectors included; at 2,048 it would take two
 * minutes, the values alone a dozen seconds.
 */
const smallSize = 128;

/** Eigenvalues, in no particular order, of a symmetric `matrix` `[size, size]` of finite numbers, which is left as it is. */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  if (size === 0) return new Float64Array(0);
  if (size > smallSize) return largeEigenvalues(matrix, size);
  const rows = Array.from({ length: size }, (_, i) => matrix.subarray(i * size, (i + 1) * size));
  return Float64Array.from(new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true }).realEigenvalues);
}

/** The same for any size, by Householder's tridiagonal form and the QL method (Wilkinson & Reinsch 1971, II/1 to II/4). */
export function largeEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const { diagonal, beside } = tridiagonal(matrix.slice(), size);
  return tridiagonalEigenvalues(diagonal, beside);
}

/**
 * Householder reflections from the last row up, each of which makes A into A − v wᵀ − w vᵀ; works on the lower triangle of
 * `a`, row by row as it lies in memory. `beside[i]` stands next to `diagonal[i]` and `diagonal[i + 1]`.
 */
function tridiagonal(a: Float64Array, size: number): { diagonal: Float64Array; beside: Float64Array } {
  const beside = new Float64Array(size);
  const v = new Float64Array(size);
  const w = new Float64Array(size);
  for (let n = size - 1; n >= 1; n--) {
    // the row left of the diagonal, x, is reflected onto its last axis by v = x ± ‖x‖·e
    v.set(a.subarray(n * size, n * size + n));
    const last = v[n - 1] as number;
    let beyond = 0;
    for (let j = 0; j < n - 1; j++) beyond += (v[j] as number) ** 2;
    if (beyond === 0) {
      beside[n - 1] = last;
      continue;
    }
    const length = Math.sqrt(beyond + last * last) * (last < 0 ? -1 : 1);
    beside[n - 1] = -length;
    v[n - 1] = last + length;
    const half = length * (last + length); // ‖v‖²/2

    product(a, size, n, v, w);
    let along = 0;
    for (let i = 0; i < n; i++) {
      w[i] = (w[i] as number) / half;
      along += (w[i] as number) * (v[i] as number);
    }
    along /= 2 * half;
    for (let i = 0; i < n; i++) w[i] = (w[i] as number) - along * (v[i] as number);
    for (let i = 0; i < n; i++) {
      const vi = v[i] as number;
      const wi = w[i] as number;
      const from = i * size;
      for (let j = 0; j <= i; j++)
        a[from + j] = (a[from + j] as number) - vi * (w[j] as number) - wi * (v[j] as number);
    }
  }
  return { diagonal: Float64Array.from({ length: size }, (_, i) => a[i * size + i] as number), beside };
}

/** w = A·v for the leading n × n part of A, of which the lower triangle is there; two rows at a time, for speed. */
function product(a: Float64Array, size: number, n: number, v: Float64Array, w: Float64Array): void {
  w.fill(0, 0, n);
  for (let i = n % 2; i < n; i += 2) {
    const [upper, lower] = [i * size, (i + 1) * size];
    const v0 = v[i] as number;
    const v1 = v[i + 1] as number;
    let sum0 = 0;
    let sum1 = 0;
    for (let j = 0; j < i; j++) {
      const entry0 = a[upper + j] as number;
      const entry1 = a[lower + j] as number;
      sum0 += entry0 * (v[j] as number);
      sum1 += entry1 * (v[j] as number);
      w[j] = (w[j] as number) + entry0 * v0 + entry1 * v1;
    }
    const between = a[lower + i] as number;
    w[i] = sum0 + (a[upper + i] as number) * v0 + between * v1;
    w[i + 1] = sum1 + between * v0 + (a[lower + i + 1] as number) * v1;
  }
  // an odd first row has the diagonal alone
  if (n % 2 === 1) w[0] = (w[0] as number) + (a[0] as number) * (v[0] as number);
}

/** QL with Wilkinson's shift; `d` and `e` are worked on in place. An element beside the diagonal is 0 below ε·‖T‖. */
function tridiagonalEigenvalues(d: Float64Array, e: Float64Array): Float64Array {
  const size = d.length;
  let norm = 0;
  for (let i = 0; i < size; i++) norm = Math.max(norm, Math.abs(d[i] as number) + Math.abs(e[i] as number));
  const negligible = Number.EPSILON * norm;
  for (let first = 0; first < size; first++) {
    for (let sweep = 0; ; sweep++) {
      let end = first;
      while (end < size - 1 && Math.abs(e[end] as number) > negligible) end++;
      if (end === first) break;
      if (sweep === 100) throw new Error('internal: symmetricEigenvalues does not converge');
      sweepUp(d, e, first, end);
    }
  }
  return d;
}

/** One QL step on rows `first` … `end`: rotations from `end` up chase the bulge that the shift makes. */
function sweepUp(d: Float64Array, e: Float64Array, first: number, end: number): void {
  const corner = e[first] as number;
  const ratio = ((d[first + 1] as number) - (d[first] as number)) / (2 * corner);
  const shift = (d[first] as number) - corner / (ratio + Math.sign(ratio || 1) * Math.hypot(ratio, 1));
  let bulge = (d[end] as number) - shift;
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let i = end - 1; i >= first; i--) {
    const rotated = sine * (e[i] as number);
    const kept = cosine * (e[i] as number);
    const radius = Math.hypot(rotated, bulge);
    e[i + 1] = radius;
    if (radius === 0) {
      // the matrix falls apart here: what is below is done with
      d[i + 1] = (d[i + 1] as number) - carried;
      e[end] = 0;
      return;
    }
    sine = rotated / radius;
    cosine = bulge / radius;
    const lower = (d[i + 1] as number) - carried;
    const turned = ((d[i] as number) - lower) * sine + 2 * cosine * kept;
    carried = sine * turned;
    d[i + 1] = lower + carried;
    bulge = cosine * turned - kept;
  }
  d[first] = (d[first] as number) - carried;
  e[first] = bulge;
  e[end] = 0;
}
