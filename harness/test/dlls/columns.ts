import { library } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

export const numbers = library(referenceDll('columns.dll'), {
  none: 'int take_none(void)',
  one: 'double take_1(float a)',
  two: 'double take_2(int64_t a, double b)',
  three: 'double take_3(double a, int8_t b, float c)',
  four: 'float take_4(uint8_t a, double b, uint32_t c, float d)',
  five: 'int64_t take_5(int16_t a, int64_t b, bool c, uint64_t d, int e)',
  six: 'double take_6(double a, double b, double c, double d, double e, double f)',
  seven: 'uint16_t take_7(uint16_t a, float b, uint16_t c, double d, uint16_t e, int64_t f, uint16_t g)',
  eight: 'double take_8(int a, double b, float c, int64_t d, int8_t e, double f, uint64_t g, float h)',
  sixteen:
    'int take_16(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, int o, int p)',
  seventeen:
    'double take_17(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j, double k, double l, double m, double n, double o, double p, double q)',
  third: 'double third(double value, int how)',
  addSse: 'double add_sse(double a, double b)',
  callsSoFar: 'int calls_so_far(int reset)',
  countedThird: 'double counted_third(double value, int how)',
  breakPromises: 'int break_promises(int value)',
  takeMore: 'int take_more(int value)',
  fillX87: 'int fill_x87(int value)',
});

/** What the second argument of `third` asks for. */
export const THIRD = { well: 0, rounding: 1, precision: 2, roundingAndFault: 3 } as const;
