// complex.h. Each number of both parts, and the corners of both: what C99 says of infinities and NaN is in its Annex G.
import { exact, fc } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import { decimals, floats, magnitudes, mixed, near, within } from './numbers.ts';
import type { Library } from 'dllparity/agent';

const compare = exact({ signedZero: true });

const corners = [0, -0, 1, -1, 0.5, 1e300, Infinity, -Infinity, NaN];
const part = mixed(within(-10, 10), decimals(-100, 100), near(0, 1, -1), magnitudes(-40, 40));
const complexOf = (of: fc.Arbitrary<number>) => fc.record({ re: of, im: of }, { noNullPrototype: true });

const UNARY =
  'cacos cacosh casin casinh catan catanh ccos ccosh cexp clog clog10 conj cproj csin csinh csqrt ctan ctanh cabs carg cimag creal norm';

export function complexSuites(crt: Library): void {
  const suite = functionSuites(crt);
  const z = complexOf(part);
  const f = complexOf(floats(part));
  const all = corners.flatMap((re) => corners.map((im) => [{ re, im }]));
  const allFloats = all.map(([{ re, im } = { re: 0, im: 0 }]) => [{ re: Math.fround(re), im: Math.fround(im) }]);
  alike(suite, UNARY, { args: [z], always: all, compare, runs: 120 });
  alike(suite, UNARY.replaceAll(/\b(?= |$)/g, 'f'), { args: [f], always: allFloats, compare, runs: 100 });
  suite('cpow', { args: [z, z], compare, runs: 60 });
  suite('cpowf', { args: [f, f], compare, runs: 60 });
  suite('_Cbuild', { args: [part, part], compare, runs: 60 });
  suite('_FCbuild', { args: [floats(part), floats(part)], compare, runs: 60 });
  suite('_Cmulcc', { args: [z, z], compare, runs: 120 });
  suite('_FCmulcc', { args: [f, f], compare, runs: 120 });
  suite('_Cmulcr', { args: [z, part], compare, runs: 60 });
  suite('_FCmulcr', { args: [f, floats(part)], compare, runs: 60 });
}
