/**
 * Elementwise functions in machine operations. The same operations in the same order on every processor: so are the bytes.
 * Errors, in units in the last place of float32 over all arguments, are measured by `functions.test.ts`.
 */
import type { Attributes } from '../../graph/graph.ts';
import type { BodyBuilder, Comparison, Operand } from './body.ts';

type Build = Pick<BodyBuilder<never>, 'constant' | 'bits' | 'unary' | 'binary' | 'ternary' | 'shift'>;
type Expand = (build: Build, operands: readonly Operand[], attributes: Attributes) => Operand;

const signBit = -0x80000000;
const ones = 0x3f800000;

const unary =
  (expand: (build: Build, x: Operand, attributes: Attributes) => Operand): Expand =>
  (build, operands, attributes) =>
    expand(build, operands[0] ?? 0, attributes); // as many as the kernel has
const binary =
  (expand: (build: Build, a: Operand, b: Operand) => Operand): Expand =>
  (build, operands) =>
    expand(build, operands[0] ?? 0, operands[1] ?? 0); // as above

const negated = (build: Build, x: Operand): Operand => build.binary('xor', x, build.bits(signBit));
const magnitude = (build: Build, x: Operand): Operand => build.binary('andNot', build.bits(signBit), x);
/** max(0, x); NaN stays NaN, since of two numbers that do not compare the machine takes the second. */
const positive = (build: Build, x: Operand): Operand => build.binary('max', build.constant(0), x);
/** A comparison as the number that tfjs makes of it: 1 or 0. */
const truth = (build: Build, kind: Comparison, a: Operand, b: Operand): Operand =>
  build.binary('and', build.binary(kind, a, b), build.bits(ones));
const isTrue = (build: Build, x: Operand): Operand => build.binary('notEqual', x, build.constant(0));

/** c₀ + x (c₁ + x (c₂ + …)), a chain of fused multiply-adds. */
function polynomial(build: Build, x: Operand, coefficients: readonly number[]): Operand {
  const [last, ...rest] = coefficients.toReversed();
  return rest.reduce<Operand>(
    (sum, coefficient) => build.ternary('fma', sum, x, build.constant(coefficient)),
    build.constant(last ?? 0),
  );
}

const ln2High = 0.693359375;
const ln2Low = -2.1219444005469057e-4;

/** 2ⁿ eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2 (Cody and Waite 1980), eʳ by its series to degree 7. */
function exp(build: Build, x: Operand): Operand {
  const bounded = build.binary('min', build.constant(89), build.binary('max', build.constant(-104), x));
  const n = build.unary('round', build.binary('mul', bounded, build.constant(Math.LOG2E)));
  const high = build.ternary('fnma', n, build.constant(ln2High), bounded);
  const r = build.ternary('fnma', n, build.constant(ln2Low), high);
  const series = polynomial(build, r, [1, 1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040]);
  // In two factors: 2ⁿ alone would overflow where the product does not.
  const power = build.unary('toInteger', n);
  const half = build.shift('shiftRight', power, 1);
  const rest = build.binary('subInteger', power, half);
  const scale = (exponent: Operand) =>
    build.shift('shiftLeft', build.binary('addInteger', exponent, build.bits(127)), 23);
  return build.binary('mul', build.binary('mul', series, scale(half)), scale(rest));
}

/** e ln 2 + log m with m in [√½, √2); log(1 + f) = f − f²/2 + f³ P(f), P as in Cephes' logf (Moshier 1992). */
function log(build: Build, x: Operand): Operand {
  const rootHalf = 0x3f3504f3;
  const exponent = build.shift('shiftRight', build.binary('subInteger', x, build.bits(rootHalf)), 23);
  const mantissa = build.binary('subInteger', x, build.shift('shiftLeft', exponent, 23));
  const f = build.binary('sub', mantissa, build.constant(1));
  const e = build.unary('toFloat', exponent);
  const square = build.binary('mul', f, f);
  const series = polynomial(
    build,
    f,
    [
      3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1, -1.2420140846e-1,
      1.167699874e-1, -1.151461031e-1, 7.0376836292e-2,
    ],
  );
  const cubic = build.binary('mul', build.binary('mul', f, square), series);
  const low = build.ternary('fma', e, build.constant(ln2Low), cubic);
  const corrected = build.ternary('fnma', build.constant(0.5), square, low);
  const finite = build.ternary('fma', e, build.constant(ln2High), build.binary('add', f, corrected));
  // log ∞ = ∞, log 0 = −∞, log of less and of NaN: NaN.
  const infinity = build.constant(Number.POSITIVE_INFINITY);
  const large = build.ternary('select', build.binary('less', x, infinity), finite, x);
  const atZero = build.ternary(
    'select',
    build.binary('equal', x, build.constant(0)),
    build.constant(Number.NEGATIVE_INFINITY),
    build.bits(0x7fc00000),
  );
  return build.ternary('select', build.binary('greater', x, build.constant(0)), large, notANumberOr(build, x, atZero));
}

/** NaN where x is, the other elsewhere: a sum would do, but −∞ + ∞ is NaN too. */
const notANumberOr = (build: Build, x: Operand, other: Operand): Operand =>
  build.ternary('select', build.binary('equal', x, x), other, x);

/** max(x, 0) + log(1 + u) with u = e^−|x|, log(1 + u) = 2 artanh(u / (2 + u)) by its series. */
function softplus(build: Build, x: Operand): Operand {
  const u = exp(build, negated(build, magnitude(build, x)));
  const s = build.binary('div', u, build.binary('add', u, build.constant(2)));
  const square = build.binary('mul', s, s);
  const series = polynomial(build, square, [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11, 2 / 13, 2 / 15]);
  return build.ternary('fma', s, series, positive(build, x));
}

/** Near 0 by the odd polynomial of Cephes' tanhf, elsewhere 1 − 2 / (e^2|x| + 1) with x's sign. */
function tanh(build: Build, x: Operand): Operand {
  const size = magnitude(build, x);
  const square = build.binary('mul', x, x);
  const series = polynomial(
    build,
    square,
    [-3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3],
  );
  const near = build.ternary('fma', build.binary('mul', x, square), series, x);
  const power = exp(build, build.binary('add', size, size));
  const share = build.binary('div', build.constant(2), build.binary('add', power, build.constant(1)));
  const far = build.binary('sub', build.constant(1), share);
  const signed = build.binary('or', far, build.binary('and', x, build.bits(signBit)));
  return build.ternary('select', build.binary('greater', size, build.constant(0.625)), signed, near);
}

/** Whole powers by squaring, a half by a root; the reciprocal of the positive power where it is negative. */
function powerOf(build: Build, x: Operand, exponent: number): Operand {
  const size = Math.abs(exponent);
  let power = size % 1 === 0.5 ? build.unary('sqrt', x) : undefined;
  let square = x;
  for (let rest = Math.floor(size); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = power === undefined ? square : build.binary('mul', power, square);
    if (rest > 1) square = build.binary('mul', square, square);
  }
  const one = build.constant(1);
  if (power === undefined) return one;
  return exponent < 0 ? build.binary('div', one, power) : power;
}

const sigmoid = (build: Build, x: Operand): Operand =>
  build.binary('div', build.constant(1), build.binary('add', exp(build, negated(build, x)), build.constant(1)));

/** tfjs's Step: 1 above 0, α elsewhere. */
const step = (build: Build, x: Operand, alpha: number): Operand => {
  const above = build.binary('greater', x, build.constant(0));
  if (alpha === 0) return build.binary('and', above, build.bits(ones));
  return build.ternary('select', above, build.constant(1), build.constant(alpha));
};

const comparison = (kind: Comparison): Expand => binary((build, a, b) => truth(build, kind, a, b));

/** By tfjs's names of kernels; operands in their order, of one shape or broadcast to it. */
export const functions: Readonly<Record<string, Expand>> = {
  Identity: unary((_, x) => x),
  /** To memory of its own. */
  Copy: unary((_, x) => x),
  Cast: unary((build, x, { dtype }) =>
    dtype === 'bool' ? build.binary('and', isTrue(build, x), build.bits(ones)) : x,
  ),
  Add: binary((build, a, b) => build.binary('add', a, b)),
  Sub: binary((build, a, b) => build.binary('sub', a, b)),
  Multiply: binary((build, a, b) => build.binary('mul', a, b)),
  RealDiv: binary((build, a, b) => build.binary('div', a, b)),
  Maximum: binary((build, a, b) => build.binary('max', a, b)),
  Minimum: binary((build, a, b) => build.binary('min', a, b)),
  SquaredDifference: binary((build, a, b) => {
    const difference = build.binary('sub', a, b);
    return build.binary('mul', difference, difference);
  }),
  AddN: (build, [first = 0, ...more]) => more.reduce((sum, next) => build.binary('add', sum, next), first),
  Abs: unary(magnitude),
  Neg: unary(negated),
  Square: unary((build, x) => build.binary('mul', x, x)),
  Sqrt: unary((build, x) => build.unary('sqrt', x)),
  /** By a power that is a number of halves, as an attribute. */
  PowBy: unary((build, x, { exponent }) => powerOf(build, x, Number(exponent))),
  Rsqrt: unary((build, x) => build.binary('div', build.constant(1), build.unary('sqrt', x))),
  Reciprocal: unary((build, x) => build.binary('div', build.constant(1), x)),
  Sign: unary((build, x) => {
    const zero = build.constant(0);
    return build.binary('sub', truth(build, 'greater', x, zero), truth(build, 'less', x, zero));
  }),
  Relu: unary(positive),
  LeakyRelu: unary((build, x, { alpha }) =>
    build.ternary(
      'select',
      build.binary('greater', x, build.constant(0)),
      x,
      build.binary('mul', x, build.constant(Number(alpha))),
    ),
  ),
  Prelu: binary((build, x, alpha) =>
    build.ternary('select', build.binary('greater', x, build.constant(0)), x, build.binary('mul', x, alpha)),
  ),
  Step: unary((build, x, { alpha }) => step(build, x, Number(alpha ?? 0))),
  /** x where the mask's operand is above 0, else 0: what a product with a step is meant to be. */
  Gate: binary((build, x, h) => build.binary('and', build.binary('greater', h, build.constant(0)), x)),
  Elu: unary((build, x) =>
    build.ternary(
      'select',
      build.binary('greater', x, build.constant(0)),
      x,
      build.binary('sub', exp(build, x), build.constant(1)),
    ),
  ),
  ClipByValue: unary((build, x, { clipValueMin, clipValueMax }) =>
    build.binary(
      'min',
      build.constant(Number(clipValueMax)),
      build.binary('max', build.constant(Number(clipValueMin)), x),
    ),
  ),
  Exp: unary(exp),
  Log: unary(log),
  Log1p: unary((build, x) => log(build, build.binary('add', x, build.constant(1)))),
  Softplus: unary(softplus),
  Sigmoid: unary(sigmoid),
  Tanh: unary(tanh),
  Equal: comparison('equal'),
  NotEqual: comparison('notEqual'),
  Less: comparison('less'),
  LessEqual: comparison('lessEqual'),
  Greater: comparison('greater'),
  GreaterEqual: comparison('greaterEqual'),
  LogicalNot: unary((build, x) => truth(build, 'equal', x, build.constant(0))),
  LogicalAnd: binary((build, a, b) =>
    build.binary('and', build.binary('and', isTrue(build, a), isTrue(build, b)), build.bits(ones)),
  ),
  LogicalOr: binary((build, a, b) =>
    build.binary('and', build.binary('or', isTrue(build, a), isTrue(build, b)), build.bits(ones)),
  ),
  Select: (build, [condition = 0, then = 0, otherwise = 0]) =>
    build.ternary('select', isTrue(build, condition), then, otherwise),
};
