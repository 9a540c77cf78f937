import type { Check, ErrorCheck, Expectation, OutCheck, Plain } from '../fact.ts';
import { FORM_KEYS, type WrittenCheck, type WrittenExpectation, type WrittenForm } from './expectation-schema.ts';
import { toBytes } from './to-argument.ts';

/** What is asserted, from either dialect. */
export function toExpectation(written: WrittenExpectation): Expectation {
  const { out = {}, outAt, returnNonZero } = written;
  const checks = Object.entries(out).map(([key, check]): OutCheck => {
    const inVaList = key.startsWith('va');
    return { argument: Number(inVaList ? key.slice(2) : key), inVaList, offset: 0, check: toCheck(check) };
  });
  if (outAt !== undefined) {
    const check: Check = { kind: 'bytes', bytes: toBytes(outAt.bytes) };
    checks.push({ argument: outAt.ref, inVaList: false, offset: outAt.offset, check });
  }
  return {
    returns: returnNonZero
      ? { kind: 'truthy', value: true }
      : written.return === undefined
        ? undefined
        : toCheck(written.return),
    out: checks,
    errno: toErrorCheck(written.errno),
    doserrno: toErrorCheck(written.doserrno),
    lastError: toErrorCheck(written.lastError),
    callbackCount: written.callbackCount,
    matherrType: written.matherrType,
    tellsZeros: written.signOfZero === 'exact',
  };
}

function toErrorCheck(written: WrittenExpectation['errno']): ErrorCheck | undefined {
  if (written === undefined) return undefined;
  if (typeof written === 'object') {
    return { kind: 'any-of', checks: written.anyOf.flatMap((each) => toErrorCheck(each) ?? []) };
  }
  return written === 'unchanged' ? { kind: 'unchanged' } : { kind: 'code', code: Number(written) };
}

export function toCheck(written: WrittenCheck): Check {
  if (written === null) return { kind: 'null', isNull: true };
  if (typeof written !== 'object') return { kind: 'plain', value: written };
  if (isList(written)) return { kind: 'units', values: written, type: 'own' };
  const isForm = Object.keys(written).some((key) => FORM_KEYS.has(key));
  return isForm ? toForm(written) : fields(undefined, written as Readonly<Record<string, WrittenCheck>>);
}

function isList(written: object): written is readonly Plain[] {
  return Array.isArray(written);
}

const text = (value: string, extent: 'whole' | 'start', width: 'own' | 'wide', ignoresCase = false): Check => ({
  kind: 'text',
  text: value,
  extent,
  width,
  ignoresCase,
});

const fields = (struct: string | undefined, members: Readonly<Record<string, WrittenCheck>>): Check => ({
  kind: 'fields',
  struct,
  fields: Object.fromEntries(Object.entries(members).map(([name, check]) => [name, toCheck(check)])),
});

function toForm(written: WrittenForm): Check {
  const { offset = 0 } = written;
  if (written.null !== undefined) return { kind: 'null', isNull: written.null };
  if (written.str !== undefined) return text(written.str, 'whole', 'own');
  if (written.wstr !== undefined) return text(written.wstr, 'whole', 'wide');
  if (written.wstrNoCase !== undefined) return text(written.wstrNoCase, 'whole', 'wide', true);
  if (written.startsWith !== undefined) return text(written.startsWith, 'start', 'own');
  if (written.prefix !== undefined) return text(written.prefix, 'start', 'own');
  if (written.wprefix !== undefined) return text(written.wprefix, 'start', 'wide');
  if (written.bytes !== undefined) return { kind: 'bytes', bytes: toBytes(written.bytes) };
  if (written.wchars !== undefined) return { kind: 'units', values: written.wchars, type: 'uint16' };
  if (written.values !== undefined) return { kind: 'units', values: written.values, type: 'own' };
  if (written.length !== undefined) return { kind: 'length', length: written.length };
  if (written.strlen !== undefined) return { kind: 'length', length: written.strlen };
  if (written.ref !== undefined) return { kind: 'inside', argument: written.ref, offset, unit: 'elements' };
  if (written.relTo !== undefined) return { kind: 'inside', argument: written.relTo, offset, unit: 'bytes' };
  if (written.offsetInFirst !== undefined) return { kind: 'in-first', offset: written.offsetInFirst };
  if (written.truthy !== undefined) return { kind: 'truthy', value: written.truthy };
  if (written.sign !== undefined) return { kind: 'sign', sign: written.sign };
  if (written.nan !== undefined) return { kind: 'nan', negative: written.negative };
  if (written.high32 !== undefined) return { kind: 'high32', bits: written.high32 };
  if (written.finite !== undefined) return { kind: 'finite', value: written.finite };
  if (written.approx !== undefined) {
    return { kind: 'approx', value: written.approx, ulps: written.ulps, absTol: written.absTol };
  }
  if (written.anyOf !== undefined) return { kind: 'any-of', checks: written.anyOf.map(toCheck) };
  if (written.not !== undefined) return { kind: 'not', check: toCheck(written.not) };
  return fields(written.struct, written.fields ?? {});
}
