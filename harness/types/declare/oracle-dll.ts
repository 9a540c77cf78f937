import type { Oracle } from '../../../protocol/records/result-record.ts';

/** A genuine Microsoft DLL whose results are recorded, pinned so that no other file can take its place. */
export interface OracleDll {
  readonly oracle: Extract<Oracle, 'microsoft-dll'>;
  /** Where it comes from, for example `npm:edge@5.9.2`. */
  readonly source: string;
  /** The file: absolute, or below the folder into which set-up puts oracles. */
  readonly file: string;
  /** Its code vouches for baselines of this architecture alone. */
  readonly architecture: 'x64' | 'ia32';
  /** Fixed file version, four numbers. */
  readonly fileVersion: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** The Windows it is part of, for example `Windows 10 1607`. Absent for a DLL that comes with programs. */
  readonly windows?: string;
}

/** `CompanyName` of a DLL that may vouch. */
export const MICROSOFT = 'Microsoft Corporation';

/** What a suite says about the DLL. */
export interface MicrosoftDllOptions extends Omit<OracleDll, 'oracle' | 'architecture'> {
  /** @default 'x64' */
  readonly architecture?: OracleDll['architecture'];
}

/**
 * Names the Microsoft DLL that vouches for the baselines of a library. It is only read to record and to verify; comparing
 * needs the baselines alone, and refuses those of another file.
 */
export function microsoftDll({ architecture = 'x64', ...dll }: MicrosoftDllOptions): OracleDll {
  return { oracle: 'microsoft-dll', architecture, ...dll };
}
