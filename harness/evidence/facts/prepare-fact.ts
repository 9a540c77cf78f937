// Does what the set-up of a fact says, before its call.
import { DllparityError } from '../../base/errors.ts';
import type { FactMemory } from './fact-memory.ts';
import { type FactRoom, pathOf } from './fact-room.ts';
import type { PlannedFact } from './plan-fact.ts';
import type { SetupAction } from './setups.ts';
import { Unsupported } from './unsupported.ts';

/** What error codes are before a call that nobody presets otherwise: no function leaves this by itself. */
export const PRESET = 0xdeadbeef;

/** What the set-up has made of the process, and of the comparison. */
export interface Prepared {
  lastError: number;
  errno: number;
  doserrno: number;
  ignoresCase: boolean;
  /** Where the text of the first call lies. */
  first: bigint | undefined;
  /** How often the handler of invalid parameters has to be called. */
  invalidParameters: number | undefined;
}

const SET_HANDLER = 'void *_set_invalid_parameter_handler(void *handler)';
const HANDLER = 'void (*)(void *expression, void *function, void *file, unsigned line, uintptr_t reserved)';

export function prepareFact(room: FactRoom, planned: PlannedFact, memory: FactMemory): Prepared {
  const prepared: Prepared = {
    lastError: PRESET,
    errno: PRESET | 0,
    doserrno: PRESET,
    ignoresCase: false,
    first: undefined,
    invalidParameters: undefined,
  };
  for (const { act } of planned.steps) if (act) perform(act, room, planned, memory, prepared);
  if (planned.fact.expect.matherrType !== undefined) installMatherr(room, planned);
  return prepared;
}

function perform(
  action: SetupAction,
  room: FactRoom,
  { fact }: PlannedFact,
  memory: FactMemory,
  prepared: Prepared,
): void {
  const helper = (prototype: string): ((...args: readonly unknown[]) => unknown) => need(room, pathOf(fact), prototype);
  switch (action.kind) {
    case 'last-error':
      prepared.lastError = action.value;
      return;
    case 'errno':
      prepared.errno = action.value;
      return;
    case 'doserrno':
      prepared.doserrno = action.value;
      return;
    case 'ignore-case':
      prepared.ignoresCase = true;
      return;
    case 'call': {
      const parameters = action.args.map((_, i) => `int a${String(i)}`).join(', ');
      helper(`int ${action.function}(${parameters})`)(...action.args);
      return;
    }
    case 'locale': {
      const set = helper('char *setlocale(int category, const char *locale)')(0, action.name);
      if (set === null) throw new Unsupported(`setlocale(LC_ALL, "${action.name}") does not succeed here`);
      return;
    }
    case 'invalid-parameter-handler': {
      const handler = room.callback(`invalid-parameter ${fact.dll}`, HANDLER, () => {
        room.told.invalidParameters++;
      });
      helper(SET_HANDLER)(handler.pointer);
      prepared.invalidParameters = action.calls;
      return;
    }
    case 'winsock':
      need(room, 'ws2_32.dll', 'int __stdcall WSAStartup(uint16_t version, void *data)')(0x202, Buffer.alloc(512));
      return;
    case 'us-english': {
      const language = need(room, 'kernel32.dll', 'uint16_t __stdcall GetUserDefaultUILanguage(void)')();
      const locale = need(room, 'kernel32.dll', 'uint32_t __stdcall GetUserDefaultLCID(void)')();
      if (language !== 0x409 || locale !== 0x409)
        throw new Unsupported('the locale or the user interface is not English (US)');
      return;
    }
    case 'calls-on-copy': {
      const copy = memory.allocate(action.text.length + 1);
      memory.write(copy, Buffer.from(action.text, 'latin1'));
      const first = memory.addressOf(copy);
      const call = helper(`void *${action.function}(void *text, const char *delimiters)`);
      for (let i = 0; i < action.calls; i++) {
        call(i === 0 ? room.agent.pointer(first) : null, action.delimiters);
      }
      prepared.first = first;
      return;
    }
  }
}

function installMatherr(room: FactRoom, { fact }: PlannedFact): void {
  const handler = room.callback(`matherr ${fact.dll}`, 'int (*)(void *exception)', (exception) => {
    // The first member of struct _exception is its type.
    room.told.matherr = (exception as { read(type: 'int'): number } | null)?.read('int');
    return 0;
  });
  need(room, pathOf(fact), 'void __setusermatherr(void *handler)')(handler.pointer);
}

/** A function that a set-up needs; without it the fact cannot be tried. */
function need(room: FactRoom, dll: string, prototype: string): (...args: readonly unknown[]) => unknown {
  const call = room.helper(dll, prototype);
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      if (!(error instanceof DllparityError) || !['EXPORT_NOT_FOUND', 'CALL_DID_NOT_RETURN'].includes(error.code))
        throw error;
      throw new Unsupported(`its set-up needs ${prototype}: ${error.message.split('\n')[0] ?? ''}`);
    }
  };
}
