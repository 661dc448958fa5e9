import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../schemas/schedule.ts';
import { isWithin } from '../../schemas/schedule-hours.ts';
import { scheduleIssues } from '../../schemas/schedule-issues.ts';

const office = [{ from: '09:00', to: '17:00' }];

function schedule(changes: Partial<Schedule> = {}, weekend: Schedule['weekly']['saturday'] = []): Schedule {
  return {
    id: 'office',
    name: 'Office hours',
    timeZone: 'Europe/Berlin',
    weekly: {
      monday: office,
      tuesday: office,
      wednesday: office,
      thursday: office,
      friday: office,
      saturday: weekend,
      sunday: weekend,
    },
    dates: [],
    ...changes,
  };
}

const nightly = [{ from: '02:15', to: '02:45' }];

describe('a schedule', () => {
  it.each([
    ['opens at nine by the clock of its place in winter', '2026-11-20T08:00:00Z', true],
    ['is still closed a minute before', '2026-11-20T07:59:59Z', false],
    ['is closed at five sharp', '2026-11-20T16:00:00Z', false],
    ['opens an hour earlier by UTC in summer', '2026-07-20T07:00:00Z', true],
    ['is closed at weekends', '2026-11-21T10:00:00Z', false],
  ])('%s', (_words, moment, expected) => {
    expect(isWithin(schedule(), new Date(moment))).toBe(expected);
  });

  it('goes through a doubled hour twice and through a skipped one never', () => {
    const nights = schedule({}, nightly);
    const within = (from: string, hours: number): number => {
      const minutes = Array.from({ length: hours * 60 }, (_, minute) => new Date(Date.parse(from) + minute * 60_000));
      return minutes.filter((moment) => isWithin(nights, moment)).length;
    };

    expect(within('2026-10-25T00:00:00Z', 4)).toBe(60);
    expect(within('2026-03-29T00:00:00Z', 4)).toBe(0);
    expect(within('2026-03-28T00:00:00Z', 4)).toBe(30);
  });

  it('lets the hours of a date stand in for those of its weekday, in one year before every year', () => {
    const christmas = { date: '2025-12-25', everyYear: true, hours: [] };
    const halfDay = { date: '2026-12-25', hours: [{ from: '09:00', to: '12:00' }] };
    const holidays = schedule({ dates: [christmas, halfDay] });

    const open = ['2026-12-25T10:00:00Z', '2026-12-25T13:00:00Z', '2028-12-25T10:00:00Z', '2026-12-24T10:00:00Z'];

    expect(open.map((moment) => isWithin(holidays, new Date(moment)))).toEqual([true, false, false, true]);
  });

  it('may be open until midnight and through it', () => {
    const always = schedule({ timeZone: 'Pacific/Auckland' }, [{ from: '00:00', to: '24:00' }]);

    // Saturday 23:59 and Sunday 00:00 in Auckland.
    const open = ['2026-11-21T10:59:00Z', '2026-11-21T11:00:00Z'].map((moment) => isWithin(always, new Date(moment)));

    expect(open).toEqual([true, true]);
  });

  it('names everything that is wrong with it at once', () => {
    const wrong = schedule(
      {
        timeZone: 'Europe/Berlim',
        dates: [
          { date: '2026-02-30', hours: [] },
          { date: '2026-05-01', hours: [] },
          { date: '2026-05-01', hours: [] },
        ],
      },
      [
        { from: '10:00', to: '09:00' },
        { from: '08:00', to: '12:00' },
        { from: '11:00', to: '13:00' },
      ],
    );

    expect(scheduleIssues(wrong).map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unknown-time-zone /timeZone',
      'bad-hours /weekly/saturday/0',
      'overlapping-hours /weekly/saturday/2',
      'bad-hours /weekly/sunday/0',
      'overlapping-hours /weekly/sunday/2',
      'no-such-date /dates/0/date',
      'duplicate-date /dates/2/date',
    ]);
  });
});
