// Settings, counters, and what koffi says of the system: of Windows.
import { KoffiUnsupportedError, refuse, wrongType } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { isObject, memorySize } from '../types/records.ts';
import { describeValue } from '../types/value-names.ts';
import { wholeNumber } from '../values/numbers.ts';
import { ERRNO_CODES } from './errno-codes.ts';

interface Setting {
  readonly least: number;
  readonly most: number;
  readonly isSize: boolean;
}

const KIB = 1024;
const MIB = KIB * KIB;

const SETTINGS: Readonly<Record<string, Setting>> = {
  sync_stack_size: { least: 64 * KIB, most: 16 * MIB, isSize: true },
  sync_heap_size: { least: 0, most: 16 * MIB, isSize: true },
  async_stack_size: { least: 64 * KIB, most: 16 * MIB, isSize: true },
  async_heap_size: { least: 0, most: 16 * MIB, isSize: true },
  resident_async_pools: { least: 0, most: 32, isSize: false },
  max_async_calls: { least: 0, most: 4096, isSize: false },
  max_type_size: { least: 32, most: 512 * MIB, isSize: true },
};

export function environmentFunctions(machine: Machine): Record<string, unknown> {
  let config: Record<string, number> = {
    sync_stack_size: 2 * MIB,
    sync_heap_size: MIB,
    async_stack_size: 128 * KIB,
    async_heap_size: 128 * KIB,
    resident_async_pools: 8,
    max_async_calls: 256,
    max_type_size: 64 * MIB,
  };
  let errno = 0;
  return {
    config: (...args: unknown[]) => {
      if (args.length > 0) {
        if (machine.hasStarted) refuse('Cannot change Koffi configuration once a library has been loaded');
        config = changed(config, args[0]);
        machine.maxAsyncCalls = config['max_async_calls'] ?? 256;
        machine.registry.maxTypeSize = config['max_type_size'] ?? 64 * MIB;
      }
      return { ...config };
    },
    stats: () => ({ disposed: machine.disposed, callbacks: machine.callbacksInUse }),
    errno: (...args: unknown[]) => {
      if (args.length > 0) {
        const value = wholeNumber(args[0]);
        if (value === undefined) {
          return wrongType(`Unexpected ${describeValue(args[0])} value for errno, expected integer`);
        }
        errno = value | 0;
      }
      return errno;
    },
    os: { errno: { ...ERRNO_CODES } },
    reset: () => {
      machine.registry.reset();
    },
    extension: '.dll',
    node: nodeFunctions(),
  };
}

function changed(config: Readonly<Record<string, number>>, wanted: unknown): Record<string, number> {
  if (!isObject(wanted)) return wrongType(`Unexpected ${describeValue(wanted)} value for config, expected object`);
  const result = { ...config };
  for (const [name, value] of Object.entries(wanted)) {
    const setting = SETTINGS[name];
    if (!setting) return refuse(`Unexpected config member '${name}'`);
    if (typeof value !== 'number') {
      return wrongType(`Unexpected ${describeValue(value)} value for '${name}', expected number`);
    }
    const whole = wholeNumber(value) ?? 0;
    const { least, most, isSize } = setting;
    if (whole < least || whole > most) {
      const [from, to] = [least, most].map((each) => (isSize ? memorySize(each) : each.toString()));
      refuse(`Setting '${name}' must be between ${from ?? ''} and ${to ?? ''}`);
    }
    result[name] = whole;
  }
  if ((result['max_async_calls'] ?? 0) < (result['resident_async_pools'] ?? 0)) {
    refuse('Setting max_async_calls must be >= to resident_async_pools');
  }
  return result;
}

function nodeFunctions(): object {
  const noPolling = (): never => {
    throw new KoffiUnsupportedError('poll');
  };
  const PollHandle = function PollHandle(): never {
    return noPolling();
  };
  return {
    get env(): never {
      throw new KoffiUnsupportedError('env');
    },
    poll: () => noPolling(),
    PollHandle,
  };
}
