import type { DatedHours, Hours, Schedule, Weekday } from './schedule.ts';
import { weekdays } from './schedule.ts';

/** What the clock on the wall of a place shows. */
interface WallTime {
  /** `2026-12-25` */
  date: string;
  weekday: Weekday;
  /** Since midnight, 0 to 1439. */
  minutes: number;
}

/**
 * Whether a moment is within the schedule's hours. Only the way from a moment to the wall clock is needed, which is never ambiguous
 * and which `Intl` knows for every zone: the hour that a clock goes through twice counts twice, the one that it skips never comes.
 *
 * @throws RangeError for a time zone that does not exist.
 */
export function isWithin(schedule: Schedule, moment: Date): boolean {
  const { date, weekday, minutes } = wallTimeOf(moment, schedule.timeZone);
  return hoursOn(schedule, date, weekday).some(({ from, to }) => minutesOf(from) <= minutes && minutes < minutesOf(to));
}

/** The hours of one local day: those of the date where it has its own, else the weekday's. A date of one year goes before a yearly one. */
function hoursOn(schedule: Schedule, date: string, weekday: Weekday): readonly Hours[] {
  return datedHoursOn(schedule, date)?.hours ?? schedule.weekly[weekday];
}

function datedHoursOn({ dates }: Schedule, date: string): DatedHours | undefined {
  return (
    dates.find((each) => each.date === date && each.everyYear !== true) ??
    dates.find((each) => each.everyYear === true && each.date.slice(4) === date.slice(4))
  );
}

/** Formatters cost a hundred times what one use of them does, and an installation has a handful of zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a time zone that does not exist. */
export function wallTimeOf(moment: Date, timeZone: string): WallTime {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  const parts = new Map(formatter.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return { date, weekday: weekdayOf(date), minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** The weekday of a calendar date, the same everywhere. */
function weekdayOf(date: string): Weekday {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  // getUTCDay counts from Sunday; a date that there is not has none.
  return weekdays[(day + 6) % 7] ?? 'monday';
}

/** Minutes since midnight of `09:30`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}
