import type { HttpPort } from '../engine/ports.ts';
import type { DoorOptions } from './door.ts';
import { createHttpDoor } from './http-door.ts';

/** The door for outgoing HTTP as flows use it: bodies are text. */
export function createHttpPort(options: DoorOptions): HttpPort {
  const door = createHttpDoor(options);
  return async ({ from: _, ...call }) => {
    const { status, headers, body } = await door(call);
    return { status, headers, body: new TextDecoder().decode(body) };
  };
}
