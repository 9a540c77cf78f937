// The other side of the wire without Wine: a thread that maps the same memory and speaks the agent's half of the protocol, as honestly
// as a seed lets it. Rounds take a fraction of a millisecond, so that there can be many.
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import {
  CALLBACK,
  CALLBACK_FRAMES,
  COLUMN,
  COLUMNS,
  FAULT,
  FAULT_RING,
  FRAME,
  HEADER,
  IDENTITY,
  INSPECTION,
  PLAN,
  PLAN_TABLE,
} from '../../../../protocol/wire/layout.ts';
import { LAYOUT_FINGERPRINT } from '../../../../protocol/wire/fingerprint.ts';
import { AGENT_STATE, COLUMN_RESULT, FRAME_STATUS, TO_AGENT, TO_HOST } from '../../../../protocol/wire/messages.ts';
import { PROTOCOL_VERSION } from '../../../../protocol/wire/version.ts';
import { currentHost } from '../../../machines/current-host.ts';
import { ADDRESSES, BASE, CTL, FUNCTIONS, type Serve, SYSTEM } from './peer-words.ts';
import { Mischief } from './mischief.ts';

const { control, port, bytes } = workerData as { control: SharedArrayBuffer; port: MessagePort; bytes: number };
const ctl = new Int32Array(control);
const mapping = currentHost().map(bytes);
const words = new Int32Array(mapping.buffer);
const view = new DataView(mapping.buffer);
const memory = new Uint8Array(mapping.buffer);

let serving = 0;
let bell = -1;
let hostTurn = 0;
let depth = 0;
let faults = 0;

class Ended extends Error {}

function look(): void {
  if (Atomics.load(ctl, CTL.WANTED) !== serving) throw new Ended();
}

function post(kind: number): void {
  words[HEADER.TO_HOST_KIND >> 2] = kind;
  Atomics.add(words, HEADER.AGENT_TURN >> 2, 1);
  if (Atomics.exchange(words, HEADER.HOST_SLEEPS >> 2, 0) !== 0) ring();
}

function ring(): void {
  try {
    writeSync(bell, '!');
  } catch {
    // Full: the host looks anyway.
  }
}

/** What the host wants next. */
function receive(): number {
  for (let i = 0; Atomics.load(words, HEADER.HOST_TURN >> 2) === hostTurn; i++) {
    if ((i & 63) === 0) look();
    if (i > 2000) Atomics.wait(ctl, CTL.NOBODY, 0, 0.2);
  }
  hostTurn = Atomics.load(words, HEADER.HOST_TURN >> 2);
  return words[HEADER.TO_AGENT_KIND >> 2] ?? 0;
}

function shake(): void {
  words[HEADER.AGENT_PROTOCOL >> 2] = PROTOCOL_VERSION;
  words[HEADER.AGENT_LAYOUT >> 2] = LAYOUT_FINGERPRINT | 0;
  words[HEADER.POINTER_BYTES >> 2] = 8;
  view.setBigUint64(HEADER.BASE_ADDRESS, BASE, true);
  for (const [name, address] of Object.entries(SYSTEM))
    view.setBigUint64(HEADER[name as keyof typeof SYSTEM], address, true);
  const identity = JSON.stringify({ windows: '10.0.1', wine: null });
  words[HEADER.IDENTITY_BYTES >> 2] = Buffer.from(memory.buffer, IDENTITY).write(identity);
  words[HEADER.AGENT_STATE >> 2] = AGENT_STATE.READY;
  post(TO_HOST.RETURNED);
}

function slot(frame: number, index: number): bigint {
  return view.getBigUint64(frame + FRAME.SLOTS + index * 8, true);
}

function offsetOf(address: bigint): number | undefined {
  const offset = Number(address - BASE);
  return offset >= 0 && offset < bytes ? offset : undefined;
}

function textAt(address: bigint): string {
  const at = offsetOf(address) ?? 0;
  return Buffer.from(memory.slice(at, memory.indexOf(0, at))).toString('latin1');
}

/** The stub that was passed last: mischief calls it too, whether it leads anywhere or not. */
let stub = 0;

function callBack(mischief: Mischief): void {
  look();
  const frame = CALLBACK_FRAMES + Math.min(depth, CALLBACK.DEPTH - 1) * CALLBACK.BYTES;
  memory.fill(0, frame, frame + CALLBACK.BYTES);
  view.setInt32(frame + CALLBACK.INTEGERS, 7, true);
  words[HEADER.TO_HOST_CALLBACK >> 2] = stub;
  words[HEADER.TO_HOST_FRAME >> 2] = frame;
  mischief.before();
  depth++;
  post(TO_HOST.CALLBACK);
  mischief.after();
  while (handle(mischief)) continue;
  depth--;
}

/** One frame, as the function at this address would answer it. */
function run(address: bigint, frame: number, mischief: Mischief): void {
  let result = 0n;
  switch (address) {
    case SYSTEM.LOAD_LIBRARY:
      result = ADDRESSES.MODULE;
      break;
    case SYSTEM.GET_PROC_ADDRESS:
      result = FUNCTIONS[textAt(slot(frame, 1))] ?? 0n;
      break;
    case SYSTEM.GET_MODULE_FILE_NAME: {
      const at = offsetOf(slot(frame, 1)) ?? 0;
      result = BigInt(Buffer.from(memory.buffer, at).write('C:\\peer.dll\0', 'utf16le') / 2 - 1);
      break;
    }
    case FUNCTIONS['apply']:
      stub = Number(slot(frame, 0) - SYSTEM.CALLBACK_STUBS) / CALLBACK.STUB_BYTES;
      callBack(mischief);
      result = 1n;
      break;
    case FUNCTIONS['text']:
      result = ADDRESSES.TEXT;
      break;
    case FUNCTIONS['fill']: {
      const at = offsetOf(slot(frame, 0));
      if (at !== undefined) memory.fill(0x62, at, at + Number(slot(frame, 1) & 0xffn));
      break;
    }
    case FUNCTIONS['fails']:
      fault(frame);
      return;
    default:
      result = (slot(frame, 0) * 2654435761n) & 0x7fffffffn;
  }
  view.setBigUint64(frame + FRAME.INTEGER, result, true);
  words[(frame + FRAME.CAPTURED) >> 2] = -1;
  words[(frame + FRAME.STATUS) >> 2] = FRAME_STATUS.RETURNED;
}

/** Memory that is not shared reads as a text of one letter, which ends with what was asked for. */
function copyMemory(kind: number, at: number, count: number): void {
  const other = offsetOf(view.getBigUint64(HEADER.MEMORY_ADDRESS, true));
  if (kind === TO_AGENT.WRITE_MEMORY) {
    if (other !== undefined) memory.copyWithin(other, at, at + count);
  } else if (other !== undefined) memory.copyWithin(at, other, other + count);
  else if (count > 0) {
    memory.fill(0x61, at, at + count);
    memory[at + count - 1] = 0;
  }
}

function fault(frame: number): void {
  faults++;
  const at = FAULT_RING + ((faults - 1) % FAULT.COUNT) * FAULT.BYTES;
  view.setUint32(at + FAULT.CODE, 0xc0000005, true);
  words[HEADER.FAULT_COUNT >> 2] = faults;
  words[(frame + FRAME.FAULT) >> 2] = faults;
  words[(frame + FRAME.STATUS) >> 2] = FRAME_STATUS.FAULTED;
}

function runColumns(head: number, count: number): void {
  const [results, statuses] = [words[(head + COLUMNS.RESULTS) >> 2] ?? 0, words[(head + COLUMNS.STATUSES) >> 2] ?? 0];
  const values = words[(head + COLUMNS.RECORDS + COLUMN.VALUES) >> 2] ?? 0;
  for (let row = 0; row < count; row++) {
    if ((row & 1023) === 0) look();
    const value = BigInt(words[(values >> 2) + row] ?? 0);
    if (words[(head + COLUMNS.RESULT_KIND) >> 2] === COLUMN_RESULT.INTEGER_4) {
      words[(results >> 2) + row] = Number((value * 2654435761n) & 0x7fffffffn);
    }
    memory[statuses + row] = FRAME_STATUS.RETURNED;
  }
  words[(head + COLUMNS.DONE) >> 2] = 1;
}

/** Answers one message. False after the return of a callback. */
function handle(mischief: Mischief): boolean {
  const kind = receive();
  const [plan = 0, frame = 0, count = 0] = words.subarray(HEADER.TO_AGENT_PLAN >> 2, (HEADER.TO_AGENT_COUNT >> 2) + 1);
  const at = PLAN_TABLE + plan * PLAN.BYTES;
  const address = view.getBigUint64(at + PLAN.FUNCTION, true);
  const isOwn = plan !== 0;
  if (kind === TO_AGENT.CALLBACK_RETURN) return false;
  if (isOwn) mischief.begin(frame);
  if (kind === TO_AGENT.READ_MEMORY || kind === TO_AGENT.WRITE_MEMORY) copyMemory(kind, frame, count);
  else if (kind === TO_AGENT.COLUMNS) runColumns(frame, count);
  else if (kind === TO_AGENT.CALL || kind === TO_AGENT.START) {
    const stride = words[(at + PLAN.STRIDE) >> 2] ?? 0;
    for (let i = 0; i < count; i++) {
      look();
      words[HEADER.JOURNAL_INDEX >> 2] = i;
      run(address, frame + i * stride, mischief);
    }
  }
  words[HEADER.TO_HOST_COUNT >> 2] = count;
  if (isOwn) mischief.before();
  if (!isOwn || mischief.answers) post(TO_HOST.RETURNED);
  if (isOwn) mischief.after();
  return true;
}

function serve({ number, seed, memoryFd, bellFd, isHonest }: Serve): void {
  serving = number;
  hostTurn = 0;
  depth = 0;
  faults = 0;
  mapping.attach(memoryFd);
  bell = openSync(`/proc/self/fd/${bellFd.toString()}`, constants.O_WRONLY | constants.O_NONBLOCK);
  const areas = {
    header: [0, 1024],
    inspection: [INSPECTION.ASKED, INSPECTION.MODULE_NAME],
    faults: [FAULT_RING, FAULT_RING + FAULT.COUNT * FAULT.BYTES],
    identity: [IDENTITY, IDENTITY + 64],
    callbacks: [CALLBACK_FRAMES, CALLBACK_FRAMES + 4 * CALLBACK.BYTES],
  } as const;
  const mischief = new Mischief(seed, isHonest, { words, areas, look, ring, callBack: () => callBack(mischief) });
  try {
    shake();
    for (;;) handle(mischief);
  } catch (error) {
    // What it has written over itself ends it, as it would end a process.
    if (error instanceof Ended || error instanceof RangeError) return;
    port.postMessage(error instanceof Error ? error.stack : String(error));
    throw error;
  } finally {
    mapping.release();
    closeSync(bell);
  }
}

parentPort?.postMessage('ready');
for (;;) {
  const message = receiveMessageOnPort(port);
  if (message) {
    serve(message.message as Serve);
    Atomics.store(ctl, CTL.ENDED, serving);
    Atomics.notify(ctl, CTL.ENDED);
  } else if (Atomics.load(ctl, CTL.CLOSED) === 1) break;
  else Atomics.wait(ctl, CTL.NOBODY, 0, 0.5);
}
