import Type from 'typebox';
import { closed } from '../closed.ts';
import { scheduleSchema } from '../schedule.ts';
import { usedBySchema } from './lists.ts';

export const scheduleViewSchema = closed({
  ...scheduleSchema.properties,
  isOpen: Type.Boolean({ description: 'Whether now is within it' }),
  usedBy: usedBySchema,
});
export const schedulesSchema = closed({ items: Type.Array(scheduleViewSchema) });
export const scheduleBodySchema = scheduleSchema;
export const scheduleChangeSchema = Type.Partial(Type.Omit(scheduleSchema, ['id']), { additionalProperties: false });

export type ScheduleView = Type.Static<typeof scheduleViewSchema>;
export type Schedules = Type.Static<typeof schedulesSchema>;
export type ScheduleBody = Type.Static<typeof scheduleBodySchema>;
export type ScheduleChange = Type.Static<typeof scheduleChangeSchema>;
