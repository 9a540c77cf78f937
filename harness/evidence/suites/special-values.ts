import { layoutOf } from '../../types/abi/layout.ts';
import type { PointerBytes } from '../../types/abi/layout-kinds.ts';
import type { ScalarType } from '../../types/declare/types.ts';

const DOUBLES: readonly number[] = [
  0, -0, 1, -1, 0.5, -0.5, 2, -2, 10, 0.1, 3, 1e-5, 100, 1e15, 2 ** 53, 2 ** 53 + 2, 1e22, 1e23, 1e100, 1e-100,
  Math.PI, -Math.PI, Math.PI / 2, Math.PI / 4, Math.E, Math.SQRT2, Math.LN2,
  Number.EPSILON, 1 + Number.EPSILON, 1 - Number.EPSILON / 2, Number.MIN_VALUE, -Number.MIN_VALUE,
  2.2250738585072014e-308, 2.225073858507201e-308, Number.MAX_VALUE, -Number.MAX_VALUE, 709.782712893384, -745.1332191019411,
  Infinity, -Infinity, NaN,
]; // prettier-ignore

const MAX_FLOAT = (2 - 2 ** -23) * 2 ** 127;

const FLOATS: readonly number[] = [
  0, -0, 1, -1, 0.5, 2, -2, 10, 2 ** -126, 2 ** -149, MAX_FLOAT, -MAX_FLOAT,
  1 + 2 ** -23, 16777216, 88.72283935546875, Math.fround(-103.97208), Math.fround(Math.PI), Math.fround(0.1), Infinity, -Infinity, NaN,
]; // prettier-ignore

/**
 * Values at which functions of this type are most likely to go wrong: zeros, limits, first subnormals, thresholds of exp, NaN.
 * @param pointerBytes of the runtime, `agent.pointerBytes`: types such as size_t end where pointers do
 */
export function specialValues(type: ScalarType, pointerBytes: PointerBytes): readonly (number | bigint)[] {
  switch (type.code) {
    case 'double':
      return DOUBLES;
    case 'float':
      return FLOATS;
    case 'bool':
      return [];
    default: {
      const { bytes, code } = layoutOf(type, pointerBytes);
      const bits = BigInt(bytes * 8);
      const signed = code.startsWith('int');
      const low = signed ? -(1n << (bits - 1n)) : 0n;
      const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
      const values = [0n, 1n, 2n, 10n, low, low + 1n, high - 1n, high, ...(signed ? [-1n, -2n] : [])];
      return bytes === 8 ? values : values.map(Number);
    }
  }
}

/** Every combination, first positions varying slowest; at most `limit`, taken evenly. */
export function combinations(lists: readonly (readonly unknown[])[], limit: number): unknown[][] {
  const total = lists.reduce((product, list) => product * list.length, lists.length === 0 ? 0 : 1);
  const wanted = Math.min(total, limit);
  return Array.from({ length: wanted }, (_, i) => {
    let index = Math.floor((i * total) / wanted);
    return lists.map((list, position) => {
      const below = lists.slice(position + 1).reduce((product, other) => product * other.length, 1);
      const value = list[Math.floor(index / below)];
      index %= below;
      return value;
    });
  });
}
