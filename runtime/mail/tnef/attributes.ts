import type { Buffer } from 'node:buffer';

export interface Attribute {
  id: number;
  data: Buffer;
}

const signature = 0x223e9f78;
const headBytes = 9;
const checksumBytes = 2;

/**
 * The attributes of a TNEF stream (MS-OXTNEF 2.1.1) in their order, as views on its bytes. None where it is no TNEF; of a broken or cut one
 * those before the break. Checksums are not looked at: programs write wrong ones, and what is read is only shown.
 */
export function* readAttributes(stream: Buffer): Generator<Attribute> {
  if (stream.length < 6 || stream.readUInt32LE(0) !== signature) return;
  let at = 6;
  while (at + headBytes <= stream.length) {
    const id = stream.readUInt32LE(at + 1);
    const start = at + headBytes;
    const end = start + stream.readUInt32LE(at + 5);
    if (end > stream.length) return;
    yield { id, data: stream.subarray(start, end) };
    at = end + checksumBytes;
  }
}
