/** The latest moment, at or before `now`, at which it was that time of day on this machine. */
export function lastNight(at: string, now: number): number {
  const moment = timeOfDay(at, now);
  if (moment.getTime() > now) moment.setDate(moment.getDate() - 1);
  return moment.getTime();
}

/** The next moment after `now`. */
export function nextNight(at: string, now: number): number {
  const moment = timeOfDay(at, now);
  if (moment.getTime() <= now) moment.setDate(moment.getDate() + 1);
  return moment.getTime();
}

function timeOfDay(at: string, day: number): Date {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const moment = new Date(day);
  moment.setHours(hours, minutes, 0, 0);
  return moment;
}
