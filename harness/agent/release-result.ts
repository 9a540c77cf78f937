import { resultAddress } from '../call/decode-result.ts';
import type { CallPlan } from '../call/plan.ts';
import { rawCall } from '../session/raw-call.ts';
import type { Caller } from './caller.ts';

/** Gives a result that was copied back to the DLL, where the library says by which function. */
export function releaseResult({ session, releasing }: Caller, plan: CallPlan, frame: number): void {
  const release = releasing.get(plan);
  if (release === undefined) return;
  const address = resultAddress(plan, session.view, frame);
  if (address !== 0n) rawCall(session, release, address);
}
