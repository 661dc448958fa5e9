import type { Issue } from './issue.ts';
import { toPointer } from './json-pointer.ts';
import type { Hours, Schedule } from './schedule.ts';
import { weekdays } from './schedule.ts';
import { isTimeZone, minutesOf } from './schedule-hours.ts';

/** What is wrong with a schedule of the right shape, all at once; paths are JSON pointers into the schedule. */
export function scheduleIssues({ timeZone, weekly, dates }: Schedule): Issue[] {
  const issues: Issue[] = [];
  if (!isTimeZone(timeZone)) {
    const message = `There is no time zone "${timeZone}": choose one such as Europe/Berlin.`;
    issues.push(problem('unknown-time-zone', ['timeZone'], message));
  }
  for (const day of weekdays) issues.push(...hoursIssues(weekly[day], ['weekly', day], `On ${titled(day)}`));
  const seen = new Set<string>();
  for (const [index, { date, everyYear, hours }] of dates.entries()) {
    const parsed = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(date)) {
      issues.push(problem('no-such-date', ['dates', index, 'date'], `There is no day ${date}.`));
    }
    const key = everyYear === true ? date.slice(4) : date;
    if (seen.has(key)) {
      issues.push(problem('duplicate-date', ['dates', index, 'date'], `The day ${date} is listed twice: remove one.`));
    }
    seen.add(key);
    issues.push(...hoursIssues(hours, ['dates', index, 'hours'], `On ${date}`));
  }
  return issues;
}

function hoursIssues(hours: readonly Hours[], at: readonly (string | number)[], when: string): Issue[] {
  const issues: Issue[] = [];
  for (const [index, { from, to }] of hours.entries()) {
    if (minutesOf(from) >= minutesOf(to)) {
      const message = `${when}, ${from} to ${to} ends before it begins: what goes past midnight is two entries, up to 24:00 and from 00:00.`;
      issues.push(problem('bad-hours', [...at, index], message));
    } else if (hours.slice(0, index).some((other) => other.from < other.to && overlap(other, { from, to }))) {
      issues.push(problem('overlapping-hours', [...at, index], `${when}, ${from} to ${to} overlaps other hours.`));
    }
  }
  return issues;
}

function overlap(one: Hours, other: Hours): boolean {
  return minutesOf(one.from) < minutesOf(other.to) && minutesOf(other.from) < minutesOf(one.to);
}

function problem(code: string, at: readonly (string | number)[], message: string): Issue {
  return { code, severity: 'error', path: toPointer(...at), message };
}

function titled(day: string): string {
  return day.charAt(0).toUpperCase() + day.slice(1);
}
