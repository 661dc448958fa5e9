import type { MailChoice } from '../../schemas/api/try.ts';

/** One way to come by a mail. */
export interface ChooserProps {
  onTry: (mail: MailChoice) => void;
  isTrying: boolean;
}
