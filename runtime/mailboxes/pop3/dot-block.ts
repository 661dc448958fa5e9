const dot = 0x2e;
const cr = 0x0d;
const lf = 0x0a;

export interface DotBlock {
  /** Undefined while the end has not come; then what follows the block. */
  push(chunk: Buffer): Buffer | undefined;
  /** What came, at most `keep` bytes of it: dots taken out that the protocol put in, nothing else changed. */
  bytes(): Buffer;
  /** Bytes of the block so far, whether kept or not. */
  readonly size: number;
}

/** Where in the stream we are: `dot` and `dotCr` follow a CRLF, and have not been handed on. */
type Place = 'lineStart' | 'dot' | 'dotCr' | 'cr' | 'text';

/**
 * Reads a multi-line answer of POP3 (RFC 1939, 3): ends with a lone dot on a line, and lines are delimited by CRLF only, so that a bare LF
 * before or after a dot is content. Chunks may be cut anywhere.
 */
export function createDotBlock(keep: number): DotBlock {
  const parts: Buffer[] = [];
  let kept = 0;
  let size = 0;
  let place: Place = 'lineStart';

  function emit(part: Buffer): void {
    size += part.length;
    if (part.length === 0 || kept >= keep) return;
    const piece = part.length > keep - kept ? part.subarray(0, keep - kept) : part;
    parts.push(piece);
    kept += piece.length;
  }

  return {
    push(chunk) {
      /** Bytes from here to `at` are content that has not been emitted. */
      let from = 0;
      let at = 0;
      while (at < chunk.length) {
        const byte = chunk[at];
        if (place === 'lineStart') {
          if (byte === dot) {
            emit(chunk.subarray(from, at));
            at += 1;
            from = at;
            place = 'dot';
          } else {
            place = 'text';
          }
        } else if (place === 'dot') {
          if (byte === cr) {
            at += 1;
            from = at;
            place = 'dotCr';
          } else {
            place = 'text';
          }
        } else if (place === 'dotCr') {
          if (byte === lf) return chunk.subarray(at + 1);
          emit(Buffer.from([cr]));
          place = 'cr';
        } else if (place === 'cr') {
          if (byte === lf) {
            at += 1;
            place = 'lineStart';
          } else {
            place = 'text';
          }
        } else {
          const next = chunk.indexOf('\r\n.', at, 'latin1');
          if (next < 0) {
            at = chunk.length;
            if (chunk[at - 1] === cr) place = 'cr';
            else if (chunk[at - 1] === lf && at >= 2 && chunk[at - 2] === cr) place = 'lineStart';
          } else {
            at = next + 2;
            place = 'lineStart';
          }
        }
      }
      emit(chunk.subarray(from, at));
      return undefined;
    },
    bytes: () => Buffer.concat(parts),
    get size() {
      return size;
    },
  };
}
