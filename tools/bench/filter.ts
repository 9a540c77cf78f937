// A filter as image editors load them: one call, nine callbacks, and a struct with pointers for each of them.
import { join } from 'node:path';
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { library } from '../../harness/types/declare/library.ts';
import { struct } from '../../harness/types/declare/struct.ts';
import { array } from '../../harness/types/declare/type-objects.ts';
import type { AnyType, PointerLike, ValueOf } from '../../harness/types/declare/values.ts';
import type { Installation } from '../../harness/machines/installation.ts';
import { type Figure, figure, timeEach } from './sample.ts';

const rectangle = struct('rectangle', { left: 'int32_t', top: 'int32_t', right: 'int32_t', bottom: 'int32_t' });
const withRectangle = { types: { rectangle } };
const abortQuery = struct('abort_query', { record: 'void *', stage: 'const char *' });
const progressInfo = struct(
  'progress_info',
  { done: 'int32_t', total: 'int32_t', area: 'const rectangle *', label: 'const char *' },
  withRectangle,
);
const propertyQuery = struct('property_query', { key: 'const char *', index: 'int32_t', value: 'double *' });
const memoryRequest = struct('memory_request', { bytes: 'uint32_t', alignment: 'uint32_t', purpose: 'const char *' });
const memoryBlock = struct('memory_block', { memory: 'void *', bytes: 'uint32_t' });
const pixelRows = struct(
  'pixel_rows',
  { area: 'const rectangle *', pixels: 'uint8_t *', row_bytes: 'int32_t', plane: 'int32_t' },
  withRectangle,
);
const colorRequest = struct('color_request', {
  source: 'const uint8_t *',
  target: 'uint8_t *',
  count: 'int32_t',
  gamma: 'float',
});
const filterReport = struct(
  'filter_report',
  { record: 'void *', changed: 'const rectangle *', sum: 'int64_t', text: 'const char *' },
  withRectangle,
);
const filterRecord = struct('filter_record', {
  version: 'int32_t',
  area: rectangle,
  planes: 'int32_t',
  amount: 'double',
  palette: 'const uint8_t *',
  host: 'void *',
  should_abort: 'int32_t (*)(const void *query)',
  show_progress: 'void (*)(const void *info)',
  get_property: 'int32_t (*)(const void *query)',
  allocate: 'void *(*)(const void *request)',
  get_rows: 'int32_t (*)(const void *rows)',
  convert: 'int32_t (*)(const void *request)',
  set_rows: 'int32_t (*)(const void *rows)',
  report: 'void (*)(const void *report)',
  free: 'void (*)(const void *block)',
});

const WIDTH = 64;
const PIXELS = array('uint8_t', WIDTH);

/** What lies behind a pointer that the filter has to give. */
function at<const N extends AnyType>(pointer: PointerLike | null, type: N): ValueOf<N> {
  return there(pointer).read(type);
}

function there(pointer: PointerLike | null): PointerLike {
  if (pointer === null) throw new Error('the filter gave no pointer');
  return pointer;
}

/** One call of the filter: nine callbacks, eighteen reads and two writes of memory that is its own. */
export function imageFilterStructs(agent: Agent, { referenceDlls }: Installation): Figure {
  const dll = agent.load(
    library(
      join(referenceDlls, 'image_filter.dll'),
      { run: 'int64_t run_filter(const filter_record *record)' },
      { types: { filter_record: filterRecord } },
    ),
  );
  const memory = agent.buffer(WIDTH);
  const image = Uint8Array.from({ length: WIDTH }, (_, i) => i);
  const gamma = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
  const seen = { texts: 0, area: 0, row: [] as ArrayLike<number>, freed: 0 };
  const areaOf = (pointer: PointerLike | null): number => {
    const { left, top, right, bottom } = at(pointer, rectangle);
    return (right - left) * (bottom - top);
  };
  const record = {
    version: 1,
    area: { left: 0, top: 4, right: WIDTH, bottom: 8 },
    planes: 3,
    amount: 0.5,
    palette: new Uint8Array(256).fill(1),
    should_abort: (query: PointerLike | null) => {
      seen.texts += there(at(query, abortQuery).stage).text().length;
      return 0;
    },
    show_progress: (info: PointerLike | null): undefined => {
      const { done, total, area, label } = at(info, progressInfo);
      seen.area += (areaOf(area) * done) / total;
      seen.texts += there(label).text().length;
    },
    get_property: (query: PointerLike | null) => {
      const { key, value } = at(query, propertyQuery);
      if (there(key).text() !== 'strength') return 0;
      there(value).write('double', 0.5);
      return 1;
    },
    allocate: (request: PointerLike | null) => (at(request, memoryRequest).bytes <= WIDTH ? memory.pointer : null),
    get_rows: (rows: PointerLike | null) => {
      const { area, pixels, row_bytes: bytes } = at(rows, pixelRows);
      if (areaOf(area) > bytes) return 0;
      there(pixels).write(PIXELS, image);
      return 1;
    },
    convert: (request: PointerLike | null) => {
      const { source, count } = at(request, colorRequest);
      const from = there(source).bytes(count);
      for (let i = 0; i < count; i++) memory.bytes[i] = gamma[from[i] ?? 0] ?? 0;
      return 1;
    },
    set_rows: (rows: PointerLike | null) => {
      const { area, pixels } = at(rows, pixelRows);
      seen.row = there(pixels).bytes(areaOf(area));
      return 1;
    },
    report: (report: PointerLike | null): undefined => {
      const { changed, text } = at(report, filterReport);
      seen.area += areaOf(changed);
      seen.texts += there(text).text().length;
    },
    free: (block: PointerLike | null): undefined => {
      seen.freed += at(block, memoryBlock).bytes;
    },
  };
  // 64 pixels: i * 1.25 + 1, rounded down.
  const expected = image.reduce((sum, value) => sum + Math.trunc(value * 1.25 + 1), 0);
  const run = (): void => {
    if (dll.run(record) !== expected) throw new Error('the filter did not do its work');
  };
  timeEach(3_000, run);
  if (seen.row[4] !== 255 - 6 || seen.freed !== 3_000 * WIDTH) throw new Error('the callbacks did not do theirs');
  const samples = timeEach(10_000, run);
  memory.release();
  return figure('image-filter-structs', samples);
}
