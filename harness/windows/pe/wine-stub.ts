import { BadImage, type ImageFile } from './image-file.ts';

// What winebuild makes of a line `stub` of a .spec file; two dots are any byte, `owner` is where the name of the DLL lies.
const SHAPES = {
  // sub rsp, 28h; lea rcx, [name of the DLL]; lea rdx, [name of the function], or mov rdx, its number; call
  8: /^48 83 ec 28 48 8d 0d (?<owner>.. .. .. ..) (48 8d 15|48 c7 c2) .. .. .. .. e8/d,
  // Room for a patch; sub esp, 0Ch; mov [esp+4], name of the function, or its number; mov [esp], name of the DLL; call
  4: /^(90 )*83 ec 0c c7 44 24 04 .. .. .. .. c7 04 24 (?<owner>.. .. .. ..) e8/d,
} as const;
/** How many bytes of code tell a stub. */
export const STUB_BYTES = 48;
const MAX_NAME_BYTES = 260;
const EXPORT_DIRECTORY = 0;

/**
 * Whether a function of a builtin of Wine is a stub: nobody has written it, and all that it does is to hand the name of its DLL and its
 * own to a function that raises EXCEPTION_WINE_STUB. A function that somebody has written, and that only logs a `fixme`, is none.
 *
 * @param address relative virtual address of the function
 */
export function isWineStub(image: ImageFile, address: number): boolean {
  const code = readSome(() => image.read(address, STUB_BYTES));
  const found = code && ownerOfStub(code, BigInt(address), image.pointerBytes);
  if (found === undefined) return false;
  const owner = Number(image.pointerBytes === 4 ? found - image.imageBase : found);
  return readSome(() => image.text(owner, MAX_NAME_BYTES)) === ownName(image);
}

/**
 * Where the name of the DLL lies that a stub says it belongs to; undefined when this is not the code of a stub.
 *
 * @param code STUB_BYTES bytes that lie at `address`
 */
export function ownerOfStub(code: Buffer, address: bigint, pointerBytes: 4 | 8): bigint | undefined {
  const found = SHAPES[pointerBytes].exec(code.toString('hex').replaceAll(/../g, '$& '));
  const at = found?.indices?.groups?.['owner']?.[0];
  if (at === undefined) return undefined;
  const place = at / 3;
  return pointerBytes === 8 ? address + BigInt(place + 4 + code.readInt32LE(place)) : BigInt(code.readUInt32LE(place));
}

function ownName(image: ImageFile): string | undefined {
  const directory = image.directory(EXPORT_DIRECTORY);
  return directory && readSome(() => image.text(image.u32(directory.address + 12), MAX_NAME_BYTES));
}

/** Variables are exported too: they may lie where the file has nothing. */
function readSome<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadImage) return undefined;
    throw error;
  }
}
