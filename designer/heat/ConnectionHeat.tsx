import { formatCount } from '../shell/format.ts';
import classes from './Heat.module.css';
import { type Heat, mailsBy, warmthStyle } from './heat.ts';

interface ConnectionHeatProps {
  heat: Heat;
  action: string;
  outcome: string;
  /** The name of the action. */
  name: string;
}

/** How many mails took an outcome, on its connection. */
export function ConnectionHeat({ heat, action, outcome, name }: ConnectionHeatProps) {
  const mails = mailsBy(heat, action, outcome);
  const words = `${formatCount(mails)} ${mails === 1 ? 'mail' : 'mails'} took “${outcome}” of “${name}” ${heat.when}`;
  return (
    <span
      className={classes.connection}
      style={warmthStyle(mails, heat)}
      data-cold={mails === 0 || undefined}
      role="img"
      aria-label={words}
      title={words}
    >
      {formatCount(mails)}
    </span>
  );
}
