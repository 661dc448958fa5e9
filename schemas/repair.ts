import Type from 'typebox';
import { closed } from './closed.ts';

/** Charsets that people choose where a mail names none, or a wrong one. */
export const repairCharsets = [
  'utf-8',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;

/** How a mail is to be read in place of what it says itself. Its bytes stay as they came. */
export const repairSchema = closed({
  charset: Type.Optional(Type.Enum(repairCharsets, { description: 'Of all its texts, whatever they name' })),
  asText: Type.Optional(
    Type.Boolean({ description: 'Header and all that follows as one text: for broken, cut or endless MIME' }),
  ),
});

export type Repair = Type.Static<typeof repairSchema>;
