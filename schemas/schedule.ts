import Type from 'typebox';
import { closed } from './closed.ts';
import { idSchema } from './ids.ts';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

const time = '([01]\\d|2[0-3]):[0-5]\\d';
const hoursSchema = closed({
  from: Type.String({ pattern: `^${time}$`, description: 'Local time, such as 09:00' }),
  to: Type.String({ pattern: `^(${time}|24:00)$`, description: 'Local time, up to 24:00; itself no longer within' }),
});
/** A day has room for a few breaks; more is a mistake. */
const dayHoursSchema = Type.Array(hoursSchema, { maxItems: 12 });

const datedHoursSchema = closed({
  date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'Local date, such as 2026-12-25' }),
  name: Type.Optional(Type.String({ maxLength: 100 })),
  everyYear: Type.Optional(Type.Boolean()),
  /** In place of the weekday's hours; empty for closed. */
  hours: dayHoursSchema,
});

/** Hours under a name, in the local time of a place: `{"within-schedule": ["office-hours"]}`. */
export const scheduleSchema = closed({
  id: idSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA name, such as Europe/Berlin' }),
  weekly: closed({
    monday: dayHoursSchema,
    tuesday: dayHoursSchema,
    wednesday: dayHoursSchema,
    thursday: dayHoursSchema,
    friday: dayHoursSchema,
    saturday: dayHoursSchema,
    sunday: dayHoursSchema,
  }),
  dates: Type.Array(datedHoursSchema, { maxItems: 500 }),
});

export type Hours = Type.Static<typeof hoursSchema>;
export type DatedHours = Type.Static<typeof datedHoursSchema>;
export type Schedule = Type.Static<typeof scheduleSchema>;
