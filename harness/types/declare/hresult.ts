/** The parts of an HRESULT (Microsoft, "Structure of COM Error Codes"). */
export interface Hresult {
  /** `0x80004005`. */
  readonly hex: string;
  readonly failed: boolean;
  readonly facility: number;
  readonly code: number;
}

/** Takes an HRESULT apart, signed (as functions return it) or unsigned. `agent.formatMessage` has its text. */
export function hresult(value: number): Hresult {
  const bits = value >>> 0;
  return {
    hex: `0x${bits.toString(16).toUpperCase().padStart(8, '0')}`,
    failed: bits >= 0x8000_0000,
    facility: (bits >>> 16) & 0x7ff,
    code: bits & 0xffff,
  };
}
