import type { Mailbox } from '../../schemas/settings.ts';
import type { SourceTypeName } from '../../schemas/sources/index.ts';
import { ewsSourceType } from './ews/source-type.ts';
import { graphSourceType } from './graph/source-type.ts';
import { imapSourceType } from './imap/source-type.ts';
import { pop3SourceType } from './pop3/source-type.ts';
import type { SourceType } from './source-type.ts';

/** Every type of source that mail is fetched by, one line each. */
const sourceTypes: { [T in SourceTypeName]: SourceType<T> } = {
  imap: imapSourceType,
  pop3: pop3SourceType,
  graph: graphSourceType,
  ews: ewsSourceType,
};

/** Undefined for the built-in receiver, which nothing is fetched by. */
export function sourceTypeOf(mailbox: Pick<Mailbox, 'type'>): SourceType<SourceTypeName> | undefined {
  if (mailbox.type === 'smtp-receiver') return undefined;
  // An entry takes the bodies of its own type only, and that is the type it was found by.
  return sourceTypes[mailbox.type] as SourceType<SourceTypeName>;
}
