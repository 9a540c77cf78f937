// Do letters, tokens and sines of Wine's msvcr120.dll come out as Microsoft's do? The titles begin with "example-" because
// suites/ has suites of some of these functions, and a title stands for one suite only.
import { conformance, exact, fc, library, microsoftDll, outBuffer } from 'dllparity';

const crt = library(
  'msvcr120.dll',
  {
    toupper: 'int toupper(int c)',
    _strupr: 'char *_strupr(char *string)',
    strspn: 'size_t strspn(const char *string, const char *accepted)',
    sin: 'double sin(double x)',
    strtok: 'char *strtok(char *string, const char *separators)',
    _strdup: 'void *_strdup(const char *string)',
    free: 'void free(void *memory)',
  },
  {
    errno: '_errno',
    oracle: microsoftDll({
      source: 'npm:edge@5.9.2',
      file: 'edge-5.9.2/x64/msvcr120.dll',
      fileVersion: '12.0.21005.1',
      sha256: 'ad32240bb1de55c3f5fcac8789f583a17057f9d14914c538c2a7a5ad346b341c',
    }),
  },
);

const text = fc.string({ unit: fc.constantFrom('a', 'z', 'A', 'Z', '0', ' ', ',', '\xe4'), maxLength: 12 });

// One arbitrary for each parameter. Every value of a byte is a case, and so is EOF.
conformance('example-toupper', crt.toupper, { args: [fc.integer({ min: -1, max: 255 })], runs: 257 });

// A function that writes gets room of its own in each case; what it has written there is compared.
conformance('example-strupr', crt._strupr, { args: [text.map((content) => outBuffer(16, content))], runs: 50 });

conformance('example-strspn', crt.strspn, { args: [text, text], runs: 50 });

// Special values (zeros, limits, infinities, NaN) are always among the cases. -0 and 0 count as different here.
conformance('example-sin', crt.sin, {
  args: [fc.double({ min: -10, max: 10 })],
  runs: 200,
  compare: exact({ signedZero: true }),
});

// A script, for what one call does not show: here the place in the text that strtok remembers between calls.
conformance('example-strtok', crt, {
  input: fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', ','), maxLength: 12 }),
  always: ['', ',', 'a,,z'],
  runs: 50,
  script: ({ strtok, _strdup, free }, input) => {
    // Memory behind an argument lives as long as the call. This text has to live longer, so the DLL allocates it.
    const memory = _strdup(Buffer.from(`${input}\0`, 'latin1'));
    const tokens: (string | null)[] = [];
    for (let token = strtok(memory, ', '); token !== null; token = strtok(null, ', ')) tokens.push(token);
    free(memory);
    return { tokens };
  },
});
