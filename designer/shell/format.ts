const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto', style: 'short' });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const number = new Intl.NumberFormat('en-GB');

/** "3 min ago", "in 2 hr", "just now" within a minute; the text itself if it is no date. */
export function formatAge(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  if (Number.isNaN(seconds)) return at;
  if (Math.abs(seconds) < 60) return 'just now';
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return at;
}

/** Day, date, time and zone, for titles. */
export function formatMoment(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : moment.format(time);
}

/** 12 March 2026; the text itself if it is no date. */
export function formatDay(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : day.format(time);
}

/** 512 B, 3.4 kB, 12 MB, 1.6 GB: powers of 1,000, as mail providers count. */
export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const sizes = [
    [1_000, 'kB'],
    [1_000_000, 'MB'],
    [1_000_000_000, 'GB'],
  ] as const;
  const [size, unit] = sizes.findLast(([each]) => bytes >= each) ?? sizes[0];
  const value = bytes / size;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** 12,345 */
export function formatCount(count: number): string {
  return number.format(count);
}
