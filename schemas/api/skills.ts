import Type from 'typebox';
import { closed } from '../closed.ts';
import { usedBySchema } from './lists.ts';

export const skillsViewSchema = closed({ items: Type.Array(closed({ name: Type.String(), usedBy: usedBySchema })) });

export type SkillsView = Type.Static<typeof skillsViewSchema>;
