import type { Hours, Schedule } from '../../../schemas/schedule.ts';

const officeDay: Hours[] = [{ from: '09:00', to: '17:00' }];

/** Office hours of the place where the browser is: what most people mean, and easier to change than an empty week. */
export function newSchedule(words: Pick<Schedule, 'id' | 'name' | 'description'>): Schedule {
  return {
    ...words,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    weekly: {
      monday: officeDay,
      tuesday: officeDay,
      wednesday: officeDay,
      thursday: officeDay,
      friday: officeDay,
      saturday: [],
      sunday: [],
    },
    dates: [],
  };
}

/** `9` → `09:00`, `17.30` → `17:30`, `24` → `24:00`; null for what is no time of a day. */
export function readTime(text: string): string | null {
  const [, hour = '', minute = '0'] = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (hour === '' || Number(minute) > 59 || minutes > 1_440) return null;
  return timeOf(minutes);
}

/** Minutes since midnight as `09:30`. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** In order, and those that touch or overlap as one. */
export function mergeHours(hours: readonly Hours[]): Hours[] {
  const merged: Hours[] = [];
  for (const next of hours.toSorted((a, b) => a.from.localeCompare(b.from))) {
    const last = merged.at(-1);
    if (last !== undefined && next.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: last.to > next.to ? last.to : next.to };
    } else merged.push(next);
  }
  return merged;
}
