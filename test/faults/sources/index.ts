import { ews } from './ews.ts';
import { graph } from './graph.ts';
import { imap } from './imap.ts';
import { pop3 } from './pop3.ts';
import { receiver } from './receiver.ts';
import type { LoadSource } from './source.ts';

/** Every way in. */
export const loadSources: readonly LoadSource[] = [imap, pop3, receiver, graph, ews];
