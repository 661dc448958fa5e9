import type { Buffer } from 'node:buffer';

/** Properties by id; of each only the first value. Text still encoded, as nobody knows the code page yet. */
export type Properties = ReadonlyMap<number, Property>;

export interface Property {
  type: number;
  value: Buffer;
}

export const propertyType = { object: 0x0d, text: 0x1e, unicode: 0x1f, binary: 0x102 } as const;

/** Bytes of a value of each type with a size of its own, padded to four (MS-OXTNEF 2.1.3.2). */
const fixedSizes: ReadonlyMap<number, number> = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

const sized: ReadonlySet<number> = new Set(Object.values(propertyType));
const manyValues = 0x1000;
const firstNamedId = 0x8000;
const guidBytes = 16;

/**
 * Reads a list of MAPI properties. Each step goes forward within `bytes`; where they make no sense any more, what was read until then counts.
 */
export function readProperties(bytes: Buffer): Properties {
  const found = new Map<number, Property>();
  if (bytes.length < 4) return found;
  let at = 4;
  for (let left = bytes.readUInt32LE(0); left > 0 && at + 4 <= bytes.length; left -= 1) {
    const type = bytes.readUInt16LE(at);
    const id = bytes.readUInt16LE(at + 2);
    const start = id >= firstNamedId ? afterName(bytes, at + 4) : at + 4;
    const values = start === undefined ? undefined : readValues(bytes, start, type);
    if (values === undefined) return found;
    if (values.first && !found.has(id)) found.set(id, { type: type & ~manyValues, value: values.first });
    at = values.end;
  }
  return found;
}

/** Behind the name of a property that a program has named itself. */
function afterName(bytes: Buffer, at: number): number | undefined {
  const kindAt = at + guidBytes;
  if (kindAt + 8 > bytes.length) return undefined;
  if (bytes.readUInt32LE(kindAt) === 0) return kindAt + 8;
  return kindAt + 8 + padded(bytes.readUInt32LE(kindAt + 4));
}

function readValues(bytes: Buffer, start: number, type: number): { first?: Buffer; end: number } | undefined {
  const one = type & ~manyValues;
  const fixed = fixedSizes.get(one);
  if (fixed === undefined && !sized.has(one)) return undefined;
  const isCounted = fixed === undefined || one !== type;
  if (isCounted && start + 4 > bytes.length) return undefined;
  const count = isCounted ? bytes.readUInt32LE(start) : 1;
  let at = isCounted ? start + 4 : start;
  if (fixed !== undefined) {
    const end = at + fixed * count;
    return end > bytes.length ? undefined : { end, ...(count > 0 && { first: bytes.subarray(at, at + fixed) }) };
  }
  let first: Buffer | undefined;
  for (let left = count; left > 0; left -= 1) {
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt32LE(at);
    if (at + 4 + length > bytes.length) return undefined;
    first ??= bytes.subarray(at + 4, at + 4 + length);
    at += 4 + padded(length);
  }
  return { end: at, ...(first && { first }) };
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
