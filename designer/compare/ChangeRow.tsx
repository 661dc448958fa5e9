import type { ChangeWords } from '../../schemas/compare/change-words.ts';
import classes from './ChangeRow.module.css';

/** So short that both fit on one line. */
const short = 24;

/** One changed part: its name, what it was and what it is. */
export function ChangeRow({ words: { label, before, after } }: { words: ChangeWords }) {
  const isShort = before !== null && after !== null && before.length + after.length <= 2 * short;
  return (
    <div className={classes.root}>
      <span className={classes.label}>{label}</span>
      {isShort ? (
        <span>
          <del className={classes.before}>{before}</del> <span aria-hidden>→</span>{' '}
          <ins className={classes.after}>{after}</ins>
        </span>
      ) : (
        <span className={classes.lines}>
          {before !== null && <del className={classes.before}>{before}</del>}
          {after !== null && <ins className={classes.after}>{after}</ins>}
        </span>
      )}
    </div>
  );
}
