export interface DoorRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Milliseconds for all of the call. */
  timeoutMs: number;
  /** Milliseconds that may pass without a byte; left out, only the whole counts. */
  quietMs?: number;
  maxResponseBytes: number;
  /** What is larger is cut off at the limit rather than refused. */
  cutsOff?: boolean;
  signal?: AbortSignal;
}

export interface DoorResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
  /** True where `cutsOff` has cut something off. */
  isCut: boolean;
}

/**
 * One HTTP call to the outside, in bytes. Resolves with any status; rejects with an OperationalError of code `http-timeout`, `http-failed`,
 * `response-too-large`, or a UserError `address-refused`; with the signal's own reason where that ended it.
 */
export type HttpDoor = (request: DoorRequest) => Promise<DoorResponse>;

export interface DoorOptions {
  /** `host` or `host:port` in private ranges. */
  allow: () => readonly string[];
  /** PEM of a private authority, trusted beside the public ones. */
  ca?: string;
}
