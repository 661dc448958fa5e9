import { Avatar } from '@mantine/core';
import classes from './Face.module.css';

/** Somebody's initials, for the eye: drawn by the style sheet, since they are no words that a name would have to contain. */
export function Face({ name, size }: { name: string; size: number }) {
  return (
    <Avatar size={size} color="water" aria-hidden>
      <span className={classes.initials} data-initials={initialsOf(name)} />
    </Avatar>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
