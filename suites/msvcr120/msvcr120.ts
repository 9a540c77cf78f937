import { library, microsoftDll } from 'dllparity';

export const crt = library(
  'msvcr120.dll',
  {
    pow: 'double pow(double x, double y)',
    sin: 'double sin(double x)',
    snprintf: 'int _snprintf(char *buffer, size_t count, const char *format, ...)',
    strtod: 'double strtod(const char *s, _Out_ char **end)',
    srand: 'void srand(unsigned int seed)',
    rand: 'int rand(void)',
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
