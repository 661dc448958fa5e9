import { use } from 'react';
import { formatCount } from '../shell/format.ts';
import classes from './Heat.module.css';
import { HeatContext } from './HeatContext.ts';
import { warmthStyle } from './heat.ts';

/** How many mails reached an action, at its card. */
export function CardHeat({ action, name }: { action: string; name: string }) {
  const heat = use(HeatContext);
  if (heat === null) return null;
  const { mails = 0, failed = 0 } = heat.actions.get(action) ?? {};
  const reached = `${formatCount(mails)} ${mails === 1 ? 'mail' : 'mails'} reached “${name}” ${heat.when}`;
  const words = failed === 0 ? reached : `${reached}; it failed on ${formatCount(failed)}`;
  return (
    <span
      className={classes.card}
      style={warmthStyle(mails, heat)}
      data-cold={mails === 0 || undefined}
      role="img"
      aria-label={words}
      title={words}
    >
      {formatCount(mails)}
      {failed > 0 && <b className={classes.failed}>{formatCount(failed)} failed</b>}
    </span>
  );
}
