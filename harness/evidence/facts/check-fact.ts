// What does not go together in a fact whose fields are right one by one.
import { nearestName } from '../../base/nearest-name.ts';
import { layoutOf } from '../../types/abi/layout.ts';
import type { CType, Parameter } from '../../types/declare/types.ts';
import type { Argument, Check, Fact, MemberValue, OutCheck, Plain } from './fact.ts';
import { type FactTypes, TYPE_NAMES } from './fact-types.ts';
import { FORM_KEYS } from './yaml/expectation-schema.ts';
import { wrongCheck, wrongValue } from './check-value.ts';
import type { Complaint } from './yaml/schema-error.ts';

type Path = readonly (string | number)[];

export function checkFact(fact: Fact, types: FactTypes): Complaint | undefined {
  const { args, declared, expect } = fact;
  const { parameters, variadic, result } = declared.type;
  if (args.length < parameters.length || (args.length > parameters.length && !variadic)) {
    return {
      path: ['args'],
      what: `${String(args.length)} arguments for ${String(parameters.length)} parameters`,
      hint: 'Give one for each parameter, null pointers too: `{ "null": true }`.',
    };
  }
  for (const [index, argument] of args.entries()) {
    const found =
      checkArgument(argument, ['args', index], args.length, types) ??
      checkAgainst(argument, parameters[index], ['args', index]);
    if (found) return found;
  }
  if (expect.returns && result.kind === 'void') {
    return {
      path: ['expect', 'return'],
      what: 'the function returns void',
      hint: 'Correct the prototype, or leave "return" out.',
    };
  }
  if (expect.returns) {
    const path = ['expect', 'return'];
    const wrong = wrongCheck(expect.returns, result);
    if (wrong !== undefined) return { path, what: wrong, hint: 'Correct the value or the prototype.' };
    const found = checkCheck(expect.returns, path, args.length);
    if (found) return found;
  }
  return expect.out.map((out) => checkOut(out, args, types)).find((found) => found !== undefined);
}

function checkArgument(argument: Argument, path: Path, count: number, types: FactTypes): Complaint | undefined {
  switch (argument.kind) {
    case 'scalar':
      return checkType(argument.type, path, types) ?? checkValues([argument.value], types.type(argument.type), path);
    case 'memory':
      return argument.content.kind === 'slots'
        ? checkList(argument.content.values, path, count, types)
        : (checkType(argument.element, path, types) ?? checkContent(argument, path, types));
    case 'struct':
      return checkStruct(argument, path, count, types);
    case 'inside':
      return argument.argument < count ? undefined : noArgument(path, argument.argument, count);
    case 'va-list':
      return checkList(argument.values, path, count, types);
    case 'null':
    case 'callback':
      return undefined;
  }
}

function checkList(values: readonly Argument[], path: Path, count: number, types: FactTypes): Complaint | undefined {
  return values.map((value) => checkArgument(value, path, count, types)).find((found) => found !== undefined);
}

function noArgument(path: Path, index: number, count: number): Complaint {
  return {
    path,
    what: `there is no argument ${String(index)}: the last is ${String(count - 1)}`,
    hint: 'Arguments are counted from 0.',
  };
}

function checkType(name: string, path: Path, types: FactTypes): Complaint | undefined {
  try {
    const type = types.type(name);
    if (type.kind !== 'void' && type.kind !== 'opaque' && type.kind !== 'function') return undefined;
  } catch {
    // Said below.
  }
  const near = nearestName(name, TYPE_NAMES);
  const hint = `${near === undefined ? '' : `Did you mean ${near}? `}Types are ${TYPE_NAMES.join(', ')}, and those of C.`;
  return { path, what: `the type "${name}" is not known`, hint };
}

function checkValues(values: readonly Plain[], type: CType, path: Path): Complaint | undefined {
  const wrong = values.map((value) => wrongValue(value, type)).find((each) => each !== undefined);
  return wrong === undefined ? undefined : { path, what: wrong, hint: 'Correct the value or its type.' };
}

function checkContent(
  argument: Extract<Argument, { kind: 'memory' }>,
  path: Path,
  types: FactTypes,
): Complaint | undefined {
  const { content, element } = argument;
  const wrong = content.kind === 'units' ? checkValues(content.values, types.type(element), path) : undefined;
  return wrong ?? checkRoom(argument, path, types);
}

function checkRoom(
  { element, count, content }: Extract<Argument, { kind: 'memory' }>,
  path: Path,
  types: FactTypes,
): Complaint | undefined {
  const type = types.type(element);
  if (count === undefined || content.kind === 'zero' || type.kind !== 'scalar') return undefined;
  const units =
    content.kind === 'units' ? content.values.length : content.kind === 'text' ? content.text.length : undefined;
  return units === undefined || units <= count
    ? undefined
    : { path, what: `${String(units)} elements do not fit in ${String(count)}`, hint: 'Make "size" larger.' };
}

function checkStruct(
  { name, content }: Extract<Argument, { kind: 'struct' }>,
  path: Path,
  count: number,
  types: FactTypes,
): Complaint | undefined {
  const record = types.record(name);
  if (!record) {
    const near = nearestName(name, Object.keys(types.named));
    const hint = `${near === undefined ? '' : `Did you mean ${near}? `}Declare it in this file or in structs.yaml beside it.`;
    return { path, what: `there is no struct "${name}"`, hint };
  }
  if (content.kind !== 'fields') return undefined;
  return checkMembers(content.fields, record, [...path, 'fields'], count, types);
}

function checkMembers(
  fields: Readonly<Record<string, MemberValue>>,
  record: Extract<CType, { kind: 'struct' | 'union' }>,
  path: Path,
  count: number,
  types: FactTypes,
): Complaint | undefined {
  const names = record.members.map(({ name }) => name);
  for (const [name, value] of Object.entries(fields)) {
    const at = [...path, name];
    const member = record.members.find((each) => each.name === name);
    if (!member) {
      const near = nearestName(name, names);
      return {
        path: at,
        isKey: true,
        what: `${record.name} has no member "${name}"`,
        hint: near === undefined ? `Its members are ${names.join(', ')}.` : `Did you mean "${near}"?`,
      };
    }
    const found = checkMember(value, member.type, at, count, types);
    if (found) return found;
  }
  return undefined;
}

function checkMember(
  value: MemberValue,
  type: CType,
  path: Path,
  count: number,
  types: FactTypes,
): Complaint | undefined {
  if (typeof value !== 'object') {
    return type.kind === 'scalar' || type.kind === 'enum' || type.kind === 'pointer'
      ? checkValues([value], type, path)
      : { path, what: `a ${type.kind} is no single value`, hint: 'Give its elements or members.' };
  }
  if (isArgument(value)) return checkArgument(value, path, count, types);
  if (Array.isArray(value)) {
    return type.kind === 'array' && value.length <= (type.length ?? 0)
      ? undefined
      : {
          path,
          what: `a list of ${String(value.length)} values does not fit in ${type.name}`,
          hint: 'Correct one of the two.',
        };
  }
  return type.kind === 'struct' || type.kind === 'union'
    ? checkMembers(value as Readonly<Record<string, MemberValue>>, type, path, count, types)
    : { path, what: `${type.name} is no struct`, hint: 'Give a value.' };
}

export function isArgument(value: object): value is Argument {
  return 'kind' in value && typeof value.kind === 'string';
}

/** Whether an argument can be passed for a parameter. */
function checkAgainst(argument: Argument, parameter: Parameter | undefined, path: Path): Complaint | undefined {
  if (!parameter) return undefined;
  const { type, name } = parameter;
  const refuse = (what: string): Complaint => ({ path, what, hint: 'Correct the argument or the prototype.' });
  const isRecord = type.kind === 'struct' || type.kind === 'union';
  switch (argument.kind) {
    case 'scalar':
      return isRecord && type.kind === 'struct' ? refuse(`the parameter "${name}" is a struct`) : undefined;
    case 'struct':
      if (isRecord && type.name !== argument.name) return refuse(`the parameter "${name}" is ${type.name}`);
      return isRecord || type.kind === 'pointer' ? undefined : refuse(`the parameter "${name}" is ${type.name}`);
    default:
      return type.kind === 'pointer' || type.kind === 'scalar'
        ? undefined
        : refuse(`the parameter "${name}" is ${type.name}, and no pointer`);
  }
}

function checkOut(
  { argument, inVaList, check }: OutCheck,
  args: readonly Argument[],
  types: FactTypes,
): Complaint | undefined {
  const list = inVaList ? args.find((each) => each.kind === 'va-list')?.values : args;
  const path = ['expect', 'out', `${inVaList ? 'va' : ''}${String(argument)}`];
  if (!list) return { path, what: 'the fact has no va_list', hint: 'Write the index of the argument alone.' };
  const given = list[argument];
  if (!given) return noArgument(path, argument, list.length);
  if (given.kind === 'scalar' || given.kind === 'null' || given.kind === 'callback') {
    return {
      path,
      what: `argument ${String(argument)} is no memory`,
      hint: 'Give it memory: `{ out: char, size: 80 }`.',
    };
  }
  if (check.kind === 'fields' && check.struct === undefined && given.kind === 'memory') {
    const [key = ''] = Object.keys(check.fields);
    const near = nearestName(key, [...FORM_KEYS]);
    return {
      path: [...path, key],
      isKey: true,
      what: `there is no form of expectation that begins with the key "${key}", and the argument is no struct`,
      hint: near === undefined ? 'docs/guides/facts.md describes the notation.' : `Did you mean "${near}"?`,
    };
  }
  // Text of characters is a plain value too.
  const type = given.kind === 'memory' && check.kind !== 'units' ? types.type(given.element) : undefined;
  const isText = type?.kind === 'scalar' && layoutOf(type, 8).bytes <= 2 && isTextCheck(check);
  const wrong = type && !isText ? wrongCheck(check, type) : undefined;
  if (wrong !== undefined) return { path, what: wrong, hint: 'Correct the value or the type of the memory.' };
  return checkCheck(check, path, args.length);
}

function isTextCheck(check: Check): boolean {
  if (check.kind === 'not') return isTextCheck(check.check);
  return check.kind === 'plain' && typeof check.value === 'string';
}

function checkCheck(check: Check, path: Path, count: number): Complaint | undefined {
  switch (check.kind) {
    case 'inside':
      return check.argument < count ? undefined : noArgument(path, check.argument, count);
    case 'any-of':
      return check.checks.map((each) => checkCheck(each, path, count)).find((found) => found !== undefined);
    case 'not':
      return checkCheck(check.check, path, count);
    case 'fields':
      return Object.entries(check.fields)
        .map(([name, each]) => checkCheck(each, [...path, name], count))
        .find((found) => found !== undefined);
    default:
      return undefined;
  }
}
