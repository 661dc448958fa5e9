import type { BacktestBody, Unrecorded } from '../../schemas/api/backtest.ts';

/** What the form holds. */
export interface Choices {
  mails: string;
  /** `flow`, `all`, `mailbox:<id>` or `route:<id>`. */
  source: string;
  /** `any`, a number of days, or `between`. */
  time: string;
  /** Days such as 2026-11-21, for `between`; empty where that side is open. */
  from: string;
  until: string;
  unrecorded: Unrecorded;
}

export const firstChoices: Choices = {
  mails: '1000',
  source: 'flow',
  time: 'any',
  from: '',
  until: '',
  unrecorded: 'skip',
};

const dayMs = 86_400_000;

/** The choices as the server takes them. Days are those of the person's own clock, the last one included. */
export function bodyOf(choices: Choices, now: number): BacktestBody {
  const [kind, id] = choices.source.split(':');
  return {
    mails: Number(choices.mails),
    of: kind === 'flow' ? 'flow' : 'all',
    ...(kind === 'mailbox' && id !== undefined ? { mailbox: id } : {}),
    ...(kind === 'route' && id !== undefined ? { route: id } : {}),
    ...spanOf(choices, now),
    unrecorded: choices.unrecorded,
  };
}

function spanOf({ time, from, until }: Choices, now: number): Pick<BacktestBody, 'from' | 'until'> {
  if (time === 'any') return {};
  if (time !== 'between') return { from: new Date(now - Number(time) * dayMs).toISOString() };
  return {
    ...(from === '' ? {} : { from: startOfDay(from, 0) }),
    ...(until === '' ? {} : { until: startOfDay(until, 1) }),
  };
}

/** Midnight by the clock of the browser, so many days later. */
function startOfDay(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
