import { as, conformance, exact, fc, room } from 'dllparity';
import { crt } from './msvcr120.ts';

conformance('pow', crt.pow, { args: [fc.double(), fc.double()], runs: 1000, compare: exact({ signedZero: true }) });
conformance('sin', crt.sin, { args: [fc.double()], runs: 1000, compare: exact({ signedZero: true }) });
conformance('_snprintf', crt.snprintf, {
  args: fc
    .tuple(fc.constantFrom('%.20e', '%a', '%g', '%f'), fc.double())
    .map(([f, v]) => [room(64), 64, f, as(v, 'double')]),
  runs: 100,
});
conformance('strtod', crt.strtod, { args: [fc.double().map(String)], runs: 100 });
conformance('rand', crt, {
  input: fc.nat(),
  runs: 100,
  script: (c, seed) => {
    c.srand(seed);
    return { values: Array.from({ length: 20 }, () => c.rand()) };
  },
});
