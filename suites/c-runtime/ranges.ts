// Where functions of numbers have their curves and corners.
import { fc } from 'dllparity';
import {
  decimals,
  integers32,
  magnitudes,
  mixed,
  near,
  nearMultiplesOfHalfPi,
  ties,
  whole,
  within,
} from './numbers.ts';

export const angle = mixed(within(-10, 10), nearMultiplesOfHalfPi, within(-1e6, 1e6), magnitudes(-60, 40));
export const sine = mixed(within(-1, 1), near(0, 0.5, 1, -1, Math.SQRT1_2), magnitudes(-60, 1));
export const wide = mixed(within(-20, 20), magnitudes(-60, 60), near(1, -1, 0.4375, 2.4375));
export const power = mixed(
  within(-50, 50),
  within(-745, 710),
  near(709.782712893384, -745.1332191019411, 0),
  decimals(-30, 30),
);
export const positive = mixed(
  within(0, 10),
  near(1, 2, Math.E, 10),
  magnitudes(-300, 300).map(Math.abs),
  decimals(0, 1e6),
);
export const aboveMinusOne = mixed(within(-1, 2), near(-1, 1), magnitudes(-60, 10), within(-1, 1e6));
export const base = mixed(decimals(-20, 20), within(0, 10), near(1, -1), magnitudes(-20, 20));
export const exponent = mixed(
  whole(-40, 40),
  within(-20, 20),
  ties.map((value) => value / 1000),
  magnitudes(-10, 30),
);
export const rounded = mixed(
  ties,
  within(-1e6, 1e6),
  near(0.5, -0.5, 1.5, 2.5, 2 ** 31, 2 ** 52, 2 ** 53),
  magnitudes(-10, 64),
);
export const divided = mixed(decimals(-1000, 1000), within(-1e9, 1e9), magnitudes(-40, 40), ties);
export const divisor = mixed(decimals(-10, 10), whole(-100, 100), magnitudes(-30, 30));
export const gammaRange = mixed(
  within(-10, 10),
  within(0, 172),
  near(1, 2, 171.61447887182297, -1, -2.5),
  decimals(-180, 180),
);
export const errorRange = mixed(
  within(-3, 3),
  within(-30, 30),
  near(0.84375, 1.25, 2.857142857142857, 6, 28),
  magnitudes(-60, 2),
);
export const bessel = mixed(within(0, 50), within(-50, 50), near(2, 3.5, 5, 8), magnitudes(-40, 20));
export const anywhere = mixed(magnitudes(-1074, 1023), decimals(-1e6, 1e6));
export const corners = [0, -0, 1, -1, 0.5, 3, 1e22, 2 ** -1022, Number.MAX_VALUE, Infinity, -Infinity, NaN];
export const binaryExponent = fc.oneof(whole(-60, 60), whole(-2200, 2200), integers32(true));

/** No subnormal numbers among the arguments. */
export function isNormal(smallest: number): (values: readonly number[]) => boolean {
  return (values) => values.every((value) => value === 0 || Math.abs(value) >= smallest);
}
