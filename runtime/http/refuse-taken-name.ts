import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';

/**
 * Inbound and outbound mailboxes stand on one page, so no two of either share a name, whatever the case of its letters. `except` is the one that is
 * changed, which may keep what it has. Throws UserError `mailbox-name-taken` (409).
 */
export function refuseTakenName(
  { mailboxes, outboundMailboxes }: Settings,
  name: string,
  except?: { readonly name: string },
): void {
  const folded = name.toLowerCase();
  const taken = (each: { readonly name: string }) => each !== except && each.name.toLowerCase() === folded;
  const refuse = (kind: string) => {
    throw new UserError('mailbox-name-taken', `There is ${kind} mailbox named "${name}" already.`, { status: 409 });
  };
  // A name of before this rule is no obstacle to other changes.
  if (except?.name.toLowerCase() === folded) return;
  if (mailboxes.some(taken)) refuse('a');
  if (outboundMailboxes.some(taken)) refuse('an outbound');
}
