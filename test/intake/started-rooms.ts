import { onTestFinished } from 'vitest';
import type { Store } from '../../runtime/store/store.ts';
import { createRooms, type Options } from './rooms.ts';

/** Rooms that are started, and stopped after the test: before the store closes. */
export async function startRooms(store: Store, options: Options = {}) {
  const rooms = createRooms(store, options);
  onTestFinished(rooms.stop);
  await rooms.intake.start();
  return rooms;
}
