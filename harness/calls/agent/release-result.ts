import { resultAddress } from '../marshal/decode-result.ts';
import type { CallPlan } from '../marshal/plan.ts';
import { rawCall } from '../session/raw-call.ts';
import type { Session } from '../session/session.ts';

/** Gives a result that was copied back to the DLL, where the library says by which function. */
export function releaseResult(session: Session, plan: CallPlan, frame: number): void {
  const { result } = plan.frees;
  if (result === undefined) return;
  const address = resultAddress(plan, session.view, frame);
  if (address !== 0n) rawCall(session, result, address);
}
