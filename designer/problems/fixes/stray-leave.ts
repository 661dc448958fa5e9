import { deleteActions } from '../../state/commands/delete-actions.ts';
import type { Fixer } from './fix.ts';

/** A way out of something that the mail is not in. */
export const strayLeave: Fixer = ({ id, action }) =>
  action === undefined
    ? []
    : [
        { label: 'Show the place', show: true },
        { label: 'Delete it', command: deleteActions([id]) },
      ];
